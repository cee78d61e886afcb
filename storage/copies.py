"""Where back-ups lie and how long: what holds content in one folder, everything that could open it in another.

    the archives' folder    tamizdat-<day>.backup      rows and files, sealed as they lie; no wrap, no ring
    the keys' folder        tamizdat-<day>.wraps       the data keys, wrapped by the ring
                            tamizdat-<day>.ring        the ring, sealed by the root key
                            tamizdat-<day>.tombstones  who went, for the day of a restore
                            tamizdat-<day>.signing.key and whatever else lies beside the ring

All of it goes after seven days: the wraps and the ring because they would open what was shredded since, the archive
because without them nothing opens it any more. The root key is in no copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec

from storage.errors import StorageError
from storage.vault.durable import replace_private

COPY_DAYS: Final = 7
"""Any copy lives so long; then the next back-up destroys it."""
_STEM: Final = "tamizdat-"
TOMBSTONES: Final = "tombstones"
NEWSROOM: Final = "newsroom.key"
_KEYS: Final = ("signing.key", NEWSROOM, TOMBSTONES)
"""What lies beside the ring, and is copied as it is: each is sealed, or tells nothing, without the root key."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One back-up's files."""

    archive: Path
    wraps: Path
    ring: Path

    @property
    def day(self) -> date:
        return date.fromisoformat(self.archive.stem.removeprefix(_STEM))


def copy_of(day: date, target: Path, keys_target: Path) -> Copy:
    return of_archive(target / f"{_STEM}{day}.backup", keys_target)


def of_archive(archive: Path, keys_target: Path) -> Copy:
    """What belongs to this archive there."""
    return Copy(archive=archive, wraps=keys_target / f"{archive.stem}.wraps", ring=keys_target / f"{archive.stem}.ring")


def two_folders(target: Path, keys_target: Path) -> tuple[Path, Path]:
    """Both made, mode 0700. Raises StorageError when they are one, or the keys lie inside."""
    for folder in (target, keys_target):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, keys_target = target.resolve(), keys_target.resolve()
    if target == keys_target or target in keys_target.parents:
        raise StorageError(
            f"The copies of the keys would lie in {target} together with what they open: give them another folder, "
            "at best on another disk."
        )
    return target, keys_target


def copy_keys(ring: Path, copy: Copy) -> None:
    """What lies beside the ring, if it is there."""
    for name in _KEYS:
        file = ring.with_name(name)
        if file.exists():
            replace_private(copy.ring.with_suffix(f".{name}"), file.read_bytes())


def missing_keys(ring: Path, copy: Copy) -> Iterator[tuple[Path, Path]]:
    """(copy, place) of what was copied and is not there now; without the tombstones, which are joined."""
    for name in _KEYS:
        kept, place = copy.ring.with_suffix(f".{name}"), ring.with_name(name)
        if name != TOMBSTONES and kept.exists() and not place.exists():
            yield kept, place


def tombstones_in(keys_target: Path) -> list[Path]:
    """Of every day: the newest know most, but who says which are genuine."""
    return sorted(keys_target.glob(f"{_STEM}*.{TOMBSTONES}"))


def oldest(today: date) -> date:
    """The day of the oldest copy that may be there still: the back-up of a week later destroys it."""
    return today - timedelta(days=COPY_DAYS - 1)


def past(folder: Path, today: date) -> list[Path]:
    """Copies that are older than they may be."""
    return [path for path, day in _days(folder) if day < oldest(today)]


def _days(folder: Path) -> Iterator[tuple[Path, date]]:
    for path in sorted(folder.glob(f"{_STEM}????-??-??.*")):
        try:
            yield path, date.fromisoformat(path.name.removeprefix(_STEM)[:10])
        except ValueError:
            continue  # not ours
