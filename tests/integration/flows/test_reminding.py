"""A reminder before a story is deleted comes to who has asked for one, and to nobody else."""

from __future__ import annotations

from bot.flows.testing import Person, Stage
from tests.clock import Clock
from tests.integration.flows.people import Cast, labels

ASK, REMINDER = "Напомнить за 3 дня", "Вы просили напомнить"


async def open_contact(author: Person) -> None:
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Можно ли мне писать")


async def pass_days(stage: Stage, clock: Clock, days: int) -> None:
    clock.pass_(days=days)
    await stage.settle()


async def test_who_has_not_asked_is_not_written_to(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    stands = list(cast.author.chat)
    await pass_days(stage, clock, 58)
    assert cast.author.chat == stands


async def test_who_has_asked_is_reminded_once_without_a_word_about_the_story(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await cast.submit(author)
    await open_contact(author)
    await author.presses(ASK)
    await author.expects("перед удалением напомним")
    stands = len(author.chat)
    await pass_days(stage, clock, 56)
    assert len(author.chat) == stands
    await pass_days(stage, clock, 1)
    assert len(author.chat) == stands + 1
    await author.expects("Вы просили напомнить: загляните сюда в ближайшие дни.")
    await author.presses("Посмотреть")
    await author.presses("Хранить на 30 дней дольше")
    stands = len(author.chat)
    await pass_days(stage, clock, 28)
    assert len(author.chat) == stands
    await pass_days(stage, clock, 2)
    await author.expects(REMINDER)


async def test_the_wish_is_taken_back(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.submit(author)
    await open_contact(author)
    await author.presses(ASK)
    await open_contact(author)
    await author.presses("Не напоминать")
    await author.expects("напоминать не будем")
    stands = list(author.chat)
    await pass_days(stage, clock, 58)
    assert author.chat == stands


async def test_don_t_write_to_me_is_meant_for_reminders_too(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.submit(author)
    await open_contact(author)
    await author.presses(ASK)
    await open_contact(author)
    await author.presses("Не писать и не спрашивать")
    await author.presses("Можно ли мне писать")
    assert ASK not in " ".join(labels(author))
    stands = list(author.chat)
    await pass_days(stage, clock, 58)
    assert author.chat == stands
