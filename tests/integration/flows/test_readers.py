"""Readers: they join, get what is published, read on, pause, leave with one tap from anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Outcome, Unreachable
from bot.types import Outgoing
from storage.address import Address
from storage.clock import DAY
from storage.ids import BlobId
from tests.clock import Clock
from tests.integration.flows.library import long_story, put_out, take_back
from tests.integration.flows.people import STORY, Cast, photo, subscribe


def labels(person: Person) -> list[str]:
    return [button.label for row in person.last.buttons for button in row]


async def test_a_reader_changes_the_language_and_leaves(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.expects("Язык: русский.")
    await reader.presses("Сменить язык историй")
    await reader.presses("English")
    await reader.expects("Язык: английский.")
    await reader.presses("Отписаться")
    await reader.expects("Вы отписались")
    assert "subscribers" not in await cast.rows()
    assert await cast.keys_without_use() == 0


async def test_every_language_is_offered_by_its_own_name_the_reader_s_first(stage: Stage) -> None:
    reader = stage.person("reader", language="fr-CA")
    await reader.says("/read_stories")
    assert labels(reader)[:5] == ["Français", "Русский", "Čeština", "Deutsch", "English"]
    await reader.presses("Français")
    await reader.expects("Il n’y a pas encore de récits dans cette langue")
    await put_out(stage, "Bonjour", language="fr")
    await reader.reads("Bonjour")
    await reader.says("/read_stories")
    assert "pas encore" not in reader.last.text.text


async def test_only_readers_of_the_language_get_a_story(stage: Stage, cast: Cast) -> None:
    english = stage.person("english")
    await subscribe(cast.reader)
    await subscribe(english, "English")
    before = len(english.chat)
    await put_out(stage, STORY)
    await cast.reader.reads(STORY)
    assert len(english.chat) == before


async def test_a_story_of_fifteen_thousand_characters_is_read_piece_by_piece(stage: Stage, cast: Cast) -> None:
    text, reader = long_story(), cast.reader
    assert len(text) > 15_000
    await subscribe(reader)
    await put_out(stage, text, photos=(await keep_photo(stage),))
    pieces = [reader.last.text.text]
    while "Читать дальше" in labels(reader):
        await reader.presses("Читать дальше")
        pieces.append(reader.last.text.text)
    await reader.expects("Площадь")
    read = "".join("".join(pieces).split())
    for number in range(1, 23):
        assert f"{number}.Мышли" in read


async def test_the_first_message_has_room_for_who_tells_it(stage: Stage, cast: Cast) -> None:
    await subscribe(cast.reader)
    await put_out(stage, "слово " * 700)
    await cast.reader.reads("Автор просил не называть имени")
    await cast.reader.presses("Читать дальше")
    await cast.reader.expects("слово")


async def keep_photo(stage: Stage) -> tuple[BlobId, int]:
    async def pieces() -> AsyncIterator[bytes]:
        yield photo()

    blob = await stage.store.blobs.save(pieces())
    async with stage.store.write() as tx:
        await tx.blobs.keep([blob])
    return blob, len(photo())


async def test_leaving_with_one_tap_in_the_middle_of_telling(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await put_out(stage, STORY)
    await cast.begin(reader)
    await reader.says("Моя собственная история.")
    await reader.presses("Отписаться")
    await reader.reads("Вы отписались")
    await reader.says("Её продолжение.")
    async with stage.store.read() as tx:
        assert await tx.subscribers.count("ru") == 0
    await reader.reads("Моя собственная история.")


async def test_a_second_tap_on_leave_does_no_harm(stage: Stage, cast: Cast) -> None:
    await subscribe(cast.reader)
    await put_out(stage, STORY)
    story = await cast.reader.reads(STORY)
    for _ in range(2):
        await cast.reader.taps(story, "Отписаться")
        await cast.reader.expects("Вы отписались")


async def test_what_was_a_choice_of_a_subscriber_is_none_after_leaving(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await put_out(stage, STORY)
    for step in ("Выбрать темы", "Сменить язык историй", "Сделать паузу"):
        await reader.says("/read_stories")
        if "Русский" in labels(reader):
            await reader.presses("Русский")
        await reader.presses(step)
        await reader.says("/leave")
        await reader.expects("Вы отписались")
        await reader.says("А дальше?")
        await reader.expects("Сейчас вы ни на что не подписаны")
        await reader.presses("Назад")


async def test_who_blocks_the_bot_has_left(cast: Cast) -> None:
    await subscribe(cast.reader)
    await cast.reader.presses("Выбрать темы")
    await cast.reader.presses("Война")
    await cast.reader.blocks()
    assert {"subscribers", "conversations"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_everybody_whom_the_platform_can_not_reach_has_left(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = [stage.person(name) for name in ("blocked", "deleted", "kicked")]
    for reader in (*gone, stage.person("other")):
        await subscribe(reader)
    perform = stage.adapter.perform

    async def unless_they_are_gone(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        if chat.chat.reveal() in {reader.name for reader in gone}:
            return Unreachable()
        return await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", unless_they_are_gone)
    await put_out(stage, STORY)
    await stage.person("other").reads(STORY)
    assert (await cast.rows())["subscribers"] == 1
    assert "outbox" not in await cast.rows()


async def test_read_on_shows_nothing_that_is_not_published(stage: Stage) -> None:
    story = await put_out(stage, STORY)
    await take_back(stage, story)
    stranger = stage.person("stranger")
    number = story.id.hex()
    for argument in (
        f"{number}-0",
        f"{number}-1",
        f"{number}--1",
        number,
        "",
        "nonsense-1",
        f"{number}-99999999999999999999",
    ):
        await stranger.says(f"/read {argument}")
        await stranger.expects("Этой истории здесь больше нет")


# ── a pause ──────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_a_pause_of_a_week_ends_by_itself(stage: Stage, cast: Cast, clock: Clock) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Сделать паузу")
    await reader.presses("На неделю")
    await reader.expects("Пауза до")
    await put_out(stage, "Пока никто не читал.")
    assert all("никто не читал" not in seen.text.text for seen in reader.chat)
    clock.pass_(seconds=7 * DAY)
    await put_out(stage, "Снова для всех.")
    await reader.reads("Снова для всех.")
    assert all("никто не читал" not in seen.text.text for seen in reader.chat)


async def test_a_pause_until_the_return_ends_with_it(stage: Stage, cast: Cast, clock: Clock) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Сделать паузу")
    await reader.presses("Пока я не вернусь")
    await reader.expects("Пауза, пока вы не вернётесь")
    clock.pass_(seconds=400 * DAY)
    await put_out(stage, "Через год.")
    await reader.says("/start")
    await put_out(stage, "Ещё раз.")
    assert all("Через год" not in seen.text.text and "Ещё раз" not in seen.text.text for seen in reader.chat)
    await reader.presses("Читать истории")
    await reader.expects("Истории приходят сразу")
    await put_out(stage, "Вернулась.")
    await reader.reads("Вернулась.")


async def test_a_pause_is_ended_by_hand(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Сделать паузу")
    await reader.presses("На месяц")
    await reader.presses("Присылать снова")
    await put_out(stage, STORY)
    await reader.reads(STORY)


async def test_what_is_kept_is_said_to_readers_and_to_others(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Что обо мне хранится")
    await reader.expects("адрес этого чата, язык историй, темы, паузу")
    await reader.expects("Имени мы не храним")
    await reader.says("/leave")
    await reader.says("А теперь?")
    await reader.expects("Сейчас вы ни на что не подписаны")
