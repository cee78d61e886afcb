"""Whose room is whose; and the mark that decides about encryption, whatever others believe."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.keeping.directs import MOST_FORMER, Directs
from storage.store import Store
from storage.tables import crypto
from tests.integration.storage.people import MARKER

ANNA, BORIS = UserId(f"@anna-{MARKER}:server"), UserId("@boris:server")
ROOM, LATER, EDITORS = RoomId(f"!one-{MARKER}:server"), RoomId("!two:server"), RoomId("!editors:server")


async def loaded(store: Store) -> Directs:
    async with store.read() as tx:
        return await Directs.load(tx)


async def kept(store: Store, directs: Directs, user: UserId, room: RoomId) -> None:
    async with store.write() as tx:
        await directs.keep(tx, user, room)


async def test_a_person_s_room_is_known_both_ways_and_over_a_restart(store: Store) -> None:
    directs = Directs()
    await kept(store, directs, ANNA, ROOM)
    await kept(store, directs, BORIS, LATER)
    for known in (directs, await loaded(store)):
        assert (known.room_of(ANNA), known.user_of(ROOM)) == (ROOM, ANNA)
        assert (known.room_of(BORIS), known.user_of(LATER)) == (LATER, BORIS)
        assert known.is_marked(ROOM)
        assert not known.is_marked(EDITORS)
        assert known.user_of(EDITORS) is None


async def test_the_room_they_had_before_is_nobody_s_but_stays_marked(store: Store) -> None:
    directs = Directs()
    await kept(store, directs, ANNA, ROOM)
    await kept(store, directs, ANNA, LATER)
    for known in (directs, await loaded(store)):
        assert (known.room_of(ANNA), known.user_of(ROOM), known.user_of(LATER)) == (LATER, None, ANNA)
        assert known.is_marked(ROOM)
        assert known.is_marked(LATER)


async def test_whose_room_is_theirs_no_more_is_not_forgotten(store: Store) -> None:
    directs = Directs()
    await kept(store, directs, ANNA, ROOM)
    await kept(store, directs, ANNA, LATER)
    async with store.write() as tx:
        await directs.vacate(tx, ANNA)
    for known in (directs, await loaded(store)):
        assert (known.room_of(ANNA), known.user_of(LATER), known.rooms_of(ANNA)) == (None, None, (ROOM,))
        assert known.is_marked(ROOM)
        assert not known.is_marked(LATER)
        assert known.users == {ANNA}
    await kept(store, directs, ANNA, EDITORS)
    assert (await loaded(store)).rooms_of(ANNA) == (EDITORS, ROOM)


async def test_nobody_has_rooms_without_end(store: Store) -> None:
    directs = Directs()
    rooms = [RoomId(f"!{number}:server") for number in range(MOST_FORMER + 3)]
    for room in rooms:
        await kept(store, directs, ANNA, room)
    assert (await loaded(store)).rooms_of(ANNA) == tuple(reversed(rooms[2:]))


async def test_the_editors_room_is_marked_without_being_anybody_s(store: Store) -> None:
    directs = Directs()
    async with store.write() as tx:
        await directs.mark(tx, EDITORS)
    for known in (directs, await loaded(store)):
        assert known.is_marked(EDITORS)
        assert known.user_of(EDITORS) is None


async def test_what_was_rolled_back_is_not_believed(store: Store) -> None:
    directs = Directs()
    await kept(store, directs, ANNA, ROOM)

    async def fails() -> None:
        async with store.write() as tx:
            await directs.keep(tx, BORIS, LATER)
            await directs.mark(tx, EDITORS)
            await directs.vacate(tx, ANNA)
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert (directs.room_of(ANNA), directs.room_of(BORIS)) == (ROOM, None)
    assert not directs.is_marked(EDITORS)


async def test_no_id_is_seen_in_the_rows(store: Store) -> None:
    await kept(store, Directs(), ANNA, ROOM)
    async with store.read() as tx:
        (row,) = (await tx.work.connection.execute(select(crypto))).all()
    assert MARKER not in repr(tuple(row))
    assert MARKER.encode() not in b"".join((row.name, row.key_id, row.body))
