"""Our messages, as they stand on Telegram."""

from __future__ import annotations

import pytest

from bot.outcomes import Delivered, Later, Refused
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.files import LARGEST_PHOTO
from bot.texts.rich import Rich, bold, link
from bot.types import Choice, Content, Erase, FileKind, Link, Media, Opening, Place, Show, Token
from storage.address import Address, Reference
from storage.private import Private
from tests.fakes.telegram.seen import Seen
from tests.integration.platforms.contract import ANCHOR, NO_FILES, PHOTO, choice, opens, showing, text
from tests.integration.platforms.telegram_stage import TelegramStage
from tests.unit.media.photos import jpeg


async def shown(tg: TelegramStage, adapter: TelegramAdapter, show: Show, before: Reference | None = None) -> Reference:
    outcome = await adapter.perform(show, tg.chat, before, opens(jpeg()), "")
    assert isinstance(outcome, Delivered), outcome
    assert outcome.reference is not None
    return outcome.reference


def ours(tg: TelegramStage) -> list[Seen]:
    return [message for message in tg.anna.sees(tg.bot) if message.sender_id == tg.bot.id]


async def test_formatting_goes_as_entities(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    rich = Rich.join("", ["👩‍👩‍👧‍👦 ", bold("*not* <markup>"), " ", link("here", "https://example.org/a")])
    await shown(tg, adapter, Show(content=Content(text=rich)))
    (message,) = ours(tg)
    assert message.text == "👩‍👩‍👧‍👦 *not* <markup> here"
    assert message.entities == [
        {"type": "bold", "offset": 12, "length": 14},
        {"type": "text_link", "offset": 27, "length": 4, "url": "https://example.org/a"},
    ]


async def test_links_show_no_preview(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    await shown(tg, adapter, Show(content=text("https://example.org")))
    chat = tg.bot.account.private[tg.anna.id]
    assert chat.messages[ours(tg)[0].message_id].preview == {"is_disabled": True}


@pytest.mark.parametrize(("silent", "protect"), [(True, False), (False, True)])
@pytest.mark.parametrize("photo", [None, PHOTO])
async def test_silence_and_protection(
    tg: TelegramStage, adapter: TelegramAdapter, silent: bool, protect: bool, photo: Media | None
) -> None:
    content = Content(text=Rich.plain("psst"), media=photo)
    await shown(tg, adapter, Show(content=content, silent=silent, protect=protect))
    assert [(message.silent, message.protected) for message in ours(tg)] == [(silent, protect)]


async def test_buttons_carry_tokens_open_the_private_chat_or_lead_to_a_page(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    rows = (
        (Choice(label="Да", token=Token("x" * 64)), Choice(label="Нет", token=Token("!no:1"))),
        (Opening(label="Read", payload="s-1"),),
        (Link(label="Site", url="https://example.org/"),),
    )
    await shown(tg, adapter, Show(content=Content(text=Rich.plain("?"), buttons=rows)))
    buttons = [[(b.text, b.data, b.url) for b in row] for row in ours(tg)[0].buttons]
    assert buttons == [
        [("Да", "x" * 64, None), ("Нет", "!no:1", None)],
        [("Read", None, "https://t.me/newsroom_bot?start=s-1")],
        [("Site", None, "https://example.org/")],
    ]


async def test_a_link_to_the_bot_waits_until_its_name_is_known(tg: TelegramStage) -> None:
    tg.anna.starts(tg.bot)
    tg.telegram.faults.cut("before_read", method="getMe", times=2)
    adapter = tg.adapter()
    await adapter.start()
    content = Content(text=Rich.plain("?"), buttons=((Opening(label="Read", payload="s"),),))
    assert not isinstance(await adapter.perform(Show(content=content), tg.chat, None, NO_FILES, ""), Delivered)
    await shown(tg, adapter, Show(content=content))
    assert len(ours(tg)) == 1
    await adapter.stop()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (text("x" * 4097), "the text is too long"),
        (text(""), "the text is empty"),
        (text(" \n "), "the text is empty"),
        (Content(text=Rich.plain("x" * 1025), media=PHOTO), "the caption is too long"),
        (text("half \ud83d"), "the text is not valid UTF-8"),
        (Content(text=Rich.plain("half \ud83d"), media=PHOTO), "the text is not valid UTF-8"),
        (
            Content(text=Rich.plain("?"), buttons=((Choice(label="a", token=Token("x" * 65)),),)),
            "a button carries more than 64 bytes",
        ),
        (Content(text=Rich.plain("?"), buttons=((Choice(label="", token=Token("x")),),)), "a button is not accepted"),
    ],
)
async def test_what_telegram_never_takes_is_refused(
    tg: TelegramStage, adapter: TelegramAdapter, content: Content, why: str
) -> None:
    outcome = await adapter.perform(Show(content=content), tg.chat, None, opens(jpeg()), "")
    assert outcome == Refused(why=why)


async def test_a_photo_larger_than_telegram_takes_is_refused_unsent(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    data = bytes(LARGEST_PHOTO + 1)
    content = showing(FileKind.PHOTO, "large", data)
    outcome = await adapter.perform(Show(content=content), tg.chat, None, opens(data), "")
    assert outcome == Refused(why="the photo is larger than 10 MB")
    assert tg.telegram.ledger.counts("sendPhoto").started == 0


async def test_a_photo_of_several_megabytes_arrives_whole(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    data = jpeg() + bytes(5_000_000)
    content = showing(FileKind.PHOTO, "large", data)
    assert isinstance(await adapter.perform(Show(content=content), tg.chat, None, opens(data), ""), Delivered)
    assert tg.telegram.world.files[ours(tg)[0].file_unique_id or ""].data == data


@pytest.mark.parametrize(("first", "second"), [(None, PHOTO), (PHOTO, None), (PHOTO, PHOTO)])
async def test_texts_and_photos_may_become_each_other(
    tg: TelegramStage, adapter: TelegramAdapter, first: Media | None, second: Media | None
) -> None:
    old = Content(text=Rich.plain("old"), media=first)
    new = Content(text=Rich.plain("new"), media=second)
    before = await shown(tg, adapter, Show(content=old, anchor=ANCHOR, place=Place.SAME))
    await shown(tg, adapter, Show(content=new, anchor=ANCHOR, place=Place.SAME), before)
    assert [(message.text, message.kind) for message in ours(tg)] == [("new", "photo" if second else "text")]


async def test_an_edit_takes_the_buttons_away(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    asked = Content(text=Rich.plain("?"), buttons=((Choice(label="Да", token=Token("x")),),))
    before = await shown(tg, adapter, Show(content=asked, anchor=ANCHOR))
    same = Content(text=asked.text)
    assert await shown(tg, adapter, Show(content=same, anchor=ANCHOR, place=Place.SAME), before) == before
    assert ours(tg)[0].buttons == []


async def test_an_old_message_that_can_t_be_deleted_stays_above(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    before = await shown(tg, adapter, Show(content=text("old"), anchor=ANCHOR))
    tg.telegram.advance(49 * 3600)
    await shown(tg, adapter, Show(content=text("new"), anchor=ANCHOR, place=Place.BOTTOM), before)
    assert [message.text for message in ours(tg)] == ["old", "new"]


async def test_a_move_that_fails_half_way_is_simply_done_again(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    before = await shown(tg, adapter, Show(content=text("card"), anchor=ANCHOR))
    move = Show(content=text("card, anew"), anchor=ANCHOR, place=Place.BOTTOM)
    tg.telegram.faults.too_many(3, method="sendMessage")
    assert await adapter.perform(move, tg.chat, before, NO_FILES, "") == Later(after=3.0, hurried=True)
    await shown(tg, adapter, move, before)
    assert [message.text for message in ours(tg)] == ["card, anew"]


async def test_nothing_is_sent_while_the_old_message_waits_for_its_deletion(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    before = await shown(tg, adapter, Show(content=text("card"), anchor=ANCHOR))
    tg.telegram.faults.too_many(3, method="deleteMessage")
    move = Show(content=text("card, anew"), anchor=ANCHOR, place=Place.BOTTOM)
    assert await adapter.perform(move, tg.chat, before, NO_FILES, "") == Later(after=3.0, hurried=True)
    assert [message.text for message in ours(tg)] == ["card"]


def references(tg: TelegramStage, messages: list[Seen]) -> tuple[Reference, ...]:
    return tuple(Reference(chat=tg.chat, message=Private(str(message.message_id))) for message in messages)


async def test_many_messages_are_erased_by_the_hundred(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    many = references(tg, [tg.anna.says(f"line {number}", tg.bot) for number in range(250)])
    outcome = await adapter.perform(Erase(references=many), tg.chat, None, NO_FILES, "")
    assert outcome == Delivered(failed=0)
    assert [message.text for message in tg.anna.sees(tg.bot)] == ["/start"]
    assert tg.telegram.ledger.counts("deleteMessages").started == 3


async def test_what_is_too_old_to_be_erased_is_counted(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    old = [tg.anna.says(f"old {number}", tg.bot) for number in range(2)]
    tg.telegram.advance(49 * 3600)
    fresh = [tg.anna.says(f"fresh {number}", tg.bot) for number in range(3)]
    gone = tg.anna.says("deleted by Anna", tg.bot)
    tg.anna.deletes(gone)
    erase = Erase(references=references(tg, [*old, *fresh, gone]))
    for _ in range(2):
        assert await adapter.perform(erase, tg.chat, None, NO_FILES, "") == Delivered(failed=2)
    assert [message.text for message in tg.anna.sees(tg.bot)] == ["/start", "old 0", "old 1"]


async def test_what_is_too_old_to_be_erased_says_something_else(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    copy = await shown(tg, adapter, Show(content=choice("Read on")))
    tg.telegram.advance(49 * 3600)
    erase = Erase(anchor=ANCHOR, instead=choice("Leave"))
    for _ in range(2):
        assert await adapter.perform(erase, tg.chat, copy, NO_FILES, "") == Delivered(reference=copy)
    (left,) = ours(tg)
    assert [button.text for row in left.buttons for button in row] == ["Leave"]
    tg.anna.deletes(left)
    assert await adapter.perform(erase, tg.chat, copy, NO_FILES, "") == Delivered()


async def test_under_a_picture_that_is_too_old_to_be_erased_stands_something_else(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    copy = await shown(tg, adapter, Show(content=showing(FileKind.PHOTO, "A square", jpeg())))
    tg.telegram.advance(49 * 3600)
    erase = Erase(anchor=ANCHOR, instead=choice("Leave"))
    for _ in range(2):
        assert await adapter.perform(erase, tg.chat, copy, NO_FILES, "") == Delivered(reference=copy)
    (left,) = ours(tg)
    assert (left.kind, left.text) == ("photo", "Which?")
    assert [button.text for row in left.buttons for button in row] == ["Leave"]


async def test_an_erasure_without_an_anchor_leaves_the_anchors_message(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    anchored = await shown(tg, adapter, Show(content=text("anchored"), anchor=ANCHOR))
    assert await adapter.perform(Erase(), tg.chat, anchored, NO_FILES, "") == Delivered()
    assert [message.text for message in ours(tg)] == ["anchored"]


async def test_a_channel_may_be_named(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    channel = tg.telegram.channel("News", username="tamizdat_news")
    channel.admits(tg.bot, "administrator")
    named = Address(platform="telegram", bot="main", chat=Private("@tamizdat_news"))
    outcome = await adapter.perform(Show(content=text("news")), named, None, NO_FILES, "")
    assert isinstance(outcome, Delivered)
    assert [message.text for message in channel.sees()][-1:] == ["news"]
