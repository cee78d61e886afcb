"""Whoever has the database but not the root key can't change the audit trail unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from storage.audit_chain import Flaw, Link, open_ends, seal_ends
from storage.audit_check import Broken, Head, Whole, verify
from storage.store import Store
from tests.clock import Clock
from tests.databases import MakeNewsroom
from tests.integration.storage.audit_hands import (
    CONTENT,
    Copy,
    changed,
    flipped,
    head_of,
    note,
    numbers,
    put,
    swapped,
    take,
    without,
)

FIRST, LAST = 4, 11
"""of the entries that are kept; those before were pruned"""
EXAMPLES = {"sqlite": 40, "postgresql": 6}


class Trail:
    """One trail of some days, put back before each attack."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.past: list[Copy] = []
        """what a thief has taken, after each entry"""

    async def grow(self, clock: Clock) -> None:
        for actions in (3, 2, 4):
            for _ in range(actions):
                await self._one("claim")
            clock.pass_(days=1)
        async with self.store.write() as tx:
            assert await tx.audit.prune(date(2026, 3, 2)) == FIRST - 1
        self.past.append(await take(self.store))
        await self._one("publish")
        self.now = self.past[-1]
        self.head = await head_of(self.store)
        assert numbers(self.now) == list(range(FIRST, LAST + 1))

    async def _one(self, action: str) -> None:
        await note(self.store, action)
        self.past.append(await take(self.store))

    async def attack(self, copy: Copy, posted: Head | None = None) -> Whole | Broken:
        await put(self.store, copy)
        return await verify(self.store, posted)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all examples: hypothesis calls a test that is not async."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def trail(engine: str, make_newsroom: MakeNewsroom, clock: Clock, runner: asyncio.Runner) -> Iterator[Trail]:
    newsroom = make_newsroom(engine)
    runner.run(newsroom.prepare())
    trail = Trail(runner.run(newsroom.open()))
    runner.run(trail.grow(clock))
    yield trail
    runner.run(trail.store.close())
    runner.run(newsroom.remove())


def forged(copy: Copy, seq: int) -> Copy:
    """One more, made of another one."""
    return replace(copy, rows=[*copy.rows, copy.rows[0] | {"seq": seq}])


def day_before(copy: Copy) -> Copy:
    return changed(copy, 7, day=copy.rows[3]["day"] - timedelta(days=1))


NAMED: list[tuple[str, Callable[[Copy], Copy], Broken]] = [
    ("a body", lambda copy: changed(copy, 6, body=flipped(copy.rows[2]["body"], 77)), Broken(at=6, why=Flaw.ALTERED)),
    ("a mac", lambda copy: changed(copy, 6, mac=flipped(copy.rows[2]["mac"], 3)), Broken(at=6, why=Flaw.ALTERED)),
    ("a day", day_before, Broken(at=7, why=Flaw.ALTERED)),
    ("the first goes", lambda copy: without(copy, FIRST), Broken(at=FIRST, why=Flaw.REMOVED)),
    ("two go", lambda copy: without(copy, 6, 7), Broken(at=6, why=Flaw.REMOVED)),
    ("the last goes", lambda copy: without(copy, LAST), Broken(at=LAST, why=Flaw.TRUNCATED)),
    ("all go", lambda copy: without(copy, *numbers(copy)), Broken(at=FIRST, why=Flaw.TRUNCATED)),
    ("two are swapped", lambda copy: swapped(copy, 6, 8), Broken(at=6, why=Flaw.REORDERED)),
    ("two bodies are", lambda copy: swapped(copy, 7, 8, ["body"]), Broken(at=7, why=Flaw.REORDERED)),
    ("one is added", lambda copy: forged(copy, LAST + 1), Broken(at=LAST + 1, why=Flaw.ADDED)),
    ("one before all", lambda copy: forged(copy, -5), Broken(at=-5, why=Flaw.ADDED)),
    ("the ends go", lambda copy: replace(copy, ends=None), Broken(at=0, why=Flaw.ENDS)),
    ("they are altered", lambda copy: replace(copy, ends=flipped(copy.ends or b"", 300)), Broken(at=0, why=Flaw.ENDS)),
]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_was_done_is_named(trail: Trail, runner: asyncio.Runner) -> None:
    for what, attack, verdict in NAMED:
        assert runner.run(trail.attack(attack(trail.now))) == verdict, what
    assert isinstance(runner.run(trail.attack(trail.now)), Whole)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_older_copy_is_told_by_a_head_that_was_posted_since(trail: Trail, runner: asyncio.Runner) -> None:
    for older in trail.past[:-1]:
        verdict = runner.run(trail.attack(older, trail.head))
        assert verdict == Broken(at=numbers(older)[-1] + 1, why=Flaw.POSTED)
        assert isinstance(runner.run(trail.attack(older)), Whole)  # nothing else could tell
        runner.run(note(trail.store, *["another_past"] * 12))
        assert runner.run(verify(trail.store, trail.head)) == Broken(at=LAST, why=Flaw.POSTED)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_rows_and_ends_of_two_moments_don_t_fit(trail: Trail, runner: asyncio.Runner) -> None:
    for older in trail.past[:-1]:
        for mixed in (replace(older, ends=trail.now.ends), replace(trail.now, ends=older.ends)):
            assert isinstance(runner.run(trail.attack(mixed)), Broken)
    yesterday = replace(trail.now, ends=trail.past[-2].ends)
    assert runner.run(trail.attack(yesterday)) == Broken(at=LAST, why=Flaw.ENDS)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_two_pasts_can_t_be_mixed(trail: Trail, runner: asyncio.Runner) -> None:
    """After a back-up was restored the same numbers are given again."""
    runner.run(trail.attack(trail.past[-2]))
    runner.run(note(trail.store, "another_past"))
    as_long = replace(trail.now, ends=runner.run(take(trail.store)).ends)
    runner.run(note(trail.store, "another_past"))
    other = runner.run(take(trail.store))
    assert runner.run(trail.attack(as_long)) == Broken(at=0, why=Flaw.ENDS)
    mixed = [row for row in other.rows if row["seq"] != LAST] + [trail.now.rows[-1]]
    assert runner.run(trail.attack(replace(other, rows=mixed))) == Broken(at=LAST + 1, why=Flaw.ALTERED)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_not_even_with_the_root_key_is_anything_pruned_silently(trail: Trail, runner: asyncio.Runner) -> None:
    row = trail.now.rows[2]
    ends = open_ends(trail.store.chain, trail.now.ends or b"")
    assert ends is not None
    later = msgspec.structs.replace(ends, start=Link(seq=row["seq"], mac=row["mac"]))
    copy = replace(without(trail.now, 4, 5, 6), ends=seal_ends(trail.store.chain, later))
    assert runner.run(trail.attack(copy, trail.head)) == Broken(at=0, why=Flaw.ENDS)


SEQS = st.integers(FIRST, LAST)


@st.composite
def attacks(draw: st.DrawFn, trail: Trail) -> Copy:
    """Up to three things that can be done with rows, one after the other."""
    copy = trail.now
    for _ in range(draw(st.integers(1, 3))):
        left = numbers(copy)
        assume(len(left) > 1)
        seq, other = draw(st.permutations(left))[:2]
        what = draw(
            st.sampled_from(("remove", "alter", "swap", "bodies", "cut", "renumber", "ends", "older", "repeat"))
        )
        event(what)
        match what:
            case "remove":
                copy = without(copy, *draw(st.sets(st.sampled_from(left), min_size=1)))
            case "alter":
                column = draw(st.sampled_from(("key_id", "body", "mac")))
                [value] = [row[column] for row in copy.rows if row["seq"] == seq]
                copy = changed(copy, seq, **{column: flipped(value, draw(st.integers(0, 9999)))})
            case "swap":
                copy = swapped(copy, seq, other, draw(st.sampled_from((CONTENT, CONTENT[1:], CONTENT[:3]))))
            case "bodies":
                copy = swapped(copy, seq, other, ["body"])
            case "cut":
                copy = without(copy, *[one for one in left if one >= seq])
            case "renumber":  # so that no gap shows
                rows = [row for row in copy.rows if row["seq"] != seq]
                copy = replace(copy, rows=[row | {"seq": FIRST + place} for place, row in enumerate(rows)])
            case "ends":
                copy = replace(copy, ends=draw(st.sampled_from([None, *(one.ends for one in trail.past[:-1])])))
            case "older":
                copy = draw(st.sampled_from(trail.past[:-1]))
            case "repeat":
                [row] = [row for row in copy.rows if row["seq"] == seq]
                copy = replace(copy, rows=[*copy.rows, row | {"seq": max(left) + 1}])
    assume(copy != trail.now)
    return copy


def test_whatever_is_done_is_found(trail: Trail, engine: str, runner: asyncio.Runner) -> None:
    @settings(
        max_examples=EXAMPLES[engine],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(attacks(trail))
    def try_one(copy: Copy) -> None:
        assert isinstance(runner.run(trail.attack(copy, trail.head)), Broken)
        if copy not in trail.past and copy.rows:  # that there was a trail at all, only its head can tell
            assert isinstance(runner.run(verify(trail.store)), Broken)

    try_one()
