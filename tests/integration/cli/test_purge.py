"""`purge`: whatever has outlived its date goes, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import handlers
from bot.app import load_texts
from bot.cli.purging import fetches_nothing
from bot.config import Settings
from bot.flows.conversation import load
from bot.flows.testing import Stage, StageAdapter
from bot.opening import open_newsroom
from handlers.letters.changing import set_retirement
from storage.ids import LetterId, new_id
from storage.private import Private
from storage.story import Status
from tests.clock import Clock
from tests.integration.cli.desk import Desk
from tests.integration.flows.people import Cast


@asynccontextmanager
async def newsroom(desk: Desk, clock: Clock) -> AsyncIterator[Cast]:
    """As the service would have it open at that moment."""
    data = desk.folder / "data/newsroom"
    store = await open_newsroom(Settings(file=None, data=data, keys=desk.folder / "keys/newsroom", database=None))
    store.clock = clock
    stage = Stage(
        store,
        lambda: handlers.newsroom(fetches_nothing),
        load_texts(),
        adapter=StageAdapter(platform="telegram"),
    )
    yield Cast(stage=stage, data=data)
    await store.close()


async def test_what_is_past_goes_and_what_is_not_stays(newsroom_desk: Desk) -> None:
    """Something of today, and something of 1 March, which no service has met since."""
    now = Clock()
    now.set(datetime.now(UTC))
    async with newsroom(newsroom_desk, now) as cast:
        await cast.submit(cast.reader)
        await cast.begin(cast.reader)
        await cast.reader.says("Начало, которое ещё пишут.")
        now.set(datetime(2026, 3, 1, tzinfo=UTC))
        await cast.submit(cast.author)
        await cast.begin(cast.author)
        await cast.author.says("Начало, которого никто не закончил.")
        async with cast.stage.store.write() as tx:
            letter = await tx.letters.create(LetterId(new_id()), Private("Март"), "telegram")
            await set_retirement(cast.stage.turn(tx), letter)
    now.set(datetime.now(UTC))
    counted = (await newsroom_desk.run("purge", typed="n\n")).out
    assert "1  unfinished drafts\n" in counted
    assert "1  stories that nobody decided on" in counted
    assert "1  newsletters: old drafts" in counted
    assert "messages in chats\n" in counted

    said = await newsroom_desk.succeeds("purge", "--yes")
    assert "waits in the outbox" in said
    async with newsroom(newsroom_desk, now) as cast:
        assert (await cast.story()).status is Status.SUBMITTED
        async with cast.stage.store.read() as tx:
            steps = {}
            for name in ("author", "reader"):
                _, conversation = await load(tx, tx.messages.chat_hash(cast.stage.address(name)))
                steps[name] = "" if conversation is None else f"{conversation.flow}/{conversation.step}"
            assert steps == {"author": "home/menu", "reader": "telling/question"}
            assert (await tx.messages.count_due(), await tx.letters.all()) == (0, [])
    assert "unfinished" not in (await newsroom_desk.run("purge", typed="n\n")).out


async def test_nothing_is_past(newsroom_desk: Desk) -> None:
    assert await newsroom_desk.succeeds("purge") == "Nothing has outlived its date.\n"


async def test_who_says_no_keeps_everything(newsroom_desk: Desk) -> None:
    async with newsroom(newsroom_desk, Clock()) as cast:
        await cast.submit(cast.author)
    done = await newsroom_desk.run("purge", typed="n\n")
    assert "Destroy all that now?" in done.out
    assert done.code != 0
    async with newsroom(newsroom_desk, Clock()) as cast:
        assert (await cast.story()).status is Status.SUBMITTED
