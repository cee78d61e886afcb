"""Turns that share a transaction: whatever happens to one of them, the others come out as if they had been alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.flows.engine import Engine
from bot.flows.testing import Person, Stage
from bot.types import Called, Incoming, Said
from handlers.editors.card import payload
from storage.private import Private
from tests.integration.flows.people import Cast, finish

SPOILED = "Это сообщение ломает ход."


def says(stage: Stage, person: Person, text: str) -> Incoming:
    return stage.event(person, Said(text=Private(text)), number=f"{person.name}-{len(text)}")


async def arrive_together(stage: Stage, *events: Incoming) -> None:
    await stage.intake.accept(events, source="stage", cursor=None)
    await stage.settle()


@pytest.mark.parametrize("manner", ["telegram"])
async def test_a_turn_that_fails_takes_nobody_along(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = [stage.person(name) for name in ("anna", "boris", "vera")]
    for person in people:
        await cast.begin(person)
    real = Engine.turn

    async def spoiled(engine: Engine, tx: Any, incoming: Incoming, *, in_room: bool | None) -> None:
        await real(engine, tx, incoming, in_room=in_room)
        if isinstance(incoming.body, Said) and incoming.body.text.reveal() == SPOILED:
            raise ZeroDivisionError

    monkeypatch.setattr(Engine, "turn", spoiled)
    texts = ("Я вышла на площадь.", SPOILED, "Я вышла вместе с ней.")
    await arrive_together(stage, *(says(stage, *pair) for pair in zip(people, texts, strict=True)))

    assert [line for line in caplog.messages if "failed" in line and "ZeroDivisionError" in line] == caplog.messages
    monkeypatch.undo()
    for person, text in ((people[0], texts[0]), (people[2], texts[2])):
        await finish(person)
        await person.reads(text)
    async with stage.store.read() as tx:
        assert await tx.inbox.count() == (1, 0)  # it is kept for its next attempt


@pytest.mark.parametrize("manner", ["telegram"])
async def test_each_turn_of_a_shared_transaction_is_answered_once(stage: Stage) -> None:
    people = [stage.person(f"reader{number}") for number in range(40)]
    starts = [stage.event(person, Called(name="start", argument=Private("")), number="1") for person in people]
    await arrive_together(stage, *starts)

    assert [len(person.chat) for person in people] == [1] * 40


@pytest.mark.parametrize("manner", ["telegram"])
async def test_an_editor_who_must_be_looked_up_holds_nobody_up(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    stranger = stage.person("stranger")
    story = await cast.story()
    link = Called(name="start", argument=Private(payload(story.id)))
    hello = Called(name="start", argument=Private(""))
    await arrive_together(stage, stage.event(anna, link, number="1"), stage.event(stranger, hello, number="2"))

    await stranger.expects("Тамиздат")
    await anna.expects("У редакторов")
