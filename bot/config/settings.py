"""What the service needs to know before it starts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from bot.handles.settings import HandlesSettings
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import TelegramSettings
from storage.private import Private

DEMO_DATA = Path("data/demo")
DEMO_KEYS = Path("keys/demo")
DEMO_MARK = "this-is-a-demo"
"""a file that the demo leaves in its data, so that no real newsroom is ever built on them"""
DEMO_PORT = 8420


class RootKeyPlace(StrEnum):
    """Where the root key comes from (`storage/vault/root.py`)."""

    FILE = "file"
    ENVIRONMENT = "environment"
    CREDENTIAL = "credential"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a place, not a passphrase


class LocalSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The page on 127.0.0.1."""

    port: int = DEMO_PORT


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    file: Path | None
    """the config file; None: the demo, which has none"""
    data: Path
    """database (SQLite) and files"""
    keys: Path
    """root key and key ring; never inside `data`, nor `data` inside it"""
    root_key: RootKeyPlace = RootKeyPlace.FILE
    database: Private[str] | None = None
    """postgresql+asyncpg://…, which may hold a password; None: SQLite in `data`"""
    questionnaires: Path | None = None
    """a folder of questionnaires; None: those that are shipped"""
    handles: HandlesSettings = HandlesSettings()
    """of the signed list of its accounts"""
    telegram: TelegramSettings | None = None
    matrix: MatrixSettings | None = None
    local: LocalSettings | None = None
    demo: bool = False
    log_level: str = "info"
    """info, warning or error"""

    @property
    def ring(self) -> Path:
        return self.keys / "ring"

    @property
    def root_file(self) -> Path:
        """Where the root key lies when it comes from a file, plain or sealed by a passphrase."""
        return self.keys / "root.key"
