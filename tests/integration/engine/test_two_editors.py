"""Two editors press different buttons on one story in the same moment, over two workers on PostgreSQL.

However their turns fall together, it comes out as if one had been a moment before the other, to the last word that
anybody reads. What either order comes to is tried first, with one after the other, and held to what is written here.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations_with_replacement

import pytest

import handlers
from bot.flows.testing import Person
from storage.ids import StoryId
from storage.story import Status
from tests.databases import MakeNewsroom
from tests.integration.engine.two_desks import EDITORS, Decision, Desks, Stands, desks, no_files
from tests.sentences import newsroom_texts

Act = Callable[[Person], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Move:
    """What an editor does with a story that lies open: some steps on the way, and the one that decides."""

    before: tuple[Act, ...] = ()
    last: Act
    done: str
    """what is read by whoever has decided"""
    becomes: Status | None = None
    """what the story is then; None: what it was"""


def pressing(label: str) -> Act:
    return lambda person: person.presses(label)


def saying(text: str) -> Act:
    return lambda person: person.says(text)


CLAIM = Move(last=pressing("Взять себе"), done="Теперь этой историей занимаетесь вы")
OFFER = Move(last=pressing("Отправить автору"), done="Текст отправлен автору на согласие", becomes=Status.CONSENT)
APPROVE_FIRST = Move(last=pressing("Одобрить"), done="Вы одобрили текст")
APPROVE = Move(last=pressing("Одобрить"), done="это второе одобрение", becomes=Status.SCHEDULED)
REJECT = Move(
    before=(pressing("Отказать"), pressing("Не наша тема")),
    last=pressing("Отказать и сообщить"),
    done="История не принята",
    becomes=Status.REJECTED,
)
SAVE = Move(
    before=(pressing("Править"), saying("Весной мы вышли.")),
    last=pressing("Сохранить версию"),
    done="Новая версия сохранена",
    becomes=Status.SUBMITTED,
)
URGE_FIRST = Move(
    before=(pressing("Выход и публикация"),),
    last=pressing("Выпустить сегодня"),
    done="Ваша просьба учтена",
)
URGE = Move(last=URGE_FIRST.last, done="Опубликовано: история уходит", becomes=Status.PUBLISHED)
RETRACT_FIRST = Move(
    before=(pressing("Выход и публикация"), pressing("Снять с публикации")),
    last=pressing("Снять"),
    done="Ваша просьба учтена",
)
RETRACT = Move(last=RETRACT_FIRST.last, done="История снята с публикации", becomes=Status.RETRACTED)
CHANGED = "Пока вы читали, история изменилась"
TOO_LATE = {
    (CLAIM, CLAIM): CHANGED,
    (CLAIM, OFFER): "Этой историей занимается",
    (OFFER, OFFER): CHANGED,
    (SAVE, OFFER): CHANGED,
    (SAVE, SAVE): "Пока вы правили, коллега сохранил версию 2",
    (SAVE, APPROVE): CHANGED,
    (APPROVE, APPROVE): CHANGED,
    (REJECT, CLAIM): CHANGED,
    (REJECT, OFFER): CHANGED,
    (REJECT, APPROVE): CHANGED,
    (REJECT, REJECT): CHANGED,
    (REJECT, SAVE): CHANGED,
    (OFFER, REJECT): CHANGED,
    (OFFER, SAVE): CHANGED,
    (SAVE, REJECT): CHANGED,
    (APPROVE, REJECT): CHANGED,
    (APPROVE, SAVE): CHANGED,
}
"""(first, second): what the second one reads instead of what they wanted: one decision each time. Taking care of a
story decides nothing, and so goes before anything else."""
SECOND = {
    (APPROVE_FIRST, APPROVE_FIRST): APPROVE,
    (URGE_FIRST, URGE_FIRST): URGE,
    (RETRACT_FIRST, RETRACT_FIRST): RETRACT,
}
"""What the same button does for whoever comes second."""
MEETINGS: tuple[tuple[Status, int, Sequence[tuple[Move, Move]]], ...] = (
    (Status.SUBMITTED, 0, tuple(combinations_with_replacement((CLAIM, OFFER, REJECT, SAVE), 2))),
    (Status.AGREED, 0, ((APPROVE_FIRST, APPROVE_FIRST),)),
    (Status.SCHEDULED, 2, ((URGE_FIRST, URGE_FIRST),)),
    (Status.PUBLISHED, 2, ((RETRACT_FIRST, RETRACT_FIRST),)),
    (Status.AGREED, 1, tuple(combinations_with_replacement((APPROVE, REJECT, SAVE), 2))),
)
"""Where the story stands, how many have approved it, and what Anna and Boris do."""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    status: Status
    approvals: int
    moves: tuple[Move, Move]

    async def begins(self, room: Desks) -> tuple[StoryId, list[Decision]]:
        """Both are about to decide."""
        story = await room.story(self.status, self.approvals)
        for person, move in zip(room.people, self.moves, strict=True):
            for act in move.before:
                await act(person)
        last = [partial(move.last, person) for person, move in zip(room.people, self.moves, strict=True)]
        return story, [*last]

    async def in_turn(self, room: Desks, first: int) -> Stands:
        story, decisions = await self.begins(room)
        await room.in_turn(decisions[first], decisions[1 - first])
        stands = await room.stands(story)
        self._is_as_written(stands, first)
        return stands

    async def allowed(self, room: Desks, first: int) -> list[Stands]:
        """Whoever comes too late may have looked a moment before or after, and then reads more or less of it."""
        stands = await self.in_turn(room, first)
        refused = (self.moves[first], self.moves[1 - first]) in TOO_LATE
        return [stands, stands.told_briefly(EDITORS[1 - first])] if refused else [stands]

    async def together(self, room: Desks, first: int) -> Stands:
        story, decisions = await self.begins(room)
        await room.together(decisions[first], decisions[1 - first])
        return await room.stands(story)

    def _is_as_written(self, stands: Stands, first: int) -> None:
        one, other = self.moves[first], self.moves[1 - first]
        second = SECOND.get((one, other), other)
        refused = TOO_LATE.get((one, other))
        assert one.done in stands.reads(EDITORS[first])
        assert (refused or second.done) in stands.reads(EDITORS[1 - first])
        counted = (one,) if refused else (one, second)
        assert stands.status is [self.status, *(move.becomes for move in counted if move.becomes)][-1]
        assert (stands.version == 2) is (SAVE in counted)


ROUNDS = 500
ALL = [
    Meeting(status=status, approvals=approvals, moves=moves) for status, approvals, pairs in MEETINGS for moves in pairs
]


@pytest.mark.timeout(900)
@pytest.mark.soak
async def test_two_decisions_in_one_moment_are_one_and_then_the_other(
    make_newsroom: MakeNewsroom, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom = make_newsroom("postgresql")
    await newsroom.prepare()
    stores = [await newsroom.open() for _ in range(2)]
    chance, was_first = random.Random(ROUNDS), Counter[int]()
    try:
        async with desks(stores, lambda: handlers.newsroom(no_files), newsroom_texts()) as room:
            allowed = {meeting: [await meeting.allowed(room, first) for first in (0, 1)] for meeting in ALL}
            caplog.set_level(logging.INFO, "bot.turns")
            for number in range(ROUNDS):
                meeting = chance.choice(ALL)
                stands = await meeting.together(room, chance.randrange(2))
                orders = [order for order in (0, 1) if stands in allowed[meeting][order]]
                assert orders, f"round {number}: {stands}"
                was_first.update(orders)
    finally:
        for store in stores:
            await store.close()
        await newsroom.remove()
    assert min(was_first[0], was_first[1]) > ROUNDS / 10
    assert caplog.messages.count("two workers met in one chat; the turn runs again") > ROUNDS / 10
