"""The file of a back-up: one sealed stream of records, the same from SQLite and PostgreSQL.

    "TZBACKUP" | version (1) | archive id (16) | stream (`vault/stream.py`) of: length (4) | record (MessagePack)
    Begin, then Rows of every table, then for each stored file: File, Piece, Piece, …; End says how many there were.
    Wraps are in a file of their own, of the same form: Begin, Rows, End.

The stream's key is derived from the root key for this archive alone. Cells and files stay sealed in it as they were:
without the key ring, which is never in here, the archive tells what the database's files tell.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from storage.errors import ArchiveDamaged, Unreadable
from storage.ids import ID_BYTES, BlobId, new_id
from storage.vault import Column, DataKey, Opener, RootKey, Sealer, derive

MAGIC: Final = b"TZBACKUP\x01"
_COLUMN = Column("backup", "archive")
_LENGTH = 4
_READ = 1024 * 1024

Cell = Any
"""int, str, bytes or None, as a driver gives and takes them; days as text. (msgspec can't tell str from bytes.)"""


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    schema: str
    """the step of the migrations"""
    day: date
    pair: bytes
    """the same in the archive and in the wraps that belong to it"""


class Rows(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    table: str
    columns: tuple[str, ...]
    cells: list[list[Cell]]


class File(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    blob: BlobId


class Piece(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    data: bytes


class End(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    rows: int
    files: int


Record = Begin | Rows | File | Piece | End
_decoder = msgspec.msgpack.Decoder(Record)


class ArchiveWriter:
    """Writes to a file that only we may read; `finish` waits for the disk."""

    def __init__(self, path: Path, root: RootKey) -> None:
        archive = new_id()
        self._sealer = Sealer(_key(root, archive), _COLUMN, archive)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb")
        self._file.write(MAGIC + archive)

    def write(self, record: Record) -> None:
        encoded = msgspec.msgpack.encode(record)
        self._file.write(self._sealer.update(len(encoded).to_bytes(_LENGTH) + encoded))

    def finish(self) -> None:
        self._file.write(self._sealer.finish())
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def read_archive(path: Path, root: RootKey) -> Iterator[Record]:
    """The records in their order. What was read is genuine; it is everything only when the iteration has ended.

    Raises ArchiveDamaged.
    """
    waiting = bytearray()
    try:
        for plain in _opened(path, root):
            waiting += plain
            yield from _complete(waiting)
    except (Unreadable, msgspec.DecodeError):
        raise _damaged(path) from None
    if waiting:
        raise _damaged(path)


def _opened(path: Path, root: RootKey) -> Iterator[bytes]:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise _damaged(path)
        archive = file.read(ID_BYTES)
        opener = Opener(_key(root, archive), _COLUMN, archive)
        while piece := file.read(_READ):
            yield opener.update(piece)
        yield opener.finish()


def _complete(waiting: bytearray) -> Iterator[Record]:
    start = 0
    while len(waiting) >= start + _LENGTH:
        end = start + _LENGTH + int.from_bytes(waiting[start : start + _LENGTH])
        if len(waiting) < end:
            break
        yield _decoder.decode(waiting[start + _LENGTH : end])
        start = end
    del waiting[:start]


def _key(root: RootKey, archive: bytes) -> DataKey:
    return DataKey(derive(root, "backup", archive))


def _damaged(path: Path) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"The back-up {path} is cut off or altered, or was made with another root key: take another copy."
    )
