"""What `doctor` asks of files: the config, the questionnaires, who may read what, and how old the last back-up is."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime
from pathlib import Path

from bot.cli.backup_note import last_backup
from bot.config import RootKeyPlace, Settings
from bot.errors import ConfigError
from bot.platforms.base import Finding
from handlers.questionnaires.loading import configured
from storage.copies import COPY_DAYS, past

_OTHERS = 0o077


def config(settings: Settings) -> Finding:
    where = "none here, so this is the demo" if settings.file is None else f"{settings.file}, closed to others"
    return Finding(what=f"Config: {where}", ok=True)  # what is wrong with it has been said by loading it


def questionnaires(settings: Settings) -> list[Finding]:
    """A line for each thing that is wrong with one."""
    try:
        configured(settings.questionnaires)
    except ConfigError as error:
        return [Finding(what="Questionnaires", ok=False, remedy=line) for line in str(error).splitlines()]
    where = settings.questionnaires or "those that are shipped"
    return [Finding(what=f"Questionnaires: {where}", ok=True)]


def places(settings: Settings) -> list[Finding]:
    """Modes of folders and of the key files."""
    private = [settings.data, settings.keys, settings.ring]
    if settings.root_key in (RootKeyPlace.FILE, RootKeyPlace.PASSPHRASE):
        private.append(settings.root_file)
    return [_guarded(path) for path in private if path.exists()]


def backups(settings: Settings) -> list[Finding]:
    """A demo needs none."""
    last, today = last_backup(settings), datetime.now(UTC).date()
    if settings.demo:
        return [Finding(what="Back-ups: the demo needs none", ok=True)]
    made = Finding(
        what="Back-ups: none was made yet" if last is None else f"Back-ups: the last one is of {last.day}",
        ok=last is not None and (today - last.day).days <= COPY_DAYS,
        remedy="Run `tamizdat backup FOLDER --keys-to ANOTHER_FOLDER`, best every day by cron or a systemd timer.",
    )
    folders = () if last is None else last.folders
    return [made, *(one for folder in folders if folder.exists() for one in (_guarded(folder), _aged(folder, today)))]


def _aged(folder: Path, today: date) -> Finding:
    old = past(folder, today)
    return Finding(
        what=f"{folder}: no copy older than {COPY_DAYS} days",
        ok=not old,
        remedy=f"{len(old)} files are: they keep what people were told is gone. Make a back-up, which destroys them.",
    )


def _guarded(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    wanted = "700" if path.is_dir() else "600"
    return Finding(what=f"{path}: closed to others", ok=not mode & _OTHERS, remedy=f"Run: chmod {wanted} {path}")
