"""After a deletion old ciphertext is worth nothing to us, whatever the homeserver says or keeps from us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.outcomes import Delivered, Outcome
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_news import DeviceNews
from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.decrypting import Decrypter, Never, NotYet
from bot.platforms.matrix.listening.reading import RoomEvent, read
from bot.platforms.matrix.listening.room_state import apply
from bot.platforms.matrix.speaking.failures import NO_DEVICE
from bot.platforms.matrix.speaking.outgoing import Sender
from bot.platforms.matrix.speaking.own_events import OwnEvents
from bot.platforms.matrix.speaking.sending import Mail
from bot.rooms import BOT as MAIN
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import Content, Erase, Show
from storage.address import Address, Reference
from storage.private import Private
from storage.store import Store
from tests.integration.matrix.hostile import (
    ANNA,
    ROOM,
    Author,
    Hostile,
    again,
    lying,
    member,
    our_client,
    policy_of,
    with_both,
)
from tests.integration.platforms.contract import NO_FILES

FORMER = RoomId("!former:lying.test")
CHAT = Address(platform="matrix", bot=MAIN, chat=Private(ANNA))
HELLO = Show(content=Content(text=Rich.plain("Hello")))


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with lying() as server:
        yield server


@dataclass
class Scene:
    client: MatrixClient
    sender: Sender
    anna: Author
    heard: dict[RoomId, RoomEvent]

    async def erases(self, *events: str) -> Outcome:
        references = tuple(Reference(chat=CHAT, message=Private(event)) for event in events)
        return await self.sender.perform(Erase(references=references), CHAT, None, NO_FILES, "key")

    def opens(self, client: MatrixClient, room: RoomId = ROOM) -> bool:
        try:
            Decrypter(client).open(self.heard[room])
        except (Never, NotYet):
            return False
        return True


async def _scene(client: MatrixClient, store: Store, texts: Texts, anna: Author, *rooms: RoomId) -> Scene:
    """Anna has said something in each room; the last one is hers now."""
    directs, policy = Directs(), policy_of(client, store)
    for room in rooms:
        async with store.write() as tx:
            await directs.keep(tx, UserId(ANNA), room)
        with_both(client, room)
    await policy.learn([ANNA])
    mail = Mail(client, directs, store, policy, DeviceNews(client, policy, texts), sent=lambda _room: None)
    sender = Sender(client, mail, OwnEvents(client), editors_room=None)
    scene = Scene(client, sender, anna, {room: _said(anna, client, room) for room in rooms})
    for room in rooms:
        assert scene.opens(client, room)
    await client.flush()
    return scene


async def test_a_message_that_is_wiped_by_its_timer_can_t_be_read_again(
    server: Hostile, on_sqlite: Store, texts: Texts
) -> None:
    """Neither what the person wrote nor what we did."""
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server), ROOM)
        sent = _sealed_by_us(client)
        assert await OwnEvents(client).is_text(ROOM, EventId("$ours")) is False  # nobody has it yet
        server.says("GET", f"v3/rooms/{ROOM}/event/", sent)
        assert await OwnEvents(client).is_text(ROOM, EventId("$ours"))
        assert await scene.erases("$heard") == Delivered()
    async with again(on_sqlite, client.settings) as client:
        assert not scene.opens(client)
        assert not await OwnEvents(client).is_text(ROOM, EventId("$ours"))


async def test_also_when_the_person_has_left_and_the_homeserver_redacts_nothing(
    server: Hostile, on_sqlite: Store, texts: Texts
) -> None:
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server), ROOM)
        apply(client, ROOM, [member(ANNA, "leave")])
        server.refuses("PUT", f"v3/rooms/{ROOM}/redact/", "M_BAD_STATE")
        await scene.erases("$heard")
    async with again(on_sqlite, client.settings) as client:
        assert not scene.opens(client)


async def test_also_in_the_rooms_that_the_person_had_before(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server), FORMER, ROOM)
        await scene.erases("$heard")
    async with again(on_sqlite, client.settings) as client:
        assert not scene.opens(client, FORMER)
        assert not scene.opens(client, ROOM)


async def test_what_is_not_redacted_counts_as_left(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    """M_UNKNOWN is Synapse's word for an event of another room, and was taken for "it is gone"."""
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server), ROOM)
        server.refuses("PUT", f"v3/rooms/{ROOM}/redact/", "M_UNKNOWN")
        assert await scene.erases("$heard", "$more") == Delivered(failed=2)


async def test_nobody_gets_a_new_room_for_an_old_message(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server))
        assert await scene.erases("$heard") == Delivered(failed=1)
    assert server.got("POST", "v3/createRoom") == []


async def test_what_was_read_and_is_not_on_the_disk_yet_is_not_forgotten(
    server: Hostile, on_sqlite: Store, texts: Texts
) -> None:
    """After a kill it comes again, and must be opened."""
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, Author(server), ROOM)
        await client.reading.acquire()
        forgetting = asyncio.create_task(client.forget_said(ROOM))
        await asyncio.sleep(0)
        assert not forgetting.done()
        assert scene.opens(client)
        client.reading.release()
        await forgetting
        assert not scene.opens(client)


async def test_what_nobody_could_read_waits(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    """Encrypted for no device at all it counted as delivered."""
    anna = Author(server)
    async with our_client(server, on_sqlite) as client:
        scene = await _scene(client, on_sqlite, texts, anna, ROOM)
        server.devices[ANNA].clear()
        client.policy = policy_of(client, on_sqlite).prepare
        scene.sender._mail._policy.changed([ANNA])
        assert await scene.sender.perform(HELLO, CHAT, None, NO_FILES, "key") == NO_DEVICE
        assert server.got("PUT", f"v3/rooms/{ROOM}/send/") == []


def _said(anna: Author, client: MatrixClient, room: RoomId) -> RoomEvent:
    anna.hands_key(client, room)
    plain = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "a secret"}, "room_id": room}
    return read(_event("$heard", ANNA, anna.sealed_with(anna.megolm, plain)), room)


def _sealed_by_us(client: MatrixClient) -> Mapping[str, Any]:
    client.machine.create_outbound_group_session(ROOM)
    client.machine.outbound_group_sessions[ROOM].shared = True
    _, content = client.encrypt(ROOM, "m.room.message", {"msgtype": "m.text", "body": "a secret of ours"})
    return _event("$ours", client.user_id, content)


def _event(name: str, sender: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "m.room.encrypted",
        "event_id": name,
        "sender": sender,
        "origin_server_ts": 1,
        "content": content,
    }
