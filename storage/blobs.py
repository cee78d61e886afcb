"""Files that belong to stories. Each has its own key, is sealed as it arrives, is never plain on disk.

A blob is first nobody's (`save`), then kept by the transaction that gives it to a draft or story. What is nobody's
a day later is swept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from storage.errors import Unreadable
from storage.ids import BlobId, KeyId, new_id
from storage.tables import blobs
from storage.vault import Column, DataKey, Opener, Sealer
from storage.work import Work

if TYPE_CHECKING:
    from storage.store import Store

FILE = Column("blobs", "file")


class Blobs:
    """The rows; the bytes are in `files`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def keep(self, ids: Sequence[BlobId]) -> None:
        if ids:
            await self._work.connection.execute(
                update(blobs).where(blobs.c.id == bindparam("blob")).values(kept=1),
                [{"blob": blob} for blob in ids],
            )

    async def shred(self, ids: Sequence[BlobId]) -> None:
        """Unreadable with this transaction; the bytes follow as soon as it is committed."""
        if not ids:
            return
        rows = await self._work.connection.execute(
            delete(blobs).where(blobs.c.id.in_(list(ids))).returning(blobs.c.key_id)
        )
        await self._work.shred([KeyId(key) for key in rows.scalars()])
        self._work.doomed.extend(ids)

    async def key_of(self, blob: BlobId) -> DataKey:
        """Raises Unreadable for a shredded file."""
        found = select(blobs.c.key_id).where(blobs.c.id == blob)
        key_id = (await self._work.connection.execute(found)).scalar()
        if key_id is None:
            raise Unreadable("The file was shredded.")
        return await self._work.keys.get(self._work.connection, KeyId(key_id))

    async def unclaimed(self) -> list[BlobId]:
        limit = self._work.today - timedelta(days=1)
        rows = await self._work.connection.execute(select(blobs.c.id).where(blobs.c.kept == 0, blobs.c.day < limit))
        return [BlobId(blob) for blob in rows.scalars()]

    async def existing(self, ids: Sequence[BlobId]) -> set[BlobId]:
        rows = await self._work.connection.execute(select(blobs.c.id).where(blobs.c.id.in_(list(ids))))
        return {BlobId(blob) for blob in rows.scalars()}


class BlobStore:
    """Whole files in and out, in constant memory."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(self, source: AsyncIterator[bytes]) -> BlobId:
        """The file is on the disk, sealed, before its row appears."""
        store, blob, key_id, key = self._store, BlobId(new_id()), KeyId(new_id()), DataKey.new()
        await store.files.write(blob, _sealed(source, key, blob))
        try:
            async with store.write() as tx:
                await store.keys.add(tx.work.connection, key_id, key)
                row = {"id": blob, "day": tx.work.today, "kept": 0, "key_id": key_id}
                await tx.work.connection.execute(insert(blobs).values(row))
        except BaseException:
            await store.files.remove(blob)
            raise
        return blob

    async def load(self, blob: BlobId) -> AsyncIterator[bytes]:
        """The plain bytes, piece by piece. Raises Unreadable for a shredded or damaged file."""
        async with self._store.read() as tx:
            opener = Opener(await tx.blobs.key_of(blob), FILE, blob)
        async for piece in self._store.files.read(blob):
            if plain := opener.update(piece):
                yield plain
        if plain := opener.finish():
            yield plain

    async def sweep(self) -> int:
        """Shreds what nobody claimed and removes bytes without a row. Returns how many files went."""
        async with self._store.write() as tx:
            await tx.blobs.shred(await tx.blobs.unclaimed())
        stale = await self._store.files.stale()
        async with self._store.read() as tx:
            known = await tx.blobs.existing(stale)
        for blob in stale:
            if blob not in known:
                await self._store.files.remove(blob)
        return len(set(stale) - known)


async def _sealed(source: AsyncIterator[bytes], key: DataKey, blob: BlobId) -> AsyncIterator[bytes]:
    sealer = Sealer(key, FILE, blob)
    async for piece in source:
        if ready := sealer.update(piece):
            yield ready
    yield sealer.finish()
