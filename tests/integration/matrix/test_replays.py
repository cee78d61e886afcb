"""A homeserver that sends what was said once more: the same words are heard once, also by the next process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.room_keys import MOST_EVENTS
from bot.platforms.matrix.listening.decrypting import Decrypter, Never
from bot.platforms.matrix.listening.reading import RoomEvent, read
from storage.store import Store
from tests.integration.matrix.hostile import ANNA, ROOM, Author, Hostile, again, lying, our_client, policy_of


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with lying() as server:
        yield server


async def test_after_a_restart_old_words_are_no_new_event(server: Hostile, on_sqlite: Store) -> None:
    anna = Author(server)
    async with our_client(server, on_sqlite) as client:
        await _knows(client, on_sqlite, anna)
        sealed = _says(anna, "yes")
        assert Decrypter(client).open(_event("$one", sealed)).content["body"] == "yes"
        await client.flush()
    async with again(on_sqlite, client.settings) as client:
        with pytest.raises(Never):
            Decrypter(client).open(_event("$two", sealed))
    async with again(on_sqlite, client.settings) as client:  # what comes again after a kill is the same event
        assert Decrypter(client).open(_event("$one", sealed)).content["body"] == "yes"


async def test_of_a_long_session_the_oldest_count_as_read(server: Hostile, on_sqlite: Store) -> None:
    anna = Author(server)
    async with our_client(server, on_sqlite) as client:
        await _knows(client, on_sqlite, anna)
        said = [_says(anna, str(number)) for number in range(MOST_EVENTS + 2)]
        for number, sealed in enumerate(said):
            Decrypter(client).open(_event(f"${number}", sealed))
        await client.flush()
    async with again(on_sqlite, client.settings) as client:
        for number in (0, 1, MOST_EVENTS):
            with pytest.raises(Never):
                Decrypter(client).open(_event("$new", said[number]))
        newest = Decrypter(client).open(_event(f"${MOST_EVENTS + 1}", said[-1]))
        assert newest.content["body"] == str(MOST_EVENTS + 1)


async def test_a_room_key_that_another_hands_on_as_theirs_keeps_nobody_from_being_heard(
    server: Hostile, on_sqlite: Store
) -> None:
    """Newer clients don't say whose key it is (MSC3700)."""
    anna, another = Author(server), Author(server, "@another:lying.test", "OTHER")
    another.megolm = anna.megolm
    async with our_client(server, on_sqlite) as client:
        another.hands_key(client, ROOM)
        await _knows(client, on_sqlite, anna)
        sealed = {name: part for name, part in _says(anna, "yes").items() if name not in ("sender_key", "device_id")}
        assert Decrypter(client).open(_event("$one", sealed)).content["body"] == "yes"


async def test_a_relation_that_the_homeserver_changes_is_not_believed(server: Hostile, on_sqlite: Store) -> None:
    """Whoever wrote it says inside what it answers."""
    anna = Author(server)
    answers = {"m.in_reply_to": {"event_id": "$card"}}
    async with our_client(server, on_sqlite) as client:
        await _knows(client, on_sqlite, anna)
        sealed = _says(anna, "1", {"m.relates_to": answers})
        moved = {**sealed, "m.relates_to": {"m.in_reply_to": {"event_id": "$another"}}}
        with pytest.raises(Never):
            Decrypter(client).open(_event("$moved", moved))
        event = _event("$one", {**_says(anna, "1", {"m.relates_to": answers}), "m.relates_to": answers})
        assert Decrypter(client).open(event).relation == answers


async def _knows(client: MatrixClient, store: Store, anna: Author) -> None:
    await policy_of(client, store).learn([ANNA])
    anna.hands_key(client, RoomId(ROOM))


def _says(anna: Author, text: str, more: Mapping[str, Any] = {}) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": text, **more}
    return anna.sealed_with(anna.megolm, {"type": "m.room.message", "content": content, "room_id": ROOM})


def _event(name: str, content: Mapping[str, Any]) -> RoomEvent:
    raw = {"type": "m.room.encrypted", "event_id": name, "sender": ANNA, "origin_server_ts": 1, "content": content}
    return read(raw, ROOM)
