"""A newsroom with two bots: everybody stays with the one they came to, and is one person with both."""

from __future__ import annotations

from bot.flows.testing import SECOND_BOT, Person, Stage
from tests.integration.flows.library import put_out
from tests.integration.flows.people import LEFT_OF_NOBODY, STORY, Cast, photo, subscribe


def beside(person: Person) -> Person:
    """The same person in their chat with the other bot."""
    return person.stage.person(person.name, bot=SECOND_BOT)


async def test_stories_come_by_the_bot_that_was_asked_for_them(stage: Stage, cast: Cast) -> None:
    here, there = cast.reader, beside(cast.reader)
    await here.says("/help")
    await subscribe(there)
    seen = len(here.chat)
    await put_out(stage, STORY)
    await there.reads(STORY)
    assert len(here.chat) == seen


async def test_who_blocks_one_of_them_reads_on_by_the_other(stage: Stage, cast: Cast) -> None:
    here, there = cast.reader, beside(cast.reader)
    await here.says("/help")
    await subscribe(there)
    await here.blocks()
    await put_out(stage, STORY)
    await there.reads(STORY)
    await there.blocks()
    assert "subscribers" not in await cast.rows()


async def test_a_photo_that_one_of_them_was_sent_is_kept_in_that_chat_s_draft(cast: Cast) -> None:
    here, there = cast.author, beside(cast.author)
    await cast.begin(there)
    await there.sends_photo(photo())
    await there.reads("1 фотография")
    await here.says("/help")
    assert "фотография" not in here.last.text.text


async def test_editors_work_with_the_first(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await anna.says("/queue")
    await anna.expects("Сейчас историй нет")
    await beside(anna).says("/queue")
    await beside(anna).reads("Такой команды нет")


async def test_everything_goes_whichever_of_them_is_told(cast: Cast) -> None:
    here, there = cast.author, beside(cast.author)
    await subscribe(there)
    await cast.submit(there)
    await cast.begin(there)
    await there.says(STORY)
    await there.sends_photo(photo())
    await here.says("/delete")
    await here.presses("Да, удалить всё")
    await here.expects("Готово: у нас о вас больше ничего нет")
    assert there.chat == []
    assert set(await cast.rows()) == LEFT_OF_NOBODY
    assert await cast.keys_without_use() == 0
    assert cast.files() == 0
