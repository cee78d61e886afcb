"""The config file as text and tables; what is wrong with the file itself is said here."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path

from bot.errors import ConfigError

_PLACE = re.compile(r"\(at (line \d+, column \d+|end of document)\)")


def read_tables(file: Path) -> dict[str, object]:
    """Raises ConfigError with one line that names the file and the remedy."""
    content = guarded_text(file, "config file")
    if not content.strip():
        raise ConfigError(f"{file}: the file is empty: copy config.example.toml, or run `tamizdat init`.")
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        place = found.group(1) if found else "an unknown place"
        # The parser's own words may quote the line, and with it the token.
        raise ConfigError(
            f"{file}: {place}: this is not TOML: is a quote, a bracket or an = missing, or a key given twice? "
            "Compare with config.example.toml."
        ) from None


def guarded_text(file: Path, what: str) -> str:
    """A file that may hold a secret: ours, regular, closed to others. `what` names it in the error."""
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ConfigError(f"{file}: the {what} is a folder: name the file itself.")
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError(f"{file}: the {what} is not a regular file: put the text itself there.")
        if status.st_mode & 0o077:
            raise ConfigError(
                f"{file}: others may read or change the {what}, and it may hold a token. Run: chmod 600 {file}"
            )
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}: there is no such file: check the path, or run `tamizdat init`.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: the {what} is not UTF-8 text: save it as UTF-8.") from None
    except OSError as error:
        raise ConfigError(
            f"{file}: the {what} can't be read ({error.strerror}): it must belong to the account that runs this."
        ) from None
