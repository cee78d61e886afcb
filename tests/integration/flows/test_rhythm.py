"""How often a reader hears from us: at once, daily, weekly, not at night; and the digests that come of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.flows.testing import Person, Stage
from storage.clock import HOUR
from tests.clock import Clock
from tests.integration.flows.library import put_out, take_back, until
from tests.integration.flows.people import STORY, Cast, labels, subscribe
from tests.integration.flows.test_own_data import get

EVENING = datetime(2026, 3, 1, 18, tzinfo=UTC)
"""22:00 in Tbilisi."""


async def rhythm(reader: Person, *choices: str, city: str = "Тбилиси") -> None:
    """Subscribed, and asked for that."""
    await subscribe(reader)
    await reader.presses("Как часто присылать")
    for choice in choices[:-1]:
        await reader.presses(choice)
    await reader.expects("По какому времени присылать?")
    await reader.says(city)
    await reader.presses(choices[-1])


def digests(reader: Person) -> list[str]:
    return [seen.text.text for seen in reader.chat if "Новые истории" in seen.text.text]


async def test_once_a_day_by_the_reader_s_clock(stage: Stage, cast: Cast, clock: Clock) -> None:
    reader = cast.reader
    await rhythm(reader, "Раз в день", "09:00")
    await reader.expects("раз в день одним списком, в 9 утра по времени Тбилиси")
    await put_out(stage, STORY, topic="protest")
    await put_out(stage, "Мы молчали.", topic="war")
    await until(stage, clock, datetime(2026, 3, 2, 4, 45, tzinfo=UTC))
    assert digests(reader) == []
    await until(stage, clock, datetime(2026, 3, 2, 5, tzinfo=UTC))
    (digest,) = digests(reader)
    assert "1. Весной мы вышли" in digest
    assert "2. Мы молчали. — Война" in digest
    await reader.presses("Мы молчали")
    await reader.expects("Автор просил не называть имени\n\nМы молчали.")
    await until(stage, clock, datetime(2026, 3, 3, 6, tzinfo=UTC))
    assert digests(reader) == [digest], "nothing new, nothing comes"


async def test_once_a_week_on_a_day(stage: Stage, cast: Cast, clock: Clock) -> None:
    await rhythm(cast.reader, "Раз в неделю", "Среда", "18:00", city="+3")
    await cast.reader.expects("раз в неделю одним списком, по средам в 6 вечера по времени UTC+3")
    await put_out(stage, STORY)
    clock.set(datetime(2026, 3, 4, 14, 30, tzinfo=UTC))
    await until(stage, clock, datetime(2026, 3, 4, 14, 45, tzinfo=UTC))
    assert digests(cast.reader) == []
    await until(stage, clock, datetime(2026, 3, 4, 15, tzinfo=UTC))
    assert len(digests(cast.reader)) == 1


async def test_in_quiet_hours_nothing_comes_and_afterwards_all_of_it(stage: Stage, cast: Cast, clock: Clock) -> None:
    reader = cast.reader
    await rhythm(reader, "Тихие часы", "22:00")
    await reader.expects("Тихо с 22:00")
    await reader.presses("08:00")
    await reader.expects("С 22:00 до 8:00 по времени Тбилиси — тихие часы")
    await put_out(stage, "Днём.")
    await reader.expects("Днём.")
    clock.set(EVENING)
    await put_out(stage, "Поздно вечером.")
    await reader.expects("Днём.")
    await until(stage, clock, datetime(2026, 3, 2, 4, tzinfo=UTC))
    assert "Поздно вечером" in digests(reader)[0]
    await put_out(stage, "Утром.")
    await reader.expects("Утром.")
    await until(stage, clock, datetime(2026, 3, 3, 5, tzinfo=UTC))
    assert len(digests(reader)) == 1


async def test_what_waits_comes_soon_when_everything_is_to_come_at_once(stage: Stage, cast: Cast, clock: Clock) -> None:
    reader = cast.reader
    await rhythm(reader, "Раз в день", "09:00")
    await put_out(stage, "Отложенная.")
    await reader.says("/read_stories")
    await reader.presses("Как часто присылать")
    await reader.presses("Сразу, каждую отдельно")
    await reader.reads("Те, что уже отложены, скоро придут")
    await put_out(stage, "Новая.")
    await reader.expects("Новая.")
    await until(stage, clock, datetime(2026, 3, 1, 12, 15, tzinfo=UTC))
    assert "Отложенная" in digests(reader)[0]
    assert "Новая" not in digests(reader)[0]


async def test_a_city_that_is_not_known_and_one_that_may_be_meant(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Как часто присылать")
    await reader.presses("Раз в день")
    await reader.says("Атлантида")
    await reader.reads("Такого города у нас в списке нет")
    await reader.says("Тбилисси")
    await reader.expects("Может быть, один из этих?")
    await reader.presses("Тбилиси")
    await reader.expects("По времени Тбилиси сейчас 16:00")
    await reader.presses("Назад")
    await reader.says("+5:30")
    await reader.expects("По времени UTC+5:30 сейчас 17:30")


async def test_it_stands_in_the_file_of_all_that_is_kept(stage: Stage, cast: Cast) -> None:
    await rhythm(cast.reader, "Раз в день", "09:00")
    await put_out(stage, STORY)
    text = await get(cast.reader)
    assert "раз в день одним списком, в 9 утра по времени Тбилиси" in text
    assert "Следующего списка ждёт 1 история." in text


async def test_another_zone_is_asked_for_and_the_list_comes_by_it(cast: Cast) -> None:
    reader = cast.reader
    await rhythm(reader, "Раз в день", "09:00")
    await reader.presses("Как часто присылать")
    await reader.presses("Сменить часовой пояс")
    await reader.says("Берлин")
    await reader.expects("в 9 утра по времени Берлина")


async def test_a_reader_of_another_language_has_the_original_with_a_note(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    reader = stage.person("english")
    await subscribe(reader, "English")
    await reader.presses("Как часто присылать")
    await reader.presses("Раз в день")
    await reader.says("London")
    await reader.presses("13:00")
    await put_out(stage, STORY, language="ru")
    await until(stage, clock, datetime(2026, 3, 1, 13, tzinfo=UTC))
    await reader.expects("Not translated yet; language: Russian")


async def test_of_many_stories_the_rest_comes_at_a_tap_and_else_the_next_time(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("script", "rest"):
        monkeypatch.setattr(f"handlers.digests.{module}.MOST_IN_DIGEST", 2)
    reader = cast.reader
    await rhythm(reader, "Раз в день", "15:00", city="Лондон")
    stories = [await put_out(stage, f"История {number}.") for number in range(1, 8)]
    await take_back(stage, stories[0])
    await until(stage, clock, datetime(2026, 3, 1, 15, tzinfo=UTC))
    assert "2. История 3." in digests(reader)[0]
    await reader.presses("Ещё 4 истории")
    assert "1. История 4." in digests(reader)[1]
    assert "Ещё 2 истории" in labels(reader)
    await until(stage, clock, datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert "2. История 7." in digests(reader)[2]
    await reader.says("/more_stories")
    await reader.expects("Других новых историй пока нет")


async def test_after_two_days_off_nothing_comes_at_night_and_all_of_it_in_the_morning(
    stage: Stage, cast: Cast, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    reader = cast.reader
    await rhythm(reader, "Раз в день", "09:00")
    await put_out(stage, STORY)
    clock.set(datetime(2026, 3, 3, 18, tzinfo=UTC))
    with caplog.at_level(logging.WARNING):
        await until(stage, clock, datetime(2026, 3, 3, 19, tzinfo=UTC))
    assert "1 digests were due too long ago" in caplog.text
    assert digests(reader) == []
    await until(stage, clock, datetime(2026, 3, 4, 5, tzinfo=UTC))
    assert len(digests(reader)) == 1


async def test_a_digest_that_is_an_hour_late_comes(stage: Stage, cast: Cast, clock: Clock) -> None:
    await rhythm(cast.reader, "Раз в день", "17:00")
    await put_out(stage, STORY)
    clock.pass_(seconds=2 * HOUR)
    await until(stage, clock, datetime.fromtimestamp(clock.now(), UTC))
    assert len(digests(cast.reader)) == 1
