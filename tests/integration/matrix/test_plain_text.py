"""A homeserver that would have us speak plainly: what must be encrypted stays unsaid."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_news import DeviceNews
from bot.platforms.matrix.errors import NotEncrypted
from bot.platforms.matrix.ids import UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening import room_state
from bot.platforms.matrix.speaking.failures import NotReady
from bot.platforms.matrix.speaking.sending import Mail
from bot.texts.fluent import Texts
from storage.store import Store
from tests.integration.matrix.hostile import (
    ANNA,
    BOT,
    ROOM,
    Author,
    Hostile,
    lying,
    member,
    our_client,
    policy_of,
    with_both,
)

SECRET = {"msgtype": "m.text", "body": "what nobody else may read"}


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with lying() as server:
        yield server


class Held:
    """The answer to a key query is held back until the room has become another one."""

    def __init__(self, server: Hostile) -> None:
        self.asked = asyncio.Event()
        self.goes_on = asyncio.Event()
        self._answer = server.answers["POST", "v3/keys/query"]
        server.answers["POST", "v3/keys/query"] = self._query

    async def _query(self, body: Mapping[str, Any]) -> object:
        self.asked.set()
        await self.goes_on.wait()
        return await self._answer(body)


async def _mail(client: MatrixClient, store: Store, texts: Texts) -> Mail:
    directs = Directs()
    async with store.write() as tx:
        await directs.keep(tx, UserId(ANNA), ROOM)
    policy = policy_of(client, store)
    mail = Mail(client, directs, store, policy, DeviceNews(client, policy, texts), sent=lambda _room: None)
    client.guard = mail.guard
    return mail


async def test_a_room_that_becomes_plain_while_we_wait_gets_nothing(
    server: Hostile, on_sqlite: Store, texts: Texts
) -> None:
    """The homeserver holds our key query, and two syncs meanwhile say that we left and came into a plain room."""
    Author(server)
    async with our_client(server, on_sqlite) as client:
        mail = await _mail(client, on_sqlite, texts)
        with_both(client)
        held = Held(server)
        sending = asyncio.create_task(mail.send(ROOM, SECRET, "once"))
        await held.asked.wait()
        room_state.forget(client, ROOM, must_be_encrypted=False)
        room_state.apply(client, ROOM, [member(BOT), member(ANNA)])
        held.goes_on.set()
        with pytest.raises(PlatformError):
            await sending
        assert server.got("PUT", f"v3/rooms/{ROOM}/send/") == []


async def test_a_third_who_comes_while_we_wait_reads_nothing(server: Hostile, on_sqlite: Store, texts: Texts) -> None:
    Author(server)
    Author(server, "@third:lying.test", "THIRD")
    async with our_client(server, on_sqlite) as client:
        mail = await _mail(client, on_sqlite, texts)
        with_both(client)
        held = Held(server)
        sending = asyncio.create_task(mail.send(ROOM, SECRET, "once"))
        await held.asked.wait()
        room_state.apply(client, ROOM, [member("@third:lying.test")])
        held.goes_on.set()
        with pytest.raises(NotReady):
            await sending
        assert server.got("PUT", f"v3/rooms/{ROOM}/send/") == []


async def test_the_client_says_nothing_in_a_plain_room(server: Hostile, on_sqlite: Store) -> None:
    """Whoever asks it: nio would."""
    async with our_client(server, on_sqlite) as client:
        room_state.apply(client, ROOM, [member(BOT), member(ANNA)])
        with pytest.raises(NotEncrypted):
            await client.room_send(ROOM, "m.room.message", SECRET)
        assert server.got("PUT", "v3/rooms/") == []


async def test_a_marked_room_that_we_were_put_out_of_is_encrypted_when_we_are_back(
    server: Hostile, on_sqlite: Store
) -> None:
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        room_state.forget(client, ROOM, must_be_encrypted=True)
        room_state.apply(client, ROOM, [member(BOT), member(ANNA)])
        assert client.rooms[ROOM].encrypted
