"""What readers have in their own chats follows a correction, and goes when the story is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Later, Outcome
from bot.types import Erase, Outgoing
from handlers.policy import PROGRESS_SECONDS
from storage.address import Address
from tests.clock import Clock
from tests.integration.flows.library import put_out, until
from tests.integration.flows.people import Cast, labels
from tests.integration.flows.test_publication import LONG, Desk, agreed, correct_passage, subscribed
from tests.integration.flows.test_rhythm import digests, rhythm

OLD, NEW = "Мы вышли на плошадь.", "Мы вышли на площадь."
WITHDRAWN = "Эта история снята с публикации."


def messages(reader: Person) -> list[str]:
    return [seen.text.text for seen in reader.chat]


async def correct(desk: Desk) -> None:
    await correct_passage(desk, "Смысл тот же")
    await desk.release(desk.boris, "Открыть исправление", "Подтвердить")


async def retract(desk: Desk) -> None:
    for editor in (desk.anna, desk.boris):
        await desk.release(editor, "Снять с публикации", "Снять")


async def told(stage: Stage, clock: Clock, about: str) -> str:
    """The message about it in the editors' room."""
    clock.pass_(seconds=PROGRESS_SECONDS)
    await stage.settle()
    (said,) = [seen.text.text for seen in stage.sees("editors") if about in seen.text.text]
    return said


async def test_a_correction_is_made_where_the_story_stands(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast)
    first, second = await subscribed(stage, "first", "second")
    await desk.publish()
    (before,) = first.chat
    second.chat.clear()
    await correct(desk)
    await desk.boris.expects("текст в канале и у подписчиков уже меняется")
    (after,) = first.chat
    assert NEW in after.text.text
    assert (after.number, after.buttons) == (before.number, before.buttons)
    assert second.chat == []
    said = await told(stage, clock, "Исправление у читателей: «Берёза-100»")
    assert "Исправление закончено." in said
    assert "Исправлено: 1 из 2." in said
    assert "Сообщения больше нет, его уже не изменить или исправлять в нём нечего: 1." in said


async def test_a_story_that_is_taken_back_goes_from_every_chat(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast)
    fresh, late = await subscribed(stage, "fresh", "late")
    await desk.publish()
    await correct(desk)
    stage.adapter.undeletable.add(late.last.number)
    await retract(desk)
    assert fresh.chat == []
    assert "площадь" not in late.last.text.text
    await late.expects(WITHDRAWN)
    assert labels(late) == ["Отписаться"]
    said = await told(stage, clock, "Удаление у читателей: «Берёза-100»")
    assert "Удалено: 1 из 2." in said
    assert "теперь там написано, что текст убрали: 1." in said


async def test_its_author_may_destroy_it_while_it_is_being_taken_back(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = ["reader"]
    perform = stage.adapter.perform

    async def slow(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        if isinstance(outgoing, Erase) and chat.chat.reveal() in busy:
            return Later(after=PROGRESS_SECONDS)
        return await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", slow)
    desk = await agreed(cast)
    (reader,) = await subscribed(stage, "reader")
    await desk.publish()
    await retract(desk)
    await reader.expects(OLD)
    await desk.author.says("/mine")
    for label in ("История 1", "Удалить сейчас", "Да, удалить"):
        await desk.author.presses(label)
    assert "Пока не удалено: 1." in await told(stage, clock, "уничтоженная история")
    await desk.anna.opens("editors", "Управлять удалением", about="уничтоженная история")
    assert labels(desk.anna) == ["Приостановить", "Обновить", "Назад"], "nobody undoes it alone"
    busy.clear()
    clock.pass_(seconds=PROGRESS_SECONDS)
    stage.restart()
    await stage.settle()
    assert messages(reader) == []


async def test_what_was_read_on_is_corrected_and_taken_back_too(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast, LONG, photos=1)
    (first,) = await subscribed(stage, "first")
    await desk.publish()
    (later,) = await subscribed(stage, "later")
    await first.presses("Читать дальше")
    await first.presses("Читать дальше")
    await later.says("/stories")
    await later.presses("1. Мы шли")
    pages = [seen.number for seen in first.chat if "Мы шли" in seen.text.text]
    assert len(pages) == 2
    await desk.release(desk.anna, "Исправить текст", "Прислать весь текст")
    await desk.anna.says("Мы вышли.")
    for label in ("Дальше", "Смысл тот же"):
        await desk.anna.presses(label)
    await desk.release(desk.boris, "Открыть исправление", "Подтвердить")
    corrected = {seen.number: seen.text.text for seen in first.chat}
    assert "Мы вышли." in corrected[pages[0]]
    assert corrected[pages[1]].startswith("…")
    assert [one for one in messages(later) if "Мы шли" in one and "Последние" not in one] == []
    assert [one for one in messages(later) if "Мы вышли." in one]
    await retract(desk)
    assert [seen for seen in first.chat if seen.kind or "Мы" in seen.text.text] == []
    assert [one for one in messages(later) if "Мы вышли." in one] == []


async def test_a_page_that_was_on_its_way_goes_as_well(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy: list[str] = []
    perform = stage.adapter.perform

    async def slow(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        return Later(after=0.0) if chat.chat.reveal() in busy else await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", slow)
    desk = await agreed(cast, LONG)
    (reader,) = await subscribed(stage, "reader")
    await desk.publish()
    busy.append("reader")
    await reader.presses("Читать дальше")
    await retract(desk)
    assert len([one for one in messages(reader) if "Мы шли" in one]) == 1
    busy.clear()
    for _ in range(2):
        clock.pass_(seconds=5)
        stage.restart()
        await stage.settle()
    assert [one for one in messages(reader) if "Мы шли" in one] == []


async def test_a_list_names_a_story_as_it_was_corrected_and_no_more_when_it_is_taken_back(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    desk, reader = await agreed(cast), cast.reader
    await rhythm(reader, "Раз в день", "09:00")
    await desk.publish()
    await put_out(stage, "Мы молчали.")
    await until(stage, clock, datetime(2026, 3, 2, 5, tzinfo=UTC))
    (digest,) = digests(reader)
    assert "1. Мы вышли на плошадь." in digest
    assert "2. Мы молчали." in digest
    await correct(desk)
    (digest,) = digests(reader)
    assert "1. Мы вышли на площадь." in digest
    await retract(desk)
    (digest,) = digests(reader)
    assert "площадь" not in digest
    assert "1. Мы молчали." in digest
    await reader.presses("Мы молчали")
    await reader.expects("Автор просил не называть имени\n\nМы молчали.")
