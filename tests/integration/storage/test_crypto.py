"""The rows of an encrypted messenger: nothing in plain, each under a key of its own that goes with it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from storage.backup import backup
from storage.crypto import NEVER_COPIED, Kind
from storage.errors import Unreadable
from storage.restore import restore
from storage.rotation import rotate
from storage.store import Store
from storage.tables import crypto, wraps
from tests.databases import ROOT, MakeNewsroom, Newsroom
from tests.integration.storage.people import MARKER

SESSION = f"{MARKER} !room:server"


async def put(store: Store, kind: Kind, **records: bytes) -> None:
    async with store.write() as tx:
        await tx.crypto.put(kind, records)


async def everything(store: Store, kind: Kind) -> dict[str, bytes]:
    async with store.read() as tx:
        return await tx.crypto.all(kind)


async def counts(store: Store) -> tuple[int, int]:
    """Rows, and wrapped keys beside those that were there before."""
    async with store.read() as tx:
        rows = (await tx.work.connection.execute(select(func.count()).select_from(crypto))).scalar_one()
        keys = (await tx.work.connection.execute(select(func.count()).select_from(wraps))).scalar_one()
        return rows, keys


async def test_what_was_put_last_is_there_after_a_restart(store: Store, newsroom: Newsroom) -> None:
    await put(store, Kind.OLM, first=b"1", second=b"2")
    await put(store, Kind.OLM, second=b"22", third=b"3")
    await put(store, Kind.MEGOLM, first=b"another kind")
    await store.close()
    again = await newsroom.open()
    assert await everything(again, Kind.OLM) == {"first": b"1", "second": b"22", "third": b"3"}
    async with again.read() as tx:
        assert await tx.crypto.get(Kind.MEGOLM, "first") == b"another kind"
        assert await tx.crypto.get(Kind.MEGOLM, "second") is None
    await again.close()


async def test_more_rows_than_a_statement_takes(store: Store) -> None:
    many = {str(number): b"%d" % number for number in range(1201)}
    await put(store, Kind.DEVICE, **many)
    assert await everything(store, Kind.DEVICE) == many
    async with store.write() as tx:
        await tx.crypto.drop(Kind.DEVICE, many)
    assert await everything(store, Kind.DEVICE) == {}


async def test_neither_name_nor_record_is_seen_in_the_rows(store: Store) -> None:
    await put(store, Kind.ROOM, **{SESSION: SESSION.encode()})
    async with store.read() as tx:
        (row,) = (await tx.work.connection.execute(select(crypto))).all()
    assert MARKER.encode() not in b"".join((row.name, row.key_id, row.body))
    assert len(row.name) == 32


async def test_two_newsrooms_name_the_same_room_differently(store: Store) -> None:
    """The hash is keyed, and another for each kind: nobody can look for a room they know."""
    await put(store, Kind.ROOM, **{SESSION: b""})
    await put(store, Kind.MARK, **{SESSION: b""})
    async with store.read() as tx:
        names = set((await tx.work.connection.execute(select(crypto.c.name))).scalars())
    assert len(names) == 2


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_copy_of_the_rows_opens_nothing_that_was_changed_or_dropped_since(store: Store, kind: Kind) -> None:
    """What a back-up has: the old row, beside the keys of today."""
    await put(store, kind, changed=b"as it was", dropped=b"said")
    async with store.read() as tx:
        old = [dict(row._mapping) for row in (await tx.work.connection.execute(select(crypto))).all()]
    await put(store, kind, changed=b"as it is")
    async with store.write() as tx:
        await tx.crypto.drop(kind, ["dropped"])
        await tx.work.connection.execute(tx.work.upsert(crypto), old)
    assert await everything(store, kind) == {}
    async with store.read() as tx:
        with pytest.raises(Unreadable):
            await tx.crypto.get(kind, "changed")


async def test_no_key_stays_behind(store: Store) -> None:
    before = await counts(store)
    await put(store, Kind.MEGOLM, one=b"1", two=b"2")
    await put(store, Kind.MEGOLM, one=b"11")
    await put(store, Kind.OLM, one=b"1")
    assert await counts(store) == (before[0] + 3, before[1] + 3)
    async with store.write() as tx:
        await tx.crypto.drop(Kind.MEGOLM, ["one", "two", "nobody"])
        await tx.crypto.clear(Kind.OLM)
    assert await counts(store) == before


async def test_rows_open_after_the_ring_was_rotated(store: Store) -> None:
    await put(store, Kind.ACCOUNT, only=b"keys")
    await rotate(store, lambda _done, _total: None)
    assert await everything(store, Kind.ACCOUNT) == {"only": b"keys"}


async def test_a_row_under_another_name_or_kind_does_not_open_and_stops_no_other(store: Store) -> None:
    await put(store, Kind.OLM, good=b"1", moved=b"2")
    async with store.write() as tx:
        body = select(crypto.c.body).where(crypto.c.name == tx.crypto._name(Kind.OLM, "good"))
        found = (await tx.work.connection.execute(body)).scalar_one()
        there = crypto.c.name == tx.crypto._name(Kind.OLM, "moved")
        await tx.work.connection.execute(crypto.update().where(there).values(body=found))
    assert await everything(store, Kind.OLM) == {"good": b"1"}


async def test_only_who_is_logged_in_holds_something(store: Store) -> None:
    async with store.write() as tx:
        assert not await tx.crypto.hold()
        await tx.crypto.put(Kind.LOGIN, {"only": b"token"})
        assert await tx.crypto.hold()


async def test_no_back_up_has_what_only_the_device_may_have(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom
) -> None:
    """The token; and ratchets, which a device that was put back would turn a second time."""
    before = await counts(store)
    for kind in Kind:
        await put(store, kind, name=MARKER.encode())
    home = newsroom.home
    made = await backup(store, home / "copies", ROOT, ring=newsroom.ring, keys_target=home / "ring copies")
    elsewhere = make_newsroom("sqlite")
    await elsewhere.prepare(migrated=False)
    await restore(made.copy, ROOT, data=elsewhere.data, ring=elsewhere.ring, database=None)
    again = await elsewhere.open()
    there = [kind for kind in Kind if await everything(again, kind)]
    assert there == [kind for kind in Kind if kind not in NEVER_COPIED]
    assert await counts(again) == (before[0] + len(there), before[1] + len(there))
    await again.close()
