"""The audit trail: every step of a story is noted without its content, and its head is shown once a day."""

from __future__ import annotations

import re

from sqlalchemy import delete

from bot.flows.testing import Stage
from storage.audit_chain import Actor
from storage.audit_check import Head, Whole, verify
from storage.tables import audit
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast


async def trail(stage: Stage) -> list[tuple[Actor, str]]:
    async with stage.store.read() as tx:
        notes = [entry.note for entry in await tx.audit.last(100)]
    assert None not in notes
    return [(note.actor, note.action) for note in notes if note is not None]


async def test_every_step_of_a_story_is_noted(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris)
    assert await trail(stage) == [
        (Actor.AUTHOR, "enrolled"),
        (Actor.AUTHOR, "enrolled"),
        (Actor.AUTHOR, "submitted"),
        (Actor.EDITOR, "offered"),
        (Actor.AUTHOR, "agreed"),
        (Actor.EDITOR, "approved"),
        (Actor.EDITOR, "approved"),
        (Actor.EDITOR, "urged"),
        (Actor.EDITOR, "urged"),
        (Actor.EDITOR, "published"),
    ]


async def test_what_is_destroyed_leaves_its_line(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    clock.pass_(days=60)
    await stage.settle()
    assert await trail(stage) == [(Actor.AUTHOR, "submitted"), (Actor.SYSTEM, "destroyed")]
    await cast.submit(cast.author)
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    assert (await trail(stage))[2:] == [(Actor.AUTHOR, "submitted"), (Actor.AUTHOR, "destroyed")]


async def test_a_decision_that_came_too_late_is_not_noted(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await cast.submit(cast.author)
    for editor in (anna, boris):
        await cast.open_card(editor)
    await anna.presses("Взять себе")
    before = await trail(stage)
    await boris.presses("Взять себе")
    await boris.expects("Пока вы читали, история изменилась")
    assert await trail(stage) == before


async def test_the_head_is_shown_on_the_day_after_once_and_without_content(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await begin_days(stage)
    await cast.submit(cast.author)
    clock.pass_(days=1)
    for _ in range(2):
        await begin_days(stage)  # as every start does
        await stage.settle()
    (shown,) = [seen.text.text for seen in stage.sees("editors") if "Журнал действий" in seen.text.text]
    assert "в нём 1 запись" in shown
    assert STORY[:10] not in shown
    code = re.search(r"Метка на сегодня: (\S+)\.", shown)
    assert code
    assert isinstance(await verify(stage.store, Head.read(code[1])), Whole)
    clock.pass_(days=2)
    await stage.settle()
    assert sum("Журнал действий" in seen.text.text for seen in stage.sees("editors")) == 1


async def test_editors_are_told_when_an_entry_is_gone(stage: Stage, cast: Cast, clock: Clock) -> None:
    await begin_days(stage)
    await cast.submit(cast.author)
    async with stage.store.write() as tx:
        await tx.work.connection.execute(delete(audit))
    clock.pass_(days=1)
    await stage.settle()
    assert "Журнал действий повреждён" in stage.sees("editors")[-1].text.text


async def begin_days(stage: Stage) -> None:
    async with stage.store.write() as tx:
        await tx.timers.set("audit", b"", tx.now)
    await stage.settle()
