"""How much room is left where the data lies. Files leave the last tenth to the database: words need little."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

LEAST_FREE_SHARE: Final = 0.10
"""Below it no file is taken any more."""


def usage(folder: Path) -> tuple[int, int]:
    """(bytes that are free, bytes in all) of the disk on which the folder is, or will be made."""
    found = shutil.disk_usage(next(place for place in (folder, *folder.absolute().parents) if place.exists()))
    return found.free, found.total


def has_room(folder: Path) -> bool:
    free, total = usage(folder)
    return free >= LEAST_FREE_SHARE * total
