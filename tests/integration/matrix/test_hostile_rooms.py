"""Rooms that somebody else would have us enter, and disks that are full at the wrong moment."""

from __future__ import annotations

import pytest

from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.listening.reading import RoomEvent
from bot.platforms.matrix.rooms.caps import PER_PERSON, Caps
from bot.platforms.matrix.rooms.deeds import Deed, Deeds
from bot.platforms.matrix.rooms.memberships import Memberships
from bot.types import Body, Tapped, Token
from storage.errors import DiskFull
from storage.store import Store
from tests.integration.matrix.hostile import ANNA, ROOM, lying, our_client
from tests.integration.matrix.loop_stage import Bot, Person

OWN = RoomId("!editors:lying.test")


class Noted(Deeds):
    """Only notes what was to be done."""

    def __init__(self) -> None:
        super().__init__(1.0)
        self.keys: list[object] = []

    def add(self, key: object, deed: Deed) -> None:
        self.keys.append(key)


async def test_a_room_moves_by_its_own_tombstone_only_and_not_too_often(on_sqlite: Store) -> None:
    async with lying() as server, our_client(server, on_sqlite) as client:
        deeds = Noted()
        memberships = Memberships(client, deeds, frozenset((OWN,)), Caps("lying.test"))
        memberships.follow(_tombstone(ROOM, 0))  # of nobody's room
        memberships.changed(_tombstone(ROOM, 1, key="another"), UserId(ANNA))
        assert deeds.keys == []
        memberships.follow(_tombstone(OWN, 2))
        for number in range(2 * PER_PERSON):
            memberships.changed(_tombstone(ROOM, number), UserId(ANNA))
        assert len(deeds.keys) == 1 + PER_PERSON


async def test_a_tap_that_came_while_the_disk_was_full_is_heard_afterwards(
    bot: Bot, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was counted as unreadable, and its place passed."""
    room = await anna.meets(bot)
    await bot.settles()
    full = True

    async def answer_of(_room: RoomId, _event: EventId, _said: str) -> Body:
        if full:
            raise DiskFull("There is no room left.")
        return Tapped(token=Token("token"))

    monkeypatch.setattr(bot.loop._arrivals._timelines, "_answer_of", answer_of)
    prompt = await anna.tells(room, "stands for a message of ours")
    content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": prompt, "key": "1"}}
    await anna.puts(room, "m.reaction", content)
    with pytest.raises(DiskFull):
        await bot.until(lambda: bot.bodies(Tapped))
    full = False
    await bot.until(lambda: bot.bodies(Tapped))
    assert bot.bodies(Tapped) == [Tapped(token=Token("token"), proven=False)]


def _tombstone(room: RoomId, number: int, *, key: str = "") -> RoomEvent:
    return RoomEvent(
        id=EventId(f"$tombstone{number}"),
        room=room,
        sender=UserId(ANNA),
        at=1,
        type="m.room.tombstone",
        state_key=key,
        content={"replacement_room": f"!successor{number}:lying.test"},
        unsigned={},
    )
