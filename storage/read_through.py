"""A back-up, read to its end before any of it is let in: order, counts, every wrapped key, and who has left since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage import schema
from storage.archive import Begin, End, File, Rows, read_archive
from storage.copies import Copy
from storage.departed import Departures
from storage.errors import ArchiveDamaged, KeyMissing, SchemaMismatch, Unreadable, WrongKey
from storage.tables import wraps
from storage.vault import Holder, KeyRing, RootKey, unwrap
from storage.vault.durable import create_private, ensure_private_folder


def read_through(copy: Copy, root: RootKey, ring: Path, departures: Departures) -> End:
    """How much there is. Leaves the ring beside its future place (`staged`).

    Raises ArchiveDamaged, WrongKey or SchemaMismatch.
    """
    ensure_private_folder(ring.parent)
    staged(ring).unlink(missing_ok=True)
    create_private(staged(ring), copy.ring.read_bytes())
    keys = KeyRing.load(staged(ring), root)
    begun, content = _read(copy.archive, root, departures.look)
    pair, wrapped = _read(copy.wraps, root, lambda _day, found: _try_keys(found, keys, copy.ring))
    if begun.pair != pair.pair:
        raise WrongKey(f"The wrapped keys in {copy.wraps} are of another back-up than {copy.archive}: take its own.")
    return End(rows=content.rows + wrapped.rows, files=content.files)


def staged(ring: Path) -> Path:
    return ring.with_name(f"{ring.name}.restoring")


def _read(file: Path, root: RootKey, look: Callable[[date, Rows], None]) -> tuple[Begin, End]:
    records = read_archive(file, root)
    begin = next(records, None)
    if not isinstance(begin, Begin):
        raise _incomplete(file)
    if begin.schema != schema.newest():
        raise SchemaMismatch(
            f"The back-up was made at step {begin.schema}, this program is at {schema.newest()}: "
            "restore it with the program that made it, then migrate."
        )
    rows, files, last = 0, 0, None
    for last in records:
        if isinstance(last, Rows):
            rows += len(last.cells)
            look(begin.day, last)
        files += isinstance(last, File)
    if not isinstance(last, End) or (last.rows, last.files) != (rows, files):
        raise _incomplete(file)
    return begin, last


def _try_keys(found: Rows, keys: KeyRing, ring_copy: Path) -> None:
    if found.table != wraps.name:
        return
    for row in found.cells:
        cell = dict(zip(found.columns, row, strict=True))
        key_id, blob = cell["key_id"], cell["wrap"]
        if cell["holder"] != Holder.RING or not isinstance(key_id, bytes) or not isinstance(blob, bytes):
            continue
        try:
            unwrap(keys, blob, key_id, Holder.RING)
        except (KeyMissing, Unreadable):
            raise WrongKey(
                f"The copy of the ring, {ring_copy}, does not open this back-up: take the copy of the same day."
            ) from None


def _incomplete(file: Path) -> ArchiveDamaged:
    return ArchiveDamaged(f"The back-up {file} is not complete: take another copy.")
