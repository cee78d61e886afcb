"""Readers: they join, get what is published, read on, leave with one tap from anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from bot.flows.testing import Stage
from bot.types import Outcome, Outgoing, Unreachable
from storage.address import Address
from tests.integration.flows.people import STORY, Cast, photo, subscribe

LONG = "\n\n".join(f"{number}. " + "Мы шли по пустой улице и молчали. " * 20 for number in range(1, 23))


async def test_a_reader_changes_the_language_and_leaves(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.says("/read_stories")
    await reader.expects("Вы подписаны на истории по-русски")
    await reader.presses("In English")
    await reader.expects("Вы подписаны на истории по-английски")
    await reader.says("/read_stories")
    await reader.presses("Отписаться")
    await reader.expects("Вы отписались")
    assert "subscribers" not in await cast.rows()
    assert await cast.keys_without_use() == 0


async def test_only_readers_of_the_language_get_a_story(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    english = stage.person("english")
    await subscribe(cast.reader)
    await subscribe(english, "In English")
    before = len(english.chat)
    await cast.publish(cast.author, anna, boris)
    await cast.reader.reads(STORY)
    assert len(english.chat) == before
    assert stage.sees("channel-en") == []


async def test_a_story_of_fifteen_thousand_characters_is_read_piece_by_piece(stage: Stage, cast: Cast) -> None:
    assert len(LONG) > 15_000
    author, reader = cast.author, cast.reader
    anna, boris = await cast.editors()
    await subscribe(reader)
    await cast.begin(author)
    for start in range(0, len(LONG), 4000):
        await author.says(LONG[start : start + 4000])
    await author.sends_photo(photo())
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.presses("Отправить")
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    pieces = [reader.last.text.text]
    while "Читать дальше" in [button.label for row in reader.last.buttons for button in row]:
        await reader.presses("Читать дальше")
        pieces.append(reader.last.text.text)
    assert reader.last.photo is not None
    read = "".join("".join(pieces).split())
    for number in range(1, 23):
        assert f"{number}.Мышли" in read
    in_channel = [seen for seen in stage.sees("channel-ru") if seen.text.text]
    assert len(in_channel) == len(pieces) - 1
    assert all(seen.text.utf16_length <= 4096 for seen in in_channel)


async def test_leaving_with_one_tap_in_the_middle_of_telling(cast: Cast) -> None:
    anna, boris = await cast.editors()
    reader = cast.reader
    await subscribe(reader)
    await cast.publish(cast.author, anna, boris)
    await cast.begin(reader)
    await reader.says("Моя собственная история.")
    await reader.presses("Отписаться")
    await reader.expects("Вы отписались")
    await reader.expects("Продолжайте или нажмите")
    await reader.presses("Готово")
    await reader.presses("Без имени")
    await reader.reads("Моя собственная история.")


async def test_a_second_tap_on_leave_does_no_harm(cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await cast.publish(cast.author, anna, boris)
    for _ in range(2):
        await cast.reader.presses("Отписаться")
        await cast.reader.expects("Вы отписались")


async def test_who_blocks_the_bot_has_left(cast: Cast) -> None:
    await subscribe(cast.reader)
    await cast.reader.blocks()
    assert {"subscribers", "conversations"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_a_reader_whom_the_platform_can_not_reach_has_left(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await subscribe(stage.person("other"))
    perform = stage.adapter.perform

    async def unless_it_is_the_reader(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        return Unreachable() if chat.chat.reveal() == "reader" else await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", unless_it_is_the_reader)
    await cast.publish(cast.author, anna, boris)
    await stage.person("other").reads(STORY)
    assert (await cast.rows())["subscribers"] == 1
    assert "outbox" not in await cast.rows()


async def test_read_on_shows_nothing_that_is_not_published(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    story = (await cast.story()).id.hex()
    stranger = stage.person("stranger")
    for argument in (
        f"{story}-0",
        f"{story}-1",
        f"{story}--1",
        story,
        "",
        "nonsense-1",
        f"{story}-99999999999999999999",
    ):
        await stranger.says(f"/read {argument}")
        await stranger.expects("Этой истории здесь больше нет")


async def test_read_on_beyond_the_last_piece_says_nothing_wrong(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris)
    story = (await cast.story()).id.hex()
    stranger = stage.person("stranger")
    for piece in ("-5", "0", "7"):
        await stranger.says(f"/read {story}-{piece}")
    assert STORY not in "".join(seen.text.text for seen in stranger.chat if not seen.mine)
