"""Files: sealed as they arrive, whole or not at all, unreadable once shredded."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from storage.errors import DatabaseBusy, Unreadable
from storage.ids import BlobId, new_id
from storage.store import Store
from storage.tables import blob_chunks
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.storage.people import MARKER

MIB = 1024 * 1024


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def read(store: Store, blob: BlobId) -> bytes:
    return b"".join([piece async for piece in store.blobs.load(blob)])


async def save_kept(store: Store, *content: bytes) -> BlobId:
    blob = await store.blobs.save(pieces(*content))
    async with store.write() as tx:
        await tx.blobs.keep([blob])
    return blob


@pytest.mark.parametrize("size", [0, 1, 65_532, 65_533, 300_000])
async def test_a_file_comes_back_as_it_was(store: Store, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    blob = await store.blobs.save(pieces(content[: size // 3], b"", content[size // 3 : size]))
    assert await read(store, blob) == content[:size]


async def test_a_large_file_never_lies_in_memory_as_a_whole(store: Store) -> None:
    async def large() -> AsyncIterator[bytes]:
        for _ in range(24):
            yield bytes(MIB)

    tracemalloc.start()
    blob = await store.blobs.save(large())
    total = 0
    async for piece in store.blobs.load(blob):
        total += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == 24 * MIB
    assert peak < 12 * MIB


async def test_a_shredded_file_is_unreadable_and_its_bytes_are_gone(store: Store, newsroom: Newsroom) -> None:
    blob = await save_kept(store, b"photo")
    async with store.write() as tx:
        await tx.blobs.shred([blob])
    with pytest.raises(Unreadable):
        await read(store, blob)
    assert [piece async for piece in _sealed_bytes(store, blob)] == []


async def _sealed_bytes(store: Store, blob: BlobId) -> AsyncIterator[bytes]:
    try:
        async for piece in store.files.read(blob):
            yield piece
    except Unreadable:
        return


async def test_a_rolled_back_shredding_leaves_the_file(store: Store) -> None:
    blob = await save_kept(store, b"photo")

    async def change_one_s_mind() -> None:
        async with store.write() as tx:
            await tx.blobs.shred([blob])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change_one_s_mind()
    assert await read(store, blob) == b"photo"


async def test_what_nobody_claimed_in_a_day_is_swept(store: Store, clock: Clock) -> None:
    kept, forgotten = await save_kept(store, b"kept"), await store.blobs.save(pieces(b"forgotten"))
    clock.pass_(days=1)
    await store.blobs.sweep()
    assert await read(store, forgotten) == b"forgotten"
    clock.pass_(days=1)
    await store.blobs.sweep()
    assert await read(store, kept) == b"kept"
    with pytest.raises(Unreadable):
        await read(store, forgotten)


async def test_bytes_without_a_row_are_swept_after_two_days(store: Store, clock: Clock) -> None:
    orphan = BlobId(new_id())  # a crash between the file and its row
    await store.files.write(orphan, pieces(b"sealed bytes"))
    assert await store.blobs.sweep() == 0
    clock.pass_(days=3)
    assert await store.blobs.sweep() == 1
    assert [piece async for piece in _sealed_bytes(store, orphan)] == []


async def test_a_source_that_breaks_leaves_nothing(store: Store, newsroom: Newsroom) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(MIB)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.blobs.save(broken())
    assert await sealed_pieces(store, newsroom) == 0


async def test_a_file_whose_row_could_not_be_written_leaves_nothing(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise DatabaseBusy("Busy.")

    monkeypatch.setattr(store.keys, "add", fails)
    with pytest.raises(DatabaseBusy):
        await store.blobs.save(pieces(bytes(MIB)))
    assert await sealed_pieces(store, newsroom) == 0


async def sealed_pieces(store: Store, newsroom: Newsroom) -> int:
    """In the folder, or in the table."""
    folder = newsroom.data / "files"
    async with store.read() as tx:
        rows = await tx.work.connection.execute(select(func.count()).select_from(blob_chunks))
    return int(rows.scalar_one()) + (len(list(folder.iterdir())) if folder.exists() else 0)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_file_on_the_disk_tells_nothing(store: Store, newsroom: Newsroom) -> None:
    await save_kept(store, MARKER.encode())
    (file,) = (newsroom.data / "files").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_mtime % 86_400 == 0
    assert MARKER.encode() not in file.read_bytes()
