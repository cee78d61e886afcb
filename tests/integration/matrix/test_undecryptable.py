"""Events that can't be opened: kept, tried again, told of; and those that claim to be somebody's and are not."""

from __future__ import annotations

from typing import Any

import vodozemac

from bot.platforms.matrix.listening.undecryptable import FORGET_SECONDS, HOLD_SECONDS, TELL_SECONDS
from bot.types import Undecrypted
from storage.crypto import Kind
from tests.clock import Clock
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_stage import room_key
from tests.integration.matrix.loop_stage import Bot, Person

_BROKEN: tuple[dict[str, Any], ...] = (
    {"algorithm": "m.megolm.v2"},
    {"ciphertext": "AwgA"},
    {"ciphertext": "не base64"},
    {"ciphertext": {"a": 1}},
    {"session_id": 7},
    {"session_id": ""},
)
_NONSENSE = (b"\xff\xfe no text", b"[]", b'{"type": 7}', b'{"type": "m.room.encrypted"}', b"{")


async def _comes_in(bot: Bot, person: Person) -> str:
    """A room whose key the bot has not got."""
    room = await person.opens(bot)
    await bot.until(lambda: bot.room_of(person) == room)
    return room


async def _says_and_is_heard(bot: Bot, person: Person, room: str, words: str) -> None:
    await person.tells(room, words)
    await bot.until(lambda: words in bot.heard)


async def _kept(bot: Bot) -> int:
    async with bot.store.read() as tx:
        return len(await tx.crypto.all(Kind.WAITING))


async def test_words_wait_for_their_key_over_a_restart_and_keep_their_order(bot: Bot, anna: Person) -> None:
    room = await _comes_in(bot, anna)
    key = anna.session(room).session_key
    await anna.tells(room, "one")
    await anna.tells(room, "two")
    await bot.until(lambda: bot.taken.get(room))
    await bot.settles()
    assert bot.heard == ["/start"]
    assert await _kept(bot) == 2
    await bot.restarts()
    await anna.hands_key(bot, room, key)
    await anna.tells(room, "three")
    await bot.until(lambda: "three" in bot.heard)
    assert bot.heard == ["/start", "one", "two", "three"]
    assert await _kept(bot) == 0


async def test_who_could_not_be_read_is_told_once_and_read_later_all_the_same(
    bot: Bot, anna: Person, clock: Clock
) -> None:
    room = await _comes_in(bot, anna)
    key = anna.session(room).session_key
    await anna.tells(room, "can you read this?")
    await bot.until(lambda: bot.taken.get(room))
    clock.pass_(seconds=TELL_SECONDS - 1)
    await bot.settles()
    assert bot.bodies(Undecrypted) == []
    clock.pass_(seconds=1)
    await bot.settles()
    await bot.restarts()
    clock.pass_(seconds=TELL_SECONDS)
    await bot.settles()
    assert bot.bodies(Undecrypted) == [Undecrypted()]
    await anna.hands_key(bot, room, key)
    await bot.until(lambda: "can you read this?" in bot.heard)
    assert len(bot.bodies(Undecrypted)) == 1


async def test_one_lost_message_does_not_hold_up_the_others_for_long(bot: Bot, anna: Person, clock: Clock) -> None:
    room = await _comes_in(bot, anna)
    await anna.tells(room, "its key is lost")
    await bot.until(lambda: bot.taken.get(room))
    del anna.sessions[room]
    await anna.hands(bot, room)
    await anna.tells(room, "the next")
    await bot.settles()
    assert bot.heard == ["/start"]
    clock.pass_(seconds=HOLD_SECONDS)
    await bot.settles()
    assert bot.heard == ["/start", "the next"]
    clock.pass_(seconds=FORGET_SECONDS)
    await bot.settles()
    assert await _kept(bot) == 0


async def test_events_without_sender_key_and_device_are_opened_by_their_session(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    sealed = anna.sealed(room, _text("the newer way"))
    del sealed["sender_key"], sealed["device_id"]  # nio makes a BadEvent of it
    await anna.puts(room, "m.room.encrypted", sealed)
    await bot.until(lambda: "the newer way" in bot.heard)


async def test_what_can_never_be_opened_is_told_of_at_once(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    for count, broken in enumerate(_BROKEN, start=1):
        await anna.puts(room, "m.room.encrypted", {**anna.sealed(room, _text("broken")), **broken})
        await _says_and_is_heard(bot, anna, room, f"after {count}")
        assert bot.bodies(Undecrypted) == [Undecrypted()] * count, broken
    assert await _kept(bot) == 0


async def test_nonsense_inside_the_encryption(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    for count, plain in enumerate(_NONSENSE, start=1):
        sealed = anna.sealed(room, {})
        sealed["ciphertext"] = anna.session(room).encrypt(plain).to_base64()
        await anna.puts(room, "m.room.encrypted", sealed)
        await _says_and_is_heard(bot, anna, room, f"after {count}")
        assert bot.bodies(Undecrypted) == [Undecrypted()] * count, plain


async def test_plain_words_in_an_encrypted_room_are_not_taken(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    await anna.puts(room, "m.room.message", {"msgtype": "m.text", "body": "the server may have written this"})
    await anna.tells(room, "after it")
    await bot.until(lambda: "after it" in bot.heard)
    assert bot.heard == ["/start", "after it"]
    assert bot.bodies(Undecrypted) == [Undecrypted()]


async def test_an_event_is_not_believed_to_be_of_whoever_it_names(
    bot: Bot, synapse: Synapse, anna: Person, clock: Clock
) -> None:
    """The server could put Eve's encrypted event under Anna's name; nio minds only if it knows the device."""
    eve = await Person.made(synapse, "eve")
    await eve.tells(await eve.meets(bot), "my device is known")
    await bot.until(lambda: "my device is known" in bot.heard)
    room = await anna.meets(bot)
    await eve.hands(bot, room)
    forged = eve.sealed(room, _text("I agree, publish it"))
    await anna.puts(room, "m.room.encrypted", {**forged, "device_id": "NOSUCH"})
    await anna.tells(room, "hello")
    await bot.settles()
    clock.pass_(seconds=HOLD_SECONDS)
    await bot.settles()
    assert bot.client.machine.inbound_group_store.get(room, forged["sender_key"], forged["session_id"])
    assert bot.heard == ["/start", "my device is known", "/start", "hello"]


async def test_a_room_key_under_another_signing_key_than_its_device_s_opens_nothing(bot: Bot, anna: Person) -> None:
    """nio minds only with devices that it was told to trust."""
    room = await anna.meets(bot)
    await anna.tells(room, "my device is known")
    await bot.until(lambda: "my device is known" in bot.heard)
    bot.client.unverify_device(bot.client.device_store[anna.user][anna.device])
    del anna.sessions[room]
    key = room_key(room, anna.session(room), anna.session(room).session_key)
    await anna.whispers(bot, {**key, "keys": {"ed25519": vodozemac.Account().ed25519_key.to_base64()}})
    await anna.tells(room, "signed by whom?")
    await bot.until(lambda: bot.bodies(Undecrypted))
    del anna.sessions[room]
    await anna.hands(bot, room)
    await anna.tells(room, "signed by me")
    await bot.until(lambda: "signed by me" in bot.heard)
    assert bot.heard == ["/start", "my device is known", "signed by me"]


async def test_words_for_another_room_are_not_taken_in_this_one(bot: Bot, anna: Person) -> None:
    """The server could move them: only what is inside the encryption says where she said it."""
    room = await anna.meets(bot)
    await anna.puts(room, "m.room.encrypted", anna.sealed(room, {**_text("moved"), "room_id": "!other:paper.test"}))
    await anna.puts(room, "m.room.encrypted", anna.sealed(room, {**_text("at its place"), "room_id": room}))
    await bot.until(lambda: "at its place" in bot.heard)
    assert bot.heard == ["/start", "at its place"]
    assert bot.bodies(Undecrypted) == [Undecrypted()]


async def test_a_new_device_of_hers_is_heard(bot: Bot, synapse: Synapse, anna: Person) -> None:
    room = await anna.meets(bot)
    await anna.tells(room, "from my phone")
    await bot.until(lambda: "from my phone" in bot.heard)
    laptop = await Person.again(synapse, anna)
    await laptop.hands(bot, room)
    await laptop.tells(room, "from my laptop")
    await bot.until(lambda: "from my laptop" in bot.heard)


def _text(said: str) -> dict[str, Any]:
    return {"type": "m.room.message", "content": {"msgtype": "m.text", "body": said}}
