"""From the file to `Settings`."""

from __future__ import annotations

import os
from pathlib import Path

from bot.config.handles import read_handles
from bot.config.matrix import read_matrix
from bot.config.reading import read_tables
from bot.config.service import read_service
from bot.config.settings import DEMO_DATA, DEMO_KEYS, DEMO_PORT, LocalSettings, Settings
from bot.config.table import Table
from bot.config.telegram import read_telegram
from bot.errors import ConfigError

DEFAULT_FILE = Path("config.toml")
PORT_VARIABLE = "TAMIZDAT_DEMO_PORT"


def load(path: Path | None = None) -> Settings:
    """The file at `path`; None: `config.toml` in the working directory, or the demo if there is none.

    Raises ConfigError: a line for each problem, with the file, the key and the remedy, and without any value.
    Relative paths count from the file's folder.
    """
    if path is None and not DEFAULT_FILE.exists() and not DEFAULT_FILE.is_symlink():
        return demo()
    file = path or DEFAULT_FILE
    problems: list[str] = []
    whole = Table(file, "", read_tables(file), problems)
    service = read_service(_table(whole, "service", problems))
    newsroom = _table(whole, "newsroom", problems)
    questionnaires = newsroom.path("questionnaires")
    newsroom.finish()
    if not {"telegram", "matrix"} & set(whole.names()):
        whole.problem("[telegram]", "is missing, and so is [matrix]: name a messenger, see config.example.toml.")
    telegram, matrix = _platform(whole, "telegram", problems), _platform(whole, "matrix", problems)
    settings = Settings(
        file=file,
        questionnaires=questionnaires,
        handles=read_handles(_table(whole, "handles", problems)),
        telegram=None if telegram is None else read_telegram(*telegram, only=matrix is None),
        matrix=None if matrix is None else read_matrix(*matrix[:2]),
        **service,
    )
    whole.finish()
    if problems:
        raise ConfigError("\n".join(problems))
    return settings


def demo() -> Settings:
    """The embedded default: SQLite, a key of its own, and the local page. Raises ConfigError for a wrong port."""
    return Settings(file=None, data=DEMO_DATA, keys=DEMO_KEYS, local=LocalSettings(port=_port()), demo=True)


def _port() -> int:
    """The demo has no file to name another one in, should the usual one be taken."""
    text = os.environ.get(PORT_VARIABLE, str(DEMO_PORT))
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise ConfigError(f"{PORT_VARIABLE}: is not a port: it must be a number between 1 and 65535.")
    return int(text)


def _platform(whole: Table, name: str, problems: list[str]) -> tuple[Table, Table, Table] | None:
    """The platform's table, that of its channels and that of its further bots; None: it is not served."""
    raw = whole.take(name, dict)
    if raw is None:
        return None

    def inner(key: str) -> Table:
        within = raw.get(key)
        return Table(whole.file, f"{name}.{key}", within if isinstance(within, dict) else {}, problems)

    return Table(whole.file, name, raw, problems), inner("channels"), inner("bots")


def _table(whole: Table, name: str, problems: list[str]) -> Table:
    return Table(whole.file, name, whole.take(name, dict) or {}, problems)
