"""One damaged row in a queue raised through the loop that read it, and the whole service ended with it."""

from __future__ import annotations

from sqlalchemy import Table, update

from bot.flows.testing import Person, Stage
from bot.types import Said
from storage.private import Private
from storage.store import Store
from storage.tables import inbox, jobs, outbox, subscribers
from tests.databases import Newsroom
from tests.integration.flows.people import STORY, Cast, finish, photo, subscribe


async def damage(store: Store, table: Table) -> None:
    async with store.write() as tx:
        changed = await tx.work.connection.execute(update(table).values(body=b"\x01" * 600))
    assert changed.rowcount == 1


async def written(person: Person) -> None:
    """In the inbox, and nobody has looked yet."""
    event = person.stage.event(person, Said(text=Private("Здравствуйте")), number="1")
    await person.stage.intake.accept([event], source=person.stage.platform, cursor=None)


async def test_of_an_event_the_others_are_answered(stage: Stage) -> None:
    await written(stage.person("unlucky"))
    await damage(stage.store, inbox)
    lucky = stage.person("lucky")
    await lucky.says("/start")
    await lucky.expects("Тамиздат")
    async with stage.store.read() as tx:
        assert await tx.inbox.count() == (0, 1)


async def test_of_a_message_the_others_arrive(stage: Stage) -> None:
    await written(stage.person("unlucky"))
    await stage.dispatcher.settle()
    await damage(stage.store, outbox)
    lucky = stage.person("lucky")
    await lucky.says("/start")
    await lucky.expects("Тамиздат")
    assert stage.sees("unlucky") == []


async def test_of_a_reader_the_others_get_the_story(stage: Stage, newsroom: Newsroom) -> None:
    cast = Cast(stage=stage, data=newsroom.data)
    anna, boris = await cast.editors()
    await subscribe(stage.person("unlucky"))
    await damage(stage.store, subscribers)
    await subscribe(cast.reader)
    await cast.publish(cast.author, anna, boris)
    await cast.reader.reads(STORY)
    assert "jobs" not in await cast.rows()


async def test_of_a_job_the_others_are_done(stage: Stage) -> None:
    unlucky, lucky = stage.person("unlucky"), stage.person("lucky")
    for person in (unlucky, lucky):
        await person.says("/story")
        await person.presses("начать")
    async with stage.store.write() as tx:
        await tx.jobs.add("fetch", b"not an order")
    await damage(stage.store, jobs)
    await lucky.sends_photo(photo(), "Вид из окна.")
    await finish(lucky)
    await lucky.expects("Вместе с текстом уйдёт 1 фотография")
