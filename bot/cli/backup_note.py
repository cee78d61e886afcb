"""When the last back-up was made: `backup` notes it, `doctor` asks."""

from __future__ import annotations

from datetime import date

from bot.config import Settings
from storage.vault.durable import replace_private

_NAME = "last-backup"


def note_backup(settings: Settings, day: date) -> None:
    replace_private(settings.data / _NAME, f"{day}\n".encode())


def last_backup(settings: Settings) -> date | None:
    """None when there was none, or the note is not ours."""
    try:
        return date.fromisoformat((settings.data / _NAME).read_text().strip())
    except (OSError, ValueError):
        return None
