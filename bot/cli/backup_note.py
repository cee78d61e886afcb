"""When the last back-up was made, and where to: `backup` notes it, `doctor` asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from bot.config import Settings
from storage.vault.durable import replace_private

_NAME = "last-backup"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    folders: tuple[Path, ...]
    """of the archive, of the keys"""


def note_backup(settings: Settings, note: Note) -> None:
    """A line each: the day, then the folders."""
    lines = (note.day.isoformat(), *map(str, note.folders))
    replace_private(settings.data / _NAME, "".join(f"{line}\n" for line in lines).encode())


def last_backup(settings: Settings) -> Note | None:
    """None when there was none, or the note is not ours."""
    try:
        day, *folders = (settings.data / _NAME).read_text().splitlines()
        return Note(day=date.fromisoformat(day), folders=tuple(map(Path, folders)))
    except (OSError, ValueError):
        return None
