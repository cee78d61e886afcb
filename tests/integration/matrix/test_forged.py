"""A homeserver that makes events up: nobody's word is taken from what our own device did not encrypt."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.speaking.choices import TOKENS
from bot.platforms.matrix.speaking.content import as_edit
from bot.platforms.matrix.speaking.own_events import STALE, OwnEvents
from bot.types import Tapped, Token
from storage.store import Store
from tests.integration.matrix.hostile import BOT, ROOM, Author, Hostile, lying, our_client, with_both

EVENT = EventId("$prompt")
DELETE = {"msgtype": "m.text", "body": "1. x", TOKENS: ["!delete:yes"]}
PROMPT = {"msgtype": "m.text", "body": "1. x", TOKENS: ["token"]}
TAP = Tapped(token=Token("token"))


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with lying() as server:
        yield server


async def test_a_plain_event_says_nothing_in_our_name(server: Hostile, on_sqlite: Store) -> None:
    """s1 of the review: the homeserver answers our question for an event that never was."""
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        server.says("GET", f"v3/rooms/{ROOM}/event/", _event("m.room.message", DELETE))
        own = OwnEvents(client)
        assert await own.answer_of(ROOM, EVENT, "1") == STALE
        assert not await own.is_text(ROOM, EVENT)


async def test_nor_does_a_plain_edit_of_a_real_prompt(server: Hostile, on_sqlite: Store) -> None:
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        event = _encrypted(client, PROMPT)
        edit = _event("m.room.message", as_edit(DELETE, EVENT))
        server.says("GET", f"v3/rooms/{ROOM}/event/", {**event, "unsigned": {"m.relations": {"m.replace": edit}}})
        assert await OwnEvents(client).answer_of(ROOM, EVENT, "1") == TAP


async def test_nor_our_own_edit_of_another_event(server: Hostile, on_sqlite: Store) -> None:
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        event = _encrypted(client, PROMPT)
        edit = _encrypted(client, as_edit(DELETE, EventId("$another")))
        server.says("GET", f"v3/rooms/{ROOM}/event/", {**event, "unsigned": {"m.relations": {"m.replace": edit}}})
        assert await OwnEvents(client).answer_of(ROOM, EVENT, "1") == TAP


async def test_nor_what_somebody_else_has_encrypted(server: Hostile, on_sqlite: Store) -> None:
    """Under a session of Anna's, in our name."""
    anna = Author(server)
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        anna.hands_key(client, ROOM)
        sealed = anna.sealed_with(anna.megolm, {"type": "m.room.message", "content": DELETE, "room_id": ROOM})
        for content in (sealed, {**sealed, "device_id": "BOT"}):
            server.says("GET", f"v3/rooms/{ROOM}/event/", _event("m.room.encrypted", content))
            assert await OwnEvents(client).answer_of(ROOM, EVENT, "1") == STALE


async def test_our_own_prompt_is_read_and_edited(server: Hostile, on_sqlite: Store) -> None:
    async with our_client(server, on_sqlite) as client:
        with_both(client)
        server.says("GET", f"v3/rooms/{ROOM}/event/", _encrypted(client, PROMPT))
        own = OwnEvents(client)
        assert await own.answer_of(ROOM, EVENT, "1") == TAP
        assert await own.is_text(ROOM, EVENT)


async def test_in_a_published_room_a_plain_event_is_text_and_no_more(server: Hostile, on_sqlite: Store) -> None:
    room = RoomId("!published:lying.test")
    async with our_client(server, on_sqlite, channels={"ru": room}) as client:
        server.says("GET", f"v3/rooms/{room}/event/", _event("m.room.message", DELETE))
        own = OwnEvents(client)
        assert await own.is_text(room, EVENT)
        assert await own.answer_of(room, EVENT, "1") is None


def _encrypted(client: MatrixClient, content: Mapping[str, Any]) -> dict[str, Any]:
    """As our own device would have sent it."""
    if ROOM not in client.machine.outbound_group_sessions:
        client.machine.create_outbound_group_session(ROOM)
        client.machine.outbound_group_sessions[ROOM].shared = True
    return _event("m.room.encrypted", client.encrypt(ROOM, "m.room.message", dict(content))[1])


def _event(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": kind, "sender": BOT, "event_id": EVENT, "origin_server_ts": 1, "content": content}
