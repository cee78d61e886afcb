"""What the clock does: unfinished drafts end, messages are wiped, undecided stories go."""

from __future__ import annotations

from sqlalchemy import select

from bot.flows.testing import Stage
from handlers.policy import DRAFT_SECONDS
from storage.clock import MINUTE
from storage.tables import timers
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, finish, photo


async def test_a_draft_ends_a_day_after_the_last_message_with_its_photos(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    clock.pass_(hours=20)
    await author.says("И ещё одно.")
    clock.pass_(hours=20)
    await stage.settle()
    assert cast.files() == 1
    clock.pass_(hours=6)
    await stage.settle()
    assert cast.files() == 0
    assert {"blobs", "timers"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0
    await author.presses("Готово")
    await author.expects("Здесь можно рассказать")
    assert "stories" not in await cast.rows()


async def test_somebody_who_goes_on_writing_keeps_the_draft(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    for number in range(60):
        await author.says(f"Час {number}.")
        clock.pass_(minutes=50)
    await stage.settle()
    await finish(author)
    await author.reads("Час 59.")


async def test_the_timer_of_a_draft_does_not_tell_when_somebody_wrote(stage: Stage, cast: Cast, clock: Clock) -> None:
    clock.pass_(minutes=3, seconds=17)
    await cast.begin(cast.author)
    await cast.author.says(STORY)
    async with stage.store.read() as tx:
        due = (await tx.work.connection.execute(select(timers.c.due))).scalar_one()
    assert due % (10 * MINUTE) == 0
    assert due >= clock.now() + DRAFT_SECONDS


async def test_messages_of_a_private_chat_are_wiped_after_36_hours(stage: Stage, cast: Cast, clock: Clock) -> None:
    async with stage.store.write() as tx:
        await tx.timers.set("wipe", b"", tx.now)
    reader = cast.reader
    await reader.says("/start")
    await reader.says("Добрый вечер")
    clock.pass_(hours=35)
    await stage.settle()
    await reader.reads("Добрый вечер")
    clock.pass_(hours=1, minutes=11)
    await stage.settle()
    assert reader.chat == []


async def test_what_an_editor_reads_is_wiped_after_an_hour(stage: Stage, cast: Cast, clock: Clock) -> None:
    async with stage.store.write() as tx:
        await tx.timers.set("wipe", b"", tx.now)
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Читать")
    await anna.reads(STORY)
    clock.pass_(hours=1, minutes=11)
    await stage.settle()
    assert [seen.text.text for seen in anna.chat if STORY in seen.text.text] == []
    await cast.open_card(anna)
    await anna.expects("У редакторов")


async def test_a_submitted_story_takes_the_conversation_with_it_on_both_sides(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author, STORY, "Ещё.")
    assert [seen.text.text for seen in author.chat if not seen.text.text.startswith("История отправлена")] == []


async def test_an_undecided_story_is_destroyed_on_the_day_that_was_named(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await cast.submit(author)
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.expects("30 апреля мы её удалим")
    clock.pass_(days=59)
    await stage.settle()
    assert (await cast.rows())["stories"] == 1
    clock.pass_(days=1)
    await stage.settle()
    assert {"stories", "versions", "routes", "timers"}.isdisjoint(await cast.rows())
    await author.presses("Назад")
    assert "История 1" not in author.last.text.text


async def test_a_clock_that_jumps_a_year_does_not_stop_a_conversation(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says("Раз.")
    clock.pass_(days=-365)
    await author.says("Два.")
    await finish(author)
    await author.reads("Раз.\n\nДва.")
    clock.pass_(days=1, hours=2)
    await stage.settle()
    await author.presses("Отправить")
    assert "stories" not in await cast.rows()  # the day is counted anew from the clock as it is now
    clock.pass_(days=365)
    await cast.submit(author, "Три.")
    clock.pass_(days=365)
    await author.says("/start")
    await author.expects("Тамиздат")
