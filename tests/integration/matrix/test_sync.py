"""The loop on a real homeserver: what people say arrives once and in order, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.intake import Intake
from bot.platforms.base import Beside
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.listening.sync import SOURCE
from bot.texts.fluent import Texts
from bot.types import Called, Edited, Gone, Tapped, Token
from storage.private import Private
from storage.store import Transaction
from tests.clock import Clock
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot, Person


async def test_a_first_meeting(bot: Bot, anna: Person) -> None:
    room = await anna.opens(bot)
    await bot.until(lambda: bot.room_of(anna) == room)
    assert bot.heard == ["/start"]  # who opened a chat is greeted
    await anna.hands(bot, room)
    last = await anna.tells(room, "Здравствуйте")
    await bot.until(lambda: bot.heard == ["/start", "Здравствуйте"])
    said = bot.arrived[-1]
    assert said.reference is not None
    assert said.reference.message.reveal() == last
    assert said.chat.chat.reveal() == said.person.person.reveal() == anna.user
    assert dict(bot.taken) == {room: last}


async def test_words_that_were_on_their_way_before_the_bot_came_in_arrive(bot: Bot, anna: Person) -> None:
    room = await anna.opens(bot)
    await anna.hands(bot, room)
    await anna.tells(room, "first words")
    await bot.until(lambda: "first words" in bot.heard)
    assert sorted(bot.heard) == ["/start", "first words"]


async def test_what_was_said_while_the_bot_was_down_arrives_once_and_in_order(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    await anna.tells(room, "0")
    await bot.until(lambda: "0" in bot.heard)
    await bot.dies()
    for number in range(1, 301):  # three times what a sync shows
        await anna.tells(room, str(number))
    await bot.wakes()
    await bot.until(lambda: "300" in bot.heard)
    await bot.settles()
    assert bot.heard == ["/start", *map(str, range(301))]


async def test_a_process_that_dies_before_the_commit_hears_it_again(bot: Bot, anna: Person) -> None:
    room = await anna.opens(bot)
    await bot.until(lambda: bot.room_of(anna) == room)
    await anna.hands(bot, room)  # its key and its words come in the sync that is lost
    await anna.tells(room, "don't lose me")
    with pytest.raises(asyncio.CancelledError):
        await bot.loop.round(_Dying(bot))
    await bot.restarts()
    await bot.until(lambda: "don't lose me" in bot.heard)
    await bot.settles()
    assert bot.heard == ["/start", "don't lose me"]


async def test_a_process_that_dies_after_the_commit_hears_nothing_twice(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    await anna.tells(room, "once")
    await bot.until(lambda: "once" in bot.heard)
    async with bot.store.write() as tx:
        before = await bot.sink.cursor(SOURCE)
        assert before is not None
        await tx.inbox.set_cursor(b"another", before)
    await bot.restarts()
    await anna.tells(room, "twice?")  # its key is on the disk
    await bot.until(lambda: "twice?" in bot.heard)
    await bot.settles()
    assert bot.heard == ["/start", "once", "twice?"]


async def test_keys_cursor_and_words_are_one_transaction(bot: Bot, anna: Person) -> None:
    room = await anna.opens(bot)
    await bot.until(lambda: bot.room_of(anna) == room)
    before = await bot.sink.cursor(SOURCE)
    await anna.hands(bot, room)
    await anna.tells(room, "together")
    with pytest.raises(asyncio.CancelledError):
        await bot.loop.round(_DyingInside(bot))
    assert await bot.sink.cursor(SOURCE) == before
    await bot.restarts()
    assert [session.room_id for session in bot.client.machine.inbound_group_store if session.room_id == room] == []
    await bot.until(lambda: "together" in bot.heard)


async def test_an_edit_names_the_message_that_it_changes_and_is_wiped_too(bot: Bot, anna: Person, clock: Clock) -> None:
    room = await anna.meets(bot)
    first = await anna.tells(room, "I live in Perm")
    new = {"msgtype": "m.text", "body": "I live in P."}
    relation = {"rel_type": "m.replace", "event_id": first}
    edit = await anna.sends(
        room, {"msgtype": "m.text", "body": "* I live in P.", "m.new_content": new, "m.relates_to": relation}
    )
    await bot.until(lambda: bot.bodies(Edited))
    assert bot.heard == ["/start", "I live in Perm", "I live in P."]
    assert bot.arrived[-1].reference is not None
    assert bot.arrived[-1].reference.message.reveal() == first
    assert {first, edit} <= await _to_be_wiped(bot, clock)


async def test_a_reaction_is_a_tap(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    prompt = await anna.tells(room, "as if it were the bot's")
    bot.means[prompt, "1️⃣"] = Tapped(token=Token("yes"))
    relation = {"rel_type": "m.annotation", "event_id": prompt}
    await anna.puts(room, "m.reaction", {"m.relates_to": {**relation, "key": "🙏"}})  # means nothing
    await anna.puts(room, "m.reaction", {"m.relates_to": {**relation, "key": "1️⃣"}})
    await bot.until(lambda: bot.bodies(Tapped))
    assert bot.bodies(Tapped) == [Tapped(token=Token("yes"), proven=False)]
    assert bot.arrived[-1].reference is not None
    assert bot.arrived[-1].reference.message.reveal() == prompt


async def test_who_leaves_is_gone_and_may_come_back(bot: Bot, anna: Person) -> None:
    first = await anna.meets(bot)
    await anna.leaves(first)
    await bot.until(lambda: bot.bodies(Gone))
    second = await anna.meets(bot)
    await anna.tells(second, "here I am again")
    await bot.until(lambda: "here I am again" in bot.heard)
    assert len(bot.bodies(Gone)) == 1
    assert bot.room_of(anna) == second


async def test_who_puts_the_bot_out_is_gone(bot: Bot, anna: Person) -> None:
    levels = {"users": {anna.user: 100, bot.user: 50}}
    room = await anna.opens(bot, power_level_content_override=levels, room_version="11")
    await bot.until(lambda: bot.room_of(anna) == room)
    await anna.ask("POST", f"v3/rooms/{room}/kick", {"user_id": bot.user})
    await bot.until(lambda: bot.bodies(Gone))
    assert room not in bot.client.rooms


async def test_answers_to_cards_in_the_editors_room_go_on_in_private(
    synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts, anna: Person
) -> None:
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    await anna.vouched_by(await anna.takes_identity())  # an editor's device that she has not signed is not listened to
    body = {"preset": "private_chat", "initial_state": [{"type": "m.room.encryption", "content": _MEGOLM}]}
    room = str((await anna.ask("POST", "v3/createRoom", body))["room_id"])
    bot = await Bot.made(synapse, newsroom, texts, editors=room)
    await anna.ask("POST", f"v3/rooms/{room}/invite", {"user_id": bot.user})
    await bot.until(lambda: room in bot.client.rooms)
    await anna.hands(bot, room)
    card = await anna.tells(room, "1. Open")
    bot.means[card, "1"] = bot.means[card, "👁"] = Called(name="start", argument=Private("s-7"))
    await anna.tells(room, "1")  # no answer to anything
    thread = {"rel_type": "m.thread", "event_id": card, "is_falling_back": True, "m.in_reply_to": {"event_id": "$x"}}
    await anna.sends(room, {"msgtype": "m.text", "body": "nice story", "m.relates_to": thread})
    await anna.sends(room, {"msgtype": "m.text", "body": " 1 ", "m.relates_to": thread})
    await anna.puts(room, "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": card, "key": "👁"}})
    await bot.until(lambda: len(bot.heard) == 2)
    await bot.settles()
    assert bot.heard == ["/start s-7", "/start s-7"]
    assert {one.chat.chat.reveal() for one in bot.arrived} == {anna.user}
    assert bot.directs.is_marked(RoomId(room))
    await bot.dies()


async def test_an_upgraded_room_keeps_its_person(bot: Bot, anna: Person) -> None:
    old = await anna.meets(bot)
    wanted = {"new_version": "12", "additional_creators": [bot.user]}  # else it has no rights there
    answer = await anna.ask("POST", f"v3/rooms/{old}/upgrade", wanted)
    new = str(answer["replacement_room"])
    await anna.ask("POST", f"v3/rooms/{new}/invite", {"user_id": bot.user})
    await bot.until(lambda: bot.room_of(anna) == new)
    await anna.hands(bot, new)
    await anna.tells(new, "we have moved")
    await bot.until(lambda: "we have moved" in bot.heard)
    assert bot.bodies(Gone) == []
    assert bot.directs.user_of(RoomId(new)) == anna.user


_MEGOLM = {"algorithm": "m.megolm.v1.aes-sha2"}


class _Dying(Intake):
    """The process dies before its commit."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot.store, wipe_after=3600, wake=lambda: None)

    async def accept(self, *_came: Any, **_how: Any) -> None:
        raise asyncio.CancelledError


class _DyingInside(_Dying):
    """It dies when all is written and nothing is committed."""

    async def accept(self, *came: Any, beside: Beside | None = None, **how: Any) -> None:
        async def dies(tx: Transaction) -> None:
            assert beside is not None
            await beside(tx)
            raise asyncio.CancelledError

        await Intake.accept(self, *came, beside=dies, **how)


async def _to_be_wiped(bot: Bot, clock: Clock) -> set[str]:
    clock.pass_(days=1)
    async with bot.store.write() as tx:
        return {due.reference.message.reveal() for due in await tx.messages.take_due(100)}
