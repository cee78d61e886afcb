"""Who gets the key of a message is settled before it waits for the homeserver, and by us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import vodozemac

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_news import DeviceNews
from bot.platforms.matrix.devices.pinned import all_known
from bot.platforms.matrix.devices.trust import MOST_DEVICES
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.keeping.machine import MOST_ROOM_KEYS
from bot.platforms.matrix.listening.room_state import apply
from bot.platforms.matrix.speaking.failures import NotReady
from bot.platforms.matrix.speaking.sending import Mail
from bot.texts.fluent import Texts
from storage.store import Store
from tests.integration.matrix.hostile import (
    ANNA,
    ROOM,
    Answer,
    Author,
    Hostile,
    again,
    lying,
    member,
    our_client,
    policy_of,
    with_both,
)

THIRD = "@third:lying.test"
ELSEWHERE = RoomId("!elsewhere:lying.test")
SECRET = {"msgtype": "m.text", "body": "for one person"}


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with lying() as server:
        yield server


def _gives(server: Hostile, *authors: Author) -> None:
    """One-time keys of theirs, to whoever claims them."""
    by_name = {author.user: author for author in authors}

    async def claimed(body: Mapping[str, Any]) -> object:
        asked = body["one_time_keys"]
        return {
            "one_time_keys": {
                user: dict.fromkeys(asked[user], by_name[user].one_time_key()) for user in asked if user in by_name
            }
        }

    server.answers["POST", "v3/keys/claim"] = claimed


def _given_to(server: Hostile) -> set[str]:
    """To whose devices something was sent since the last question: room keys."""
    sent = server.got("PUT", "v3/sendToDevice/")
    server.asked.clear()
    return {user for one in sent for user in one.body["messages"]}


async def test_who_joins_while_a_message_waits_for_its_turn_gets_nothing(server: Hostile, on_sqlite: Store) -> None:
    """Nothing but `alone_with` stands in between here."""
    Author(server)
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        async with client.line(ROOM):
            sending = asyncio.create_task(client.room_send(ROOM, "m.room.message", SECRET, alone_with=ANNA))
            await asyncio.sleep(0)
            apply(client, ROOM, [member(THIRD)])
        with pytest.raises(PlatformAway):
            await sending
        assert server.got("PUT", "v3/rooms/") == []


async def test_who_joins_while_keys_are_claimed_gets_none(server: Hostile, on_sqlite: Store) -> None:
    """nio reads the room's members when the homeserver has answered, and it may keep us waiting as long as it likes."""
    anna, third = Author(server), Author(server, THIRD, "THIRD")
    async with our_client(server, on_sqlite) as client:
        _gives(server, anna, third)
        with_both(client, ELSEWHERE, others=(THIRD,))
        await client.room_send(ELSEWHERE, "m.room.message", SECRET)  # so there is a session with the third's device
        assert _given_to(server) == {ANNA, THIRD}
        client.machine.session_store[anna.account.curve25519_key.to_base64()].clear()
        with_both(client)
        claims = server.answers["POST", "v3/keys/claim"]
        server.answers["POST", "v3/keys/claim"] = _bringing(client, claims)
        await client.room_send(ROOM, "m.room.message", SECRET, alone_with=ANNA)
        assert _given_to(server) == {ANNA}


async def test_a_device_that_nobody_has_judged_gets_no_key(server: Hostile, on_sqlite: Store) -> None:
    """nio would let it "be ignored", which in its words is to read along without being verified (pitfall 8)."""
    anna = Author(server)
    async with our_client(server, on_sqlite) as client:
        _gives(server, anna)
        with_both(client)
        await policy_of(client, on_sqlite).learn([ANNA])
        (device,) = client.device_store[ANNA].values()
        client.unverify_device(device)
        client.policy = _judges_nobody
        with pytest.raises(PlatformAway):
            await client.room_send(ROOM, "m.room.message", SECRET)
        assert server.got("PUT", "v3/rooms/") == []
        assert _given_to(server) == set()


async def test_of_one_device_s_room_keys_the_last_hundred_stay(server: Hostile, on_sqlite: Store) -> None:
    """Anybody could fill our memory and the disk with them."""
    anna, other = Author(server), Author(server, THIRD, "THIRD")
    async with our_client(server, on_sqlite) as client:
        other.hands_key(client, ROOM)
        for _ in range(MOST_ROOM_KEYS + 5):
            anna.megolm = vodozemac.GroupSession()
            anna.hands_key(client, ROOM)
        await client.flush()
    async with again(on_sqlite, client.settings) as client:
        kept = client.machine.inbound_group_store[ROOM]
        theirs = kept[anna.account.curve25519_key.to_base64()]
        assert len(theirs) == MOST_ROOM_KEYS
        assert anna.megolm.session_id in theirs
        assert other.megolm.session_id in kept[other.account.curve25519_key.to_base64()]


async def test_a_flood_of_devices_is_neither_kept_nor_told(server: Hostile, on_sqlite: Store) -> None:
    Author(server)
    async with our_client(server, on_sqlite) as client:
        policy = policy_of(client, on_sqlite)
        with_both(client)
        await policy.prepare(ROOM)
        for number in range(2 * MOST_DEVICES):
            Author(server, device=f"FLOOD{number}")
        policy.changed([ANNA])
        sharing = await policy.prepare(ROOM)
        assert (len(sharing.trusted), sharing.withheld) == (MOST_DEVICES, ())
        (known,) = [one for one in await all_known(on_sqlite) if one.shown.user.reveal() == ANNA]
        assert (len(known.shown.devices), known.told) == (MOST_DEVICES, ())


async def test_a_room_that_is_somebody_s_no_more_gets_nothing(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    """A file was on its way up while a third person came and the loop put the room aside."""
    _gives(server, Author(server), Author(server, THIRD, "THIRD"))
    async with our_client(server, on_sqlite) as client:
        directs, policy = Directs(), policy_of(client, on_sqlite)
        async with on_sqlite.write() as tx:
            await directs.keep(tx, UserId(ANNA), ROOM)
        with_both(client, ROOM, others=(THIRD,))
        async with on_sqlite.write() as tx:
            await directs.vacate(tx, UserId(ANNA))
        mail = Mail(client, directs, on_sqlite, policy, DeviceNews(client, policy, texts), sent=lambda _room: None)
        client.guard = mail.guard
        with pytest.raises(NotReady):
            await mail.send(ROOM, dict(SECRET), "once")
        assert server.got("PUT", "v3/rooms/") == []


def _bringing(client: MatrixClient, answer: Answer) -> Answer:
    async def late(body: Mapping[str, Any]) -> object:
        apply(client, ROOM, [member(THIRD)])
        return await answer(body)

    return late


async def _judges_nobody(_room: RoomId) -> None:
    """As if nio had learnt of the device by itself, after the policy was asked."""
