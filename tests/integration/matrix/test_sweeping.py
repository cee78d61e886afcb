"""Keys do not pile up: old sessions go, and so does all that was kept of people who only passed by."""

from __future__ import annotations

import time

import msgspec
import pytest

from bot.platforms.matrix.devices.pinned import load_known, save_known
from bot.platforms.matrix.devices.trust import Standing
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping import sweeping
from bot.platforms.matrix.keeping.sweeping import DAY, OLM_SESSIONS, drop_room_keys
from bot.types import Gone
from storage.crypto import Kind
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot, Person

PERSONAL = (Kind.DEVICE, Kind.PINNED, Kind.OLM, Kind.MEGOLM)


async def rows(bot: Bot) -> dict[Kind, int]:
    async with bot.store.read() as tx:
        return {kind: len(await tx.crypto.all(kind)) for kind in PERSONAL}


async def talks(bot: Bot, person: Person) -> str:
    """They have spoken, so that the bot knows their device."""
    room = await person.meets(bot)
    await person.tells(room, person.user)
    await bot.until(lambda: person.user in bot.heard)
    await bot.client.room_send(room, "m.room.message", {"msgtype": "m.text", "body": "We have read it."})
    return room


async def test_who_only_passed_by_is_forgotten_and_who_is_here_is_not(bot: Bot, synapse: Synapse, anna: Person) -> None:
    boris = await Person.made(synapse, "boris")
    stays = await talks(bot, boris)
    before = await rows(bot)
    await bot.loop._keys._policy.learn([anna.user])
    await bot.client.flush()
    known = await rows(bot)
    assert (known[Kind.DEVICE], known[Kind.PINNED]) == (before[Kind.DEVICE] + 1, before[Kind.PINNED] + 1)
    await bot.restarts()
    await bot.round()
    assert await rows(bot) == before
    await boris.tells(stays, "I am here")
    await bot.until(lambda: "I am here" in bot.heard)


async def test_an_author_who_seems_to_have_left_is_held_to_the_devices_they_had(bot: Bot, anna: Person) -> None:
    """A homeserver hid the room for one sync, and the devices that it showed next were trusted like first ones."""
    room = await talks(bot, anna)
    before = await rows(bot)
    await anna.leaves(room)
    await bot.until(lambda: bot.bodies(Gone))
    await bot.restarts()
    await bot.round()
    assert await rows(bot) == before


async def test_who_has_a_first_word_on_the_way_is_not_forgotten_before_it_is_read(bot: Bot, anna: Person) -> None:
    """The key came an hour after the last sweep, with the invitation to a room that we had yet to enter."""
    await bot.loop._keys._policy.learn([anna.user])
    room = await anna.opens(bot)
    await anna.hands(bot, room)
    await anna.tells(room, "the first word")
    bot.loop._keys._sweep._last = None
    await bot.until(lambda: "the first word" in bot.heard)


async def test_an_editor_is_held_to_their_identity_for_ever(bot: Bot, anna: Person) -> None:
    room = await talks(bot, anna)
    async with bot.store.write() as tx:
        known = await load_known(tx, anna.user)
        assert known is not None
        pins = msgspec.structs.replace(known.pins, standing=Standing.EDITOR)
        await save_known(tx, msgspec.structs.replace(known, pins=pins))
    await anna.leaves(room)
    await bot.until(lambda: bot.bodies(Gone))
    await bot.restarts()
    await bot.round()
    async with bot.store.read() as tx:
        assert await load_known(tx, anna.user) is not None


async def test_of_a_device_s_olm_sessions_the_last_few_stay(bot: Bot, anna: Person) -> None:
    room = await talks(bot, anna)
    for _ in range(OLM_SESSIONS + 1):  # each time by a new session
        await anna.hands(bot, room)
    await bot.settles()
    assert (await rows(bot))[Kind.OLM] > OLM_SESSIONS
    await bot.restarts()
    await bot.round()
    assert (await rows(bot))[Kind.OLM] == OLM_SESSIONS


async def test_room_keys_go_when_nobody_can_need_them(bot: Bot, anna: Person) -> None:
    room = await talks(bot, anna)
    machine = bot.client.machine
    ours = machine.account.identity_keys["curve25519"]
    theirs = anna.account.curve25519_key.to_base64()

    def left(*, days: int, there: bool = True) -> set[str]:
        drop_room_keys(machine, time.time() + days * DAY, {room} if there else set())
        return {key for key, sessions in machine.inbound_group_store[room].items() if sessions}

    assert left(days=29) == {ours, theirs}
    assert left(days=31) == {ours}
    assert left(days=2, there=False) == set()
    await bot.client.flush()
    assert (await rows(bot))[Kind.MEGOLM] == 0


async def test_the_loop_sweeps_by_itself(bot: Bot, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await talks(bot, anna)
    async with bot.store.read() as tx:
        kept = await tx.crypto.all(Kind.MEGOLM)
    assert len(kept) == 2
    monkeypatch.setattr(sweeping, "THEIRS_SECONDS", -DAY)
    await bot.restarts()
    await bot.round()
    assert (await rows(bot))[Kind.MEGOLM] == 1
    assert RoomId(room) in bot.client.rooms
