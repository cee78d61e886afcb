"""Who and what went, so that a back-up from before does not bring it back.

    file:  "TZTOMB" | version (1) | complete since (4), then for each name:  day (4) | mark (32)
    mark:  HMAC-SHA256( a key of its own from the root key, name )     name: a key id, a story's id, a chat's hash …

It lies beside the key ring: it outlives the database, and is copied with the keys, never into the archive. Without the
root key a mark tells nothing; with it, which rows of a stolen archive were deleted since, and on which day. Days are
proleptic ordinals.

A mark is on the disk before the deletion is committed, so that no crash brings anybody back. A deletion that failed at
its very commit leaves a mark of something alive; it counts for copies of that day and before, never for later ones.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from storage.errors import StorageError, VaultError
from storage.vault import RootKey, derive
from storage.vault.durable import create_private, ensure_private_folder, replace_private

_MAGIC: Final = b"TZTOMB\x01"
_DAY: Final = 4
_MARK: Final = 32
_HEADER: Final = len(_MAGIC) + _DAY
_RECORD: Final = _DAY + _MARK


class Known(msgspec.Struct, frozen=True, kw_only=True):
    since: date | None
    """from this day on nobody who went is missing; None: nothing is known"""
    marks: Mapping[bytes, date]
    """→ the last day on which it was set"""


class Tombstones:
    def __init__(self, path: Path, root: RootKey) -> None:
        self.path = path
        self._key = derive(root, "tombstone")

    def mark(self, name: bytes) -> bytes:
        return hmac.digest(self._key, name, "sha256")

    def begin(self, day: date) -> None:
        """From this day on everybody who goes is marked; nothing happens when that has begun already."""
        with suppress(FileExistsError):
            create_private(self.path, _MAGIC + _day(day))

    def add(self, names: Iterable[bytes], day: date) -> None:
        """On the disk when this returns. Raises StorageError, and then nothing may be deleted."""
        records = b"".join(_day(day) + self.mark(name) for name in names)
        try:
            with self._locked():
                self.begin(day)  # somebody may have removed it
                with self.path.open("r+b") as file:
                    size = file.seek(0, os.SEEK_END)
                    file.seek(size - (size - _HEADER) % _RECORD)  # a killed writer may have left half a record
                    file.write(records)
                    file.truncate()
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise StorageError(
                f"{self.path} can't be written ({error.strerror}), so nothing was deleted: an older back-up would "
                "bring it back. Free some room, or give the folder of the keys back to us."
            ) from None

    def known(self, copies: Iterable[Path] = ()) -> Known:
        """With what copies of the file know besides. Raises VaultError for one that is none of ours."""
        files = [read(path) for path in (*copies, self.path) if path.exists()]
        marks = dict[bytes, date]()
        for one in files:
            marks |= {mark: max(day, marks.get(mark, day)) for mark, day in one.marks.items()}
        return Known(since=min((one.since for one in files if one.since), default=None), marks=marks)

    def forget(self, before: date) -> None:
        """What went before that day is in no copy any more."""
        with self._locked():
            known = self.known()
            if known.since is not None and known.since < before:
                kept = {mark: day for mark, day in known.marks.items() if day >= before}
                self.write(Known(since=before, marks=kept))

    def write(self, known: Known) -> None:
        """In place of what the file says; nothing where nothing is known."""
        if known.since is not None:
            ensure_private_folder(self.path.parent)
            records = b"".join(_day(day) + mark for mark, day in known.marks.items())
            replace_private(self.path, _MAGIC + _day(known.since) + records)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def read(path: Path) -> Known:
    """Raises VaultError."""
    content = path.read_bytes()
    if not content.startswith(_MAGIC) or len(content) < _HEADER:
        raise VaultError(f"{path} is damaged: put it away; its copies lie with those of the key ring.")
    marks = dict[bytes, date]()
    for place in range(_HEADER, len(content) - _RECORD + 1, _RECORD):
        marks[content[place + _DAY : place + _RECORD]] = _from(content[place : place + _DAY])
    return Known(since=_from(content[len(_MAGIC) : _HEADER]), marks=marks)


def _day(day: date) -> bytes:
    return day.toordinal().to_bytes(_DAY)


def _from(ordinal: bytes) -> date:
    return date.fromordinal(int.from_bytes(ordinal))
