"""The real digests over the real store: by forty clocks, over their leaps, whatever two readers change their minds
about, and with the service off for days. Each story comes to each of them once.

`unit/readers/test_waiting.py` tries a thousand ways more, without store and broadcasts.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

import handlers
from bot.flows.program import Tools
from bot.flows.testing import Stage
from bot.texts.fluent import Texts
from handlers.digests.due import DIGESTS
from storage.address import Account
from storage.clock import DAY, HOUR
from storage.private import Private
from storage.rhythm import Every, Quiet, Rhythm
from storage.subscriber import Subscriber, Wishes
from tests.clock import Clock
from tests.databases import MakeNewsroom, Newsroom
from tests.integration.flows.library import come_out
from tests.unit.readers.test_rhythm import YEAR, hours, zones

READERS = ("anna", "boris")
NEVER = 1 << 40
"""A second that no clock here reaches."""
LONGEST_WAIT = 8 * DAY
"""Seconds until the next weekly digest, on the weeks on which a clock leaps too."""


@dataclass(frozen=True)
class ComesOut:
    """A story."""


@dataclass(frozen=True)
class Changes:
    reader: str
    rhythm: Rhythm


@dataclass(frozen=True)
class Passes:
    seconds: int
    is_off: bool = False
    """the service, meanwhile"""


Act = ComesOut | Changes | Passes
rhythms = st.builds(
    Rhythm,
    every=st.sampled_from(Every),
    weekday=st.integers(0, 6),
    hour=hours,
    zone=zones,
    quiet=st.none() | st.builds(Quiet, begins=hours, ends=hours),
)
acts = st.lists(
    st.builds(ComesOut)
    | st.builds(Changes, reader=st.sampled_from(READERS), rhythm=rhythms)
    | st.builds(Passes, seconds=st.sampled_from([HOUR, 9 * HOUR, DAY]))
    | st.builds(Passes, seconds=st.sampled_from([HOUR, 5 * HOUR, 2 * DAY]), is_off=st.just(True)),
    min_size=4,
    max_size=10,
)
moments = st.integers(0, 2 * 365 * 24).map(lambda hour: YEAR + hour * HOUR)


class World:
    def __init__(self, stage: Stage, clock: Clock) -> None:
        self._stage = stage
        self._clock = clock
        self._out = 0

    async def begin(self) -> None:
        async with self._stage.store.write() as tx:
            for name in READERS:
                await tx.subscribers.join(self._account(name), self._stage.address(name), "ru")

    async def does(self, act: Act) -> None:
        match act:
            case ComesOut():
                self._out += 1
                async with self._stage.store.write() as tx:
                    await come_out(self._stage.turn(tx), f"Повесть {self._out}.", self._stage.address("author"))
                await self._stage.settle()
            case Changes(name, rhythm):
                async with self._stage.store.write() as tx:
                    await tx.subscribers.wish(self._account(name), Wishes(rhythm=rhythm))
            case Passes(seconds, is_off):
                end = self._clock.seconds + seconds
                while not is_off and (due := await self._next_digest()) <= end:
                    await self._tick(due)
                self._clock.seconds = end

    async def comes_to_rest(self) -> None:
        """Until nothing waits for anybody, and not longer than that may take."""
        await self._tick(self._clock.seconds)
        end = self._clock.seconds + LONGEST_WAIT
        while any([(await self._reader(name)).waiting for name in READERS]):
            due = await self._next_digest()
            assert due <= end, "something waits and does not come"
            await self._tick(due)

    def check(self, *, is_over: bool = False) -> None:
        for name in READERS:
            came = [
                number for seen in self._stage.sees(name) for number in re.findall(r"Повесть (\d+)", seen.text.text)
            ]
            assert len(set(came)) == len(came), f"{name} got something twice: {came}"
            assert not is_over or len(came) == self._out, f"{name} missed something: {came} of {self._out}"

    async def _tick(self, moment: int) -> None:
        self._clock.seconds = max(moment, self._clock.seconds)
        async with self._stage.store.write() as tx:
            await tx.timers.set(DIGESTS, b"", tx.now)
        await self._stage.settle()
        assert await self._next_digest() > self._clock.seconds, "a digest that was due neither came nor was put off"

    async def _next_digest(self) -> int:
        dues = [(await self._reader(name)).digest_due for name in READERS]
        return min((due for due in dues if due is not None), default=NEVER)

    async def _reader(self, name: str) -> Subscriber:
        async with self._stage.store.read() as tx:
            found = await tx.subscribers.find(self._account(name))
        assert found is not None
        return found

    def _account(self, name: str) -> Account:
        return Account(platform=self._stage.platform, person=Private(name))


async def live(newsroom: Newsroom, clock: Clock, texts: Texts, acts: list[Act]) -> None:
    await newsroom.prepare()
    store = await newsroom.open()
    try:
        world = World(Stage(store, lambda: handlers.newsroom(no_files), texts), clock)
        await world.begin()
        for act in acts:
            await world.does(act)
            world.check()
        await world.comes_to_rest()
        world.check(is_over=True)
    finally:
        await store.close()
        await newsroom.remove()


async def no_files(_tools: Tools, _payload: bytes) -> None:
    raise NotImplementedError


@pytest.mark.parametrize(
    "phases",
    [(Phase.explicit,), pytest.param(tuple(Phase), marks=[pytest.mark.soak, pytest.mark.timeout(900)])],
    ids=["one life", "many lives"],
)
def test_each_story_comes_to_each_reader_once(
    phases: tuple[Phase, ...], make_newsroom: MakeNewsroom, clock: Clock, texts: Texts
) -> None:
    @settings(max_examples=150, phases=phases)
    @example(  # off for two days over a leap of the clock, and another zone before and after
        YEAR + 86 * DAY,
        [
            Changes("anna", Rhythm(every=Every.DAILY, hour=2, zone="Europe/Berlin")),
            ComesOut(),
            Changes("anna", Rhythm(every=Every.DAILY, hour=2, zone="Asia/Tehran")),
            Passes(2 * DAY, is_off=True),
            ComesOut(),
            Changes("anna", Rhythm(every=Every.DAILY, hour=2, zone="Europe/Berlin")),
            Passes(DAY),
        ],
    )
    @given(moments, acts)
    def lives(moment: int, lived: list[Act]) -> None:
        clock.seconds = moment
        asyncio.run(live(make_newsroom("sqlite"), clock, texts, lived))

    lives()
