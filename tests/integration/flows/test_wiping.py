"""What a messenger does not let us delete: counted, and told to whoever is there, once and no more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.flows.testing import Person, Stage
from bot.outcomes import Outcome, Refused
from bot.platforms.base import OpenBlob
from bot.types import Erase, Outgoing, Said
from handlers.policy import WIPE_SECONDS
from storage.address import Address, Reference
from storage.private import Private
from storage.tables import messages
from tests.clock import Clock
from tests.integration.flows.people import LEFT_OF_NOBODY, STORY, Cast

LEFT = "которые мы не смогли удалить"


def told(person: Person) -> int:
    """How often."""
    return sum(LEFT in seen.text.text for seen in person.chat)


def hold(person: Person) -> None:
    """From now on the messenger deletes nothing of what stands in the person's chat."""
    person.adapter.undeletable |= {seen.number for seen in person.chat}


async def wiped(stage: Stage, clock: Clock) -> None:
    """The timers' time has come."""
    async with stage.store.write() as tx:
        await tx.timers.set("wipe", b"", tx.now)
    clock.pass_(hours=37)
    await stage.settle()


async def test_who_comes_back_is_told_once_and_nobody_is_written_to(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await author.says("/start")
    await author.says("Добрый вечер")
    hold(author)
    stands = list(author.chat)
    await wiped(stage, clock)
    assert author.chat == stands
    await author.says("/help")
    await author.reads(f"В этом чате остались {len(stands)} сообщения, {LEFT}")
    await author.says("/start")
    assert told(author) == 1


async def test_what_timers_leave_at_different_times_is_told_together(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    hold(author)
    await wiped(stage, clock)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Когда это было?")
    await author.expects("Редакторы хотят вас о чём-то спросить")
    hold(author)
    await wiped(stage, clock)
    assert told(author) == 0
    await author.says("/start")
    await author.reads(f"В этом чате остались 2 сообщения, {LEFT}")


async def test_the_end_of_a_draft_is_not_its_author_coming_back(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    hold(author)
    await wiped(stage, clock)
    clock.pass_(hours=2)
    await stage.settle()
    assert told(author) == 0
    await author.says("/start")
    await author.expects("Здесь можно рассказать")
    assert told(author) == 1


async def test_a_deletion_that_is_refused_as_a_whole_counts_too(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, perform = cast.author, stage.adapter.perform

    async def refuses(outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob) -> Outcome:
        if isinstance(outgoing, Erase):
            return Refused(why="of no reason")
        return await perform(outgoing, chat, before, open_blob, "")

    await author.says("/start")
    with monkeypatch.context() as patched:
        patched.setattr(stage.adapter, "perform", lambda *args: refuses(*args[:4]))
        await wiped(stage, clock)
    await author.says("/start")
    await author.reads(f"В этом чате остались 2 сообщения, {LEFT}")


async def test_the_time_of_a_message_runs_from_when_it_was_written(stage: Stage, cast: Cast, clock: Clock) -> None:
    """It may have waited at the messenger for a service that was off."""
    author = cast.author
    await author.says("/start")
    late = await author.says("Добрый вечер")
    event = stage.event(author, Said(text=Private("Добрый вечер")), number=late)
    clock.pass_(hours=20)
    await stage.arrives(event)
    async with stage.store.read() as tx:
        due = (await tx.work.connection.execute(select(messages.c.wipe_at))).scalars().all()
    assert sum(at <= event.at + WIPE_SECONDS for at in due) == len(due) - 1  # all but the answer


async def test_after_sending_it_is_said_at_once(cast: Cast) -> None:
    author = cast.author
    await cast.review(author)
    hold(author)
    await author.presses("Отправить")
    await author.reads("История отправлена")
    assert told(author) == 1


async def test_what_is_taken_back_goes_from_the_chat_and_its_author_learns_the_rest(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.expects("30 апреля мы её удалим. Осталось 60 дней.")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.expects("Из резервных копий они исчезнут не позже 8 марта")
    assert len(author.chat) == 1
    await cast.submit(author)
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    hold(author)
    await author.presses("Да, забрать")
    await author.reads("История уничтожена")
    assert told(author) == 1


async def test_a_draft_that_is_thrown_away_goes_from_the_chat(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Отложить")
    await author.presses("Удалить черновик")
    await author.presses("Да, удалить")
    await author.expects("не позже 8 марта")
    assert len(author.chat) == 1


async def test_who_deletes_everything_learns_what_could_not_be(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await author.says("/delete")
    hold(author)
    await author.presses("Да, удалить всё")
    await author.reads("у нас о вас больше ничего нет")
    assert told(author) == 1
    assert set(await cast.rows()) <= LEFT_OF_NOBODY
    assert await cast.keys_without_use() == 0
