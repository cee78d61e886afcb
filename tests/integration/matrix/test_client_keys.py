"""Room keys on a real homeserver: over restarts, over failures in the middle, and after what was said is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from nio import KeysClaimError, KeysUploadResponse

from bot.errors import PlatformAway
from bot.platforms.matrix.ids import RoomId
from storage.errors import DiskFull
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.client_stage import Ours, Peer
from tests.patience import PATIENCE


class Cut(Exception):
    """Where a process is killed."""


@pytest.fixture
async def ours(synapse: Synapse, on_sqlite: Store) -> AsyncIterator[Ours]:
    ours = await Ours.made(synapse, on_sqlite)
    yield ours
    await ours.client.close()


@pytest.fixture
async def anna(synapse: Synapse, tmp_path: Path) -> AsyncIterator[Peer]:
    anna = await Peer.made(synapse, tmp_path)
    yield anna
    await anna.leaves()


async def test_the_first_message_after_a_restart_is_read(ours: Ours, anna: Peer) -> None:
    room = await ours.opens_room_with(anna)
    before = await ours.says(room, "Добрый день")
    await ours.restart()
    after = await ours.says(room, "С возвращением")
    assert (await anna.reads(before), await anna.reads(after)) == ("Добрый день", "С возвращением")


async def test_what_was_sent_before_a_restart_and_again_after_it_is_one_event(ours: Ours, anna: Peer) -> None:
    room = await ours.opens_room_with(anna)
    first = await ours.says(room, "Один раз", key="outbox-row")
    await ours.restart()
    assert await ours.says(room, "Один раз", key="outbox-row") == first


async def test_what_comes_after_a_restart_is_read(ours: Ours, anna: Peer) -> None:
    """The session that she has with us, and the key of her room session, are in the rows."""
    room = await ours.opens_room_with(anna)
    first = await anna.says(room, "Раз")
    await ours.syncs()
    await ours.restart()
    second = await anna.says(room, "Два")
    await ours.syncs()
    assert [await ours.reads(room, event) for event in (first, second)] == ["Раз", "Два"]


async def test_one_time_keys_are_ours_also_when_the_answer_to_their_upload_was_lost(
    ours: Ours, anna: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the server has them: whoever takes one must be able to write to us."""

    async def killed(response: Any) -> None:
        if isinstance(response, KeysUploadResponse):
            raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(ours.client, "receive_response", killed)
        with pytest.raises(Cut):
            await ours.client.keys_upload()
    await ours.restart()
    room = await ours.opens_room_with(anna)
    said = await anna.says(room, "Здравствуйте")
    await ours.syncs()
    assert await ours.reads(room, said) == "Здравствуйте"


async def test_no_key_leaves_that_is_not_on_the_disk(ours: Ours, anna: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await ours.opens_room_with(anna)

    async def full(_tx: object) -> None:
        raise DiskFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(ours.client, "write", full)
        with pytest.raises((DiskFull, PlatformAway)):
            await ours.says(room, "Не уйдёт")
    await anna.syncs()
    assert anna.client.olm is not None
    assert not anna.client.olm.inbound_group_store[room]
    assert await anna.reads(await ours.says(room, "Теперь да")) == "Теперь да"


async def test_a_room_goes_on_after_keys_could_not_be_claimed(
    ours: Ours, anna: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await ours.opens_room_with(anna)

    async def refused(_wanted: object) -> KeysClaimError:
        return KeysClaimError("busy", "M_UNKNOWN")

    async def broken(_wanted: object) -> None:
        raise PlatformAway("cut")

    for trouble in (refused, broken):
        with monkeypatch.context() as patch:
            patch.setattr(ours.client, "keys_claim", trouble)
            with pytest.raises(PlatformAway):
                await ours.says(room, "Не прочесть")
    assert await anna.reads(await ours.says(room, "Прочесть")) == "Прочесть"


async def test_nio_s_own_marker_of_a_failed_sharing_does_not_stay(
    ours: Ours, anna: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nio claims once more what nobody had; that may break too, inside of its own code."""
    room = await ours.opens_room_with(anna)
    real = ours.client.keys_claim
    calls = 0

    async def breaks_the_second_time(wanted: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise PlatformAway("cut")
        return await real(wanted)

    with monkeypatch.context() as patch:
        patch.setattr(ours.client, "keys_claim", breaks_the_second_time)
        patch.setattr(ours.client, "get_missing_sessions", lambda _room: {anna.user: [anna.client.device_id]})
        with pytest.raises(PlatformAway):
            await ours.says(room, "Не вышло")
    assert calls == 2
    async with asyncio.timeout(PATIENCE):
        assert await anna.reads(await ours.says(room, "Вышло")) == "Вышло"


async def test_a_message_waits_until_every_device_has_the_key(
    ours: Ours, anna: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await ours.opens_room_with(anna)
    real = ours.client.send

    async def loses_keys(method: str, path: str, *rest: Any, **named: Any) -> Any:
        if "/sendToDevice/" in path:
            raise TimeoutError
        return await real(method, path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(ours.client, "send", loses_keys)
        with pytest.raises(PlatformAway, match="Not every device"):
            await ours.says(room, "Вслепую")
    assert await anna.reads(await ours.says(room, "Для всех")) == "Для всех"


async def test_two_messages_at_once_share_one_key_and_keep_their_order(ours: Ours, anna: Peer) -> None:
    room = await ours.opens_room_with(anna)
    asked = 0
    learn = ours.client.policy

    async def slow_at_first(where: RoomId) -> None:
        nonlocal asked
        asked += 1
        for _ in range(5 if asked == 1 else 0):  # the others could overtake it
            await ours.client.call("GET", "v3/account/whoami")
        await learn(where)

    ours.client.policy = slow_at_first
    events = await asyncio.gather(*(ours.says(room, str(number)) for number in range(3)))
    assert [await anna.reads(event) for event in events] == ["0", "1", "2"]
    found = await ours.client.call("GET", f"v3/rooms/{room}/messages", query={"dir": "f", "limit": "100"})
    sealed = [event for event in found["chunk"] if event["type"] == "m.room.encrypted"]
    assert [event["event_id"] for event in sealed] == events
    assert len({event["content"]["session_id"] for event in sealed}) == 1


async def test_a_send_is_not_cut_off_with_whoever_waits_for_it(ours: Ours, anna: Peer) -> None:
    room = await ours.opens_room_with(anna)
    begun, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    learn = ours.client.policy

    async def policy(where: RoomId) -> None:
        await learn(where)
        begun.set()
        await go_on.wait()
        done.set()

    ours.client.policy = policy
    waiting = asyncio.create_task(ours.says(room, "До конца", key="outbox-row"))
    await begun.wait()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    go_on.set()
    async with asyncio.timeout(PATIENCE):
        await done.wait()
        again = await ours.says(room, "До конца", key="outbox-row")
    assert await anna.reads(again) == "До конца"


async def test_what_was_said_is_forgotten_and_what_comes_is_read(ours: Ours, anna: Peer) -> None:
    """Also from the rows alone; and her client need not know: it goes on with the session it has."""
    room = await ours.opens_room_with(anna)
    told, asked = await anna.says(room, "Моя история"), await ours.says(room, "А дальше?")
    await ours.syncs()
    assert (await ours.reads(room, told), await ours.reads(room, asked)) == ("Моя история", "А дальше?")
    unread = await anna.says(room, "Ещё не прочитано")
    spoken = ours.client.machine.outbound_group_sessions[room].id
    await ours.client.forget_said(room)
    assert await anna.reads(await ours.says(room, "Дальше")) == "Дальше"
    assert ours.client.machine.outbound_group_sessions[room].id != spoken
    for restarted in (False, True):
        if restarted:
            await ours.restart()
        assert (await ours.reads(room, told), await ours.reads(room, asked)) == (None, None)
        assert await ours.reads(room, unread) == "Ещё не прочитано"
    later, answer = await anna.says(room, "Новая"), await ours.says(room, "Спасибо")
    await ours.syncs()
    assert (await ours.reads(room, later), await anna.reads(answer)) == ("Новая", "Спасибо")


async def test_it_is_known_after_a_restart_how_far_was_read(ours: Ours, anna: Peer) -> None:
    room = await ours.opens_room_with(anna)
    told = await anna.says(room, "Моя история")
    await ours.syncs()
    await ours.reopen()
    await ours.client.forget_said(room)
    assert await ours.reads(room, told) is None
    assert {session.room_id for session in ours.client.machine.inbound_group_store} == {room}
