"""Whatever comes in: each gets a clear sentence, and nothing that can be kept is lost."""

from __future__ import annotations

import sqlite3
import unicodedata
from types import SimpleNamespace
from typing import Any

import pytest

from bot.flows.testing import Stage
from bot.types import Said
from storage.errors import DatabaseBusy, DiskFull
from storage.private import Private
from tests.databases import Newsroom
from tests.integration.flows.people import STORY, Cast, finish

EMPTY = ["", " ", " \n\t ", "\u200b\u200d\ufeff", "\u202e\u2066", "\u3164", "\u2800", "\x00\x07"]
STAYS = {
    "emoji": "🕊️🕊️👩‍👩‍👧‍👦🇨🇿",
    "html": "<b>жирно</i> &amp; <script>alert(1)</script> <a href='x'>",
    "markdown": "*раз* _два [три](http://x) `четыре ``` ~~пять~~ \\",
    "template": "{ $name } {{ }} %s %(x)s ${HOME} { tell-done }",
    "Hebrew": "שלום, мир",
    "quotes": "«Слава» “миру” 'и' \"всем\" — … № ½",
    "4097 units": "😀" * 2048 + "я",
    "accents": "e\u0301 й",
}
FULL = "The disk that holds the database is full: free some room; nothing was lost."


async def test_what_shows_nothing_is_not_taken_for_a_story(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    for text in EMPTY:
        author.chat.clear()
        await author.says(text)
        await author.expects("В сообщении нет текста, который можно прочесть")
        await author.expects("Расскажите свою историю")


@pytest.mark.parametrize(
    "told",
    [tuple(STAYS.values()), *(pytest.param((text,), marks=pytest.mark.soak) for text in STAYS.values())],
    ids=["in one story", *STAYS],
)
async def test_whatever_can_be_seen_reaches_the_editors_and_the_readers(
    stage: Stage, cast: Cast, told: tuple[str, ...]
) -> None:
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris, *told)
    seen = "".join(piece.text.text for piece in stage.sees("channel-ru"))
    for text in told:
        assert unicodedata.normalize("NFC", "".join(text.split())) in "".join(seen.split())


async def test_what_reverses_a_line_or_hides_is_taken_out(cast: Cast) -> None:
    await cast.submit(cast.author, "Мы \u202eвышли\u202c на\u200b пло\u00adщадь.")
    assert await cast.text() == "Мы вышли на площадь."


async def test_a_megabyte_of_text_is_refused_and_the_rest_is_kept(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says("Начало.")
    await author.says("ы" * (1 << 20))
    await author.expects("Это сообщение не поместилось")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == "Начало."


async def test_a_story_of_the_longest_length_travels_whole(stage: Stage, cast: Cast) -> None:
    pieces = [f"{number:03} " + "сказанного " * 350 for number in range(15)]
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris, *pieces)
    read = "".join(seen.text.text for seen in stage.sees("channel-ru"))
    assert "".join("".join(pieces).split()) in "".join(read.split())


@pytest.mark.parametrize("manner", ["telegram"])
@pytest.mark.parametrize("count", [200, pytest.param(1000, marks=pytest.mark.soak)])
async def test_hundreds_of_messages_in_a_minute_are_all_kept_in_order(stage: Stage, cast: Cast, count: int) -> None:
    author = cast.author
    await cast.begin(author)
    events = [
        stage.event(author, Said(text=Private(f"{number}.")), number=f"n{number}", name=f"flood{number}")
        for number in range(count)
    ]
    for start in range(0, count, 100):
        await stage.intake.accept(events[start : start + 100], source=stage.platform, cursor=None)
    before = next(stage.adapter.numbers)
    await stage.dispatcher.settle()
    await stage.senders.settle()
    assert next(stage.adapter.numbers) - before < 10  # the prompt that moves along: the newest wins
    await finish(author)
    await author.presses("Отправить")
    assert (await cast.text()).split() == [f"{number}." for number in range(count)]


async def test_a_full_disk_loses_nothing_and_is_said_in_one_line(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    author = cast.author
    await cast.begin(author)
    await stage.intake.accept(
        [stage.event(author, Said(text=Private(STORY)), number="m1", name="full")], source=stage.platform, cursor=None
    )
    write, failures = stage.store.database.write, iter(range(3))

    def full_for_a_while(*args: Any) -> Any:
        if next(failures, None) is not None:
            raise DiskFull(FULL)
        return write(*args)

    monkeypatch.setattr("bot.dispatch._PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(stage.store.database, "write", full_for_a_while)
    await stage.settle()
    assert caplog.messages == [f"a turn could not be kept and will run again: {FULL}"] * 3
    await finish(author)
    await author.reads(STORY)


async def test_what_the_disk_did_not_take_is_not_confirmed_to_the_platform(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = cast.author
    event = stage.event(author, Said(text=Private("Добрый вечер")), number="m1", name="full")

    def full(*_args: Any) -> Any:
        raise DiskFull("full")

    with monkeypatch.context() as patched:
        patched.setattr(stage.store.database, "write", full)
        with pytest.raises(DiskFull):
            await stage.intake.accept([event], source=stage.platform, cursor="7")
    assert await stage.intake.cursor(stage.platform) is None
    await stage.intake.accept([event], source=stage.platform, cursor="7")
    await stage.settle()
    await author.expects("Тамиздат")


async def test_another_program_that_locks_the_database_is_waited_for(
    stage: Stage, cast: Cast, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = cast.author
    await cast.begin(author)
    other = sqlite3.connect(newsroom.data / "tamizdat.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fast = SimpleNamespace(monotonic=iter(range(0, 10_000, 6)).__next__)  # ten seconds are soon over
    monkeypatch.setattr("storage.sqlite_driver.time", fast)
    event = stage.event(author, Said(text=Private(STORY)), number="m1", name="locked")
    with pytest.raises(DatabaseBusy, match="which other program holds it"):
        await stage.intake.accept([event], source=stage.platform, cursor=None)
    other.execute("ROLLBACK")
    other.close()
    await stage.intake.accept([event], source=stage.platform, cursor=None)
    await stage.settle()
    await finish(author)
    await author.reads(STORY)
