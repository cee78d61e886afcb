"""What people do on Telegram, and what we make of it."""

from __future__ import annotations

import json
import time

import pytest
from telegram import Update

from bot.platforms.telegram.incoming import Reader
from bot.types import Called, ChatKind, Edited, FileKind, Gone, Incoming, Said, Sent, Tapped, Token, Unsupported
from storage.address import Reference
from storage.codec import encode
from storage.private import Private
from tests.fakes.telegram.model import Json
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.telegram_stage import TelegramStage


async def received(tg: TelegramStage, keeper: Keeper) -> list[Incoming]:
    """Everything there is to fetch now; the last word is a marker."""
    tg.anna.says("that was all", tg.bot)
    async with running(tg.adapter(), keeper):
        while not (keeper.events and keeper.events[-1].body == Said(text=Private("that was all"))):
            await keeper.got(len(keeper.events) + 1)
    return keeper.events[:-1]


async def one(tg: TelegramStage, keeper: Keeper) -> Incoming:
    (event,) = await received(tg, keeper)
    return event


async def test_an_event_says_who_where_when_and_nothing_else_of_the_person(tg: TelegramStage, keeper: Keeper) -> None:
    person = tg.telegram.person(987123654, "Ivan", last_name="Sokolov", username="ivan1983", language_code="en-GB")
    message = person.says("hello", tg.bot)
    event = await one(tg, keeper)
    assert (event.kind, event.language_code) == (ChatKind.PRIVATE, "en-GB")
    assert (event.chat.bot, event.chat.chat.reveal(), event.person.person.reveal()) == (
        "main",
        str(person.id),
        str(person.id),
    )
    assert abs(event.at - time.time()) < 60
    assert event.reference == Reference(chat=event.chat, message=Private(str(message.message_id)))
    for known in ("Ivan", "Sokolov", "ivan1983", "987123654", "hello"):
        assert known not in repr(event)
    for name in (b"Ivan", b"Sokolov", b"ivan1983"):
        assert name not in encode(event)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/help", "help", ""),
        ("/Help", "help", ""),
        ("/help@Newsroom_bot", "help", ""),
        ("/find@newsroom_bot  two\nlines ", "find", "two\nlines"),
        ("/start s-42_X", "start", "s-42_X"),
    ],
)
async def test_commands(tg: TelegramStage, keeper: Keeper, text: str, name: str, argument: str) -> None:
    tg.anna.says(text, tg.bot)
    assert (await one(tg, keeper)).body == Called(name=name, argument=Private(argument))


@pytest.mark.parametrize("text", ["/", "/ help", "/привет", "a /help", "/help!", "and/or"])
async def test_what_only_looks_like_a_command_is_text(tg: TelegramStage, keeper: Keeper, text: str) -> None:
    tg.anna.says(text, tg.bot)
    assert (await one(tg, keeper)).body == Said(text=Private(text))


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ("a1B2:0", Tapped(token=Token("a1B2:0"))),
        ("!leave:weekly:all", Called(name="leave", argument=Private("weekly:all"))),
        ("!help", Called(name="help", argument=Private(""))),
    ],
)
async def test_taps(tg: TelegramStage, keeper: Keeper, data: str, body: Tapped | Called) -> None:
    message = tg.anna.says("a message", tg.bot)
    tg.bot.updates.pending.clear()
    tg.anna.taps(message, data=data)
    event = await one(tg, keeper)
    assert event.body == body
    assert event.reference == Reference(chat=tg.chat, message=Private(str(message.message_id)))


async def test_a_tap_on_a_message_that_is_gone_still_counts(tg: TelegramStage, keeper: Keeper) -> None:
    message = tg.anna.says("a message", tg.bot)
    tg.bot.updates.pending.clear()
    tg.anna.deletes(message)
    tg.anna.taps(message, data="a1B2:0")
    assert (await one(tg, keeper)).body == Tapped(token=Token("a1B2:0"))


async def test_two_taps_on_one_button_are_two_events(tg: TelegramStage, keeper: Keeper) -> None:
    message = tg.anna.says("a message", tg.bot)
    tg.bot.updates.pending.clear()
    for _ in range(2):
        tg.anna.taps(message, data="a1B2:0")
    first, second = await received(tg, keeper)
    assert first.event != second.event


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("photo", FileKind.PHOTO),
        ("document", FileKind.DOCUMENT),
        ("voice", FileKind.VOICE),
        ("video", FileKind.VIDEO),
        ("video_note", FileKind.VIDEO_NOTE),
        ("audio", FileKind.OTHER),
    ],
)
async def test_files(tg: TelegramStage, keeper: Keeper, kind: str, wanted: FileKind) -> None:
    tg.anna.sends_file(kind, tg.bot, b"12345", caption="look")
    body = (await one(tg, keeper)).body
    assert isinstance(body, Sent)
    assert (body.file.kind, body.file.size, body.caption.reveal()) == (wanted, 5, "look")


async def test_of_a_photo_the_largest_size_is_taken(tg: TelegramStage, keeper: Keeper) -> None:
    def size(name: str, side: int) -> Json:
        return {"file_id": name, "file_unique_id": name, "width": side, "height": side, "file_size": side}

    tg.anna.sends_raw({"photo": [size("small", 90), size("large", 1280), size("middle", 320)]}, tg.bot)
    body = (await one(tg, keeper)).body
    assert isinstance(body, Sent)
    assert (body.file.handle.reveal(), body.file.size) == ("large", 1280)


UNSUPPORTED: dict[str, Json] = {
    "contact": {"contact": {"phone_number": "+79001234567", "first_name": "Ivan"}},
    "location": {"location": {"longitude": 37.6, "latitude": 55.7}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "something newer than the library": {"telepathy": {"thought": "secret"}},
    "animation, with its document": {
        name: {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 1}
        for name in ("animation", "document")
    },
}


@pytest.mark.parametrize("fields", UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
async def test_what_we_don_t_take_is_said_to_be_so(tg: TelegramStage, keeper: Keeper, fields: Json) -> None:
    tg.anna.sends_raw(fields, tg.bot)
    assert (await one(tg, keeper)).body == Unsupported()


@pytest.mark.parametrize(
    "fields", [{"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}, {"group_chat_created": True}]
)
async def test_telegrams_own_notices_are_nothing_to_us(tg: TelegramStage, keeper: Keeper, fields: Json) -> None:
    tg.anna.sends_raw(fields, tg.bot)
    assert await received(tg, keeper) == []


async def test_an_edit_is_an_edit_even_of_a_caption_or_into_a_command(tg: TelegramStage, keeper: Keeper) -> None:
    said = tg.anna.says("one", tg.bot)
    photo = tg.anna.sends_photo(b"photo", tg.bot, "two")
    tg.anna.edits(said, "/start")
    tg.anna.edits(photo, "three")
    *_, first, second = await received(tg, keeper)
    assert first.body == Edited(text=Private("/start"))
    assert second.body == Edited(text=Private("three"))
    assert second.reference == Reference(chat=tg.chat, message=Private(str(photo.message_id)))


async def test_who_blocks_the_bot_is_gone_and_who_comes_back_says_so_themselves(
    tg: TelegramStage, keeper: Keeper
) -> None:
    tg.anna.blocks(tg.bot)
    tg.anna.unblocks(tg.bot)
    event = await one(tg, keeper)
    assert (event.body, event.reference, event.chat) == (Gone(), None, tg.chat)


async def test_of_a_room_only_commands_and_taps_are_taken(tg: TelegramStage, keeper: Keeper) -> None:
    tg.editors.admits(tg.anna)
    chatter = tg.anna.says("I think the author lives in Tver", tg.editors)
    tg.anna.sends_photo(b"photo", tg.editors, "/queue")
    tg.anna.edits(chatter, "/queue")
    tg.anna.says("/queue", tg.editors)
    tg.anna.says("/queue@other_bot", tg.editors)
    tg.anna.taps(chatter, data="a1B2:0")
    called, tapped = await received(tg, keeper)
    assert called.body == Called(name="queue", argument=Private(""))
    assert tapped.body == Tapped(token=Token("a1B2:0"))
    assert {event.kind for event in (called, tapped)} == {ChatKind.ROOM}
    assert {event.chat for event in (called, tapped)} == {tg.room}
    assert {event.person for event in (called, tapped)} == {tg.person}


async def test_who_hides_behind_the_room_is_nobody(tg: TelegramStage, keeper: Keeper) -> None:
    tg.editors.admits(tg.anna, "administrator", anonymous=True)
    tg.anna.says("/queue", tg.editors, anonymously=True)
    shown = tg.bot.updates.pending[-1]["message"]
    # As a linked channel does: Telegram's own account passes it on.
    tg.bot.raw_update("message", shown | {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}})
    assert await received(tg, keeper) == []


def test_half_characters_are_mended(tg: TelegramStage) -> None:
    tg.anna.says("placeholder", tg.bot)
    raw = tg.bot.updates.pending.pop()
    raw["message"]["text"] = json.loads('"half \\ud83d a character"')
    event = Reader("main", "newsroom_bot").read(Update.de_json(raw))
    assert event is not None
    assert event.body == Said(text=Private("half ? a character"))


async def test_formatting_comes_along_as_marks(tg: TelegramStage, keeper: Keeper) -> None:
    entities = [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "text_link", "offset": 7, "length": 7, "url": "https://example.org/"},
        {"type": "url", "offset": 15, "length": 3},
    ]
    tg.anna.sends_raw({"text": "😀 три истории t.me", "entities": entities}, tg.bot)
    said = await one(tg, keeper)
    marked = Private("😀 **три** [истории](https://example.org/) t.me")
    assert said.body == Said(text=Private("😀 три истории t.me"), marked=marked)
