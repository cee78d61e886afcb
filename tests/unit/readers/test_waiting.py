"""Whatever readers change their minds about, and however long the service is off: each story once, and none missed.

The arithmetic, the reader and what a digest takes are the real ones. Broadcasts are meetings with one reader: a look at
them, and some seconds later the line in the ledger, with anything in between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from operator import itemgetter

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rooms import BOT
from handlers.digests.script import Digest, DigestScript
from handlers.policy import LATE_DIGEST_SECONDS
from storage.address import Address
from storage.clock import DAY, HOUR, MINUTE
from storage.ids import KeyId, StoryId, SubscriberId
from storage.private import Private
from storage.rhythm import SLOT, Every, Quiet, Rhythm
from storage.subscriber import UNTIL_RETURN, Subscriber, Wishes
from tests.unit.readers.test_rhythm import YEAR, hours, moments, zones

TOPIC = "war"
IN_FLIGHT = 5
"""Seconds from the look at a reader to the line in the ledger."""
UNDER_WAY = (0, 1, SLOT, 2 * SLOT, 5 * HOUR)
"""Seconds from the beginning of a broadcast until it comes to this reader."""


@dataclass(frozen=True)
class ComesOut:
    """A story, whose broadcast comes to this reader so much later."""

    later: int


@dataclass(frozen=True)
class Changes:
    rhythm: Rhythm


@dataclass(frozen=True)
class Pauses:
    """For so long; None: until they come back."""

    seconds: int | None


@dataclass(frozen=True)
class Passes:
    seconds: int
    is_off: bool = False
    """the service, meanwhile"""


Act = ComesOut | Changes | Pauses | Passes
rhythms = st.builds(
    Rhythm,
    every=st.sampled_from(Every),
    weekday=st.integers(0, 6),
    hour=hours,
    zone=zones,
    quiet=st.none() | st.builds(Quiet, begins=hours, ends=hours),
)
acts = st.lists(
    st.builds(ComesOut, later=st.sampled_from(UNDER_WAY))
    | st.builds(Changes, rhythm=rhythms)
    | st.builds(Pauses, seconds=st.sampled_from([0, 0, HOUR, 7 * DAY, None]))
    | st.builds(Passes, seconds=st.sampled_from([1, 10 * MINUTE, HOUR, 9 * HOUR, DAY]))
    | st.builds(Passes, seconds=st.sampled_from([HOUR, 5 * HOUR, 2 * DAY]), is_off=st.just(True)),
    max_size=25,
)


class World:
    def __init__(self, now: int, digests: list[int]) -> None:
        self.now = now
        self.digests = cycle(digests)
        """how long each is under way"""
        self.reader = Subscriber(
            id=SubscriberId(b"reader"),
            language="ru",
            chat=Address(platform="local", bot=BOT, chat=Private("reader")),
            wishes=Wishes(),
            generation=0,
            key_id=KeyId(b"key"),
        )
        self.plan: list[tuple[int, Callable[[], None]]] = []
        self.begun: set[int] = set()
        self.out: list[StoryId] = []
        self.got: list[StoryId] = []
        self.passed: set[StoryId] = set()
        """when they were pausing"""
        self._tick()

    def does(self, act: Act) -> None:
        wishes = self.reader.wishes
        match act:
            case ComesOut(later):
                story = StoryId(len(self.out).to_bytes(16, "big"))
                self.out.append(story)
                self._after(later, partial(self._meet, story))
            case Changes(rhythm):
                self.reader = self.reader.wishing(msgspec.structs.replace(wishes, rhythm=rhythm), self.now)
            case Pauses(seconds):
                until = UNTIL_RETURN if seconds is None else self.now + seconds
                self.reader = self.reader.wishing(msgspec.structs.replace(wishes, paused_until=until), self.now)
            case Passes(seconds, is_off):
                end = self.now + seconds
                if not is_off:
                    self._work(end)
                self.now = end

    def _work(self, end: int) -> None:
        while (first := min(self.plan, key=itemgetter(0)))[0] <= end:
            self.plan.remove(first)
            self.now = max(self.now, first[0])
            first[1]()

    def _after(self, seconds: int, deed: Callable[[], None]) -> None:
        self.plan.append((self.now + seconds, deed))

    def _meet(self, story: StoryId) -> None:
        wishes = self.reader.wishes
        if wishes.wants_at_once(TOPIC, self.now):
            self.got.append(story)
        elif wishes.wants(TOPIC, self.now):
            self._after(IN_FLIGHT, lambda: self._becomes(self.reader.putting_by(story, self.now)))
        else:
            self.passed.add(story)

    def _tick(self) -> None:
        slot = self.reader.digest_due
        if slot is not None and slot < self.now - LATE_DIGEST_SECONDS:
            self.reader = self.reader.past_digest(slot, self.now)
        elif slot is not None and slot <= self.now and slot not in self.begun:
            self.begun.add(slot)
            self._after(next(self.digests), partial(self._meet_digest, slot))
        self._after(SLOT - self.now % SLOT, self._tick)

    def _meet_digest(self, slot: int) -> None:
        if self.now - slot > LATE_DIGEST_SECONDS:
            return
        variant = DigestScript().variant(Digest(slot=slot, published=frozenset(self.out)), self.reader, self.now)
        got = () if variant is None else variant.stories
        self.got.extend(got)
        self._after(IN_FLIGHT, lambda: self._becomes(self.reader.having_got(got).past_digest(slot, self.now)))

    def _becomes(self, reader: Subscriber) -> None:
        self.reader = reader


@example(  # one digest is on its way when the next one begins, and both come in the same second
    now=YEAR + 12 * HOUR,
    acts=[
        Changes(Rhythm(every=Every.DAILY, hour=13, zone="UTC+0")),
        ComesOut(0),
        Passes(HOUR),
        Changes(Rhythm()),
        Passes(HOUR),
    ],
    digests=[2 * SLOT, SLOT],
)
@given(now=moments, acts=acts, digests=st.lists(st.sampled_from(UNDER_WAY[:-1]), min_size=1, max_size=5))
def test_no_story_comes_twice_and_none_is_missed(now: int, acts: list[Act], digests: list[int]) -> None:
    world = World(now, digests)
    for act in acts:
        world.does(act)
        assert len(set(world.got)) == len(world.got)
    if world.reader.wishes.paused_until > world.now:
        world.does(Pauses(0))
    world.does(Passes(30 * DAY))
    assert sorted(world.got) == sorted(set(world.out) - world.passed)
    assert world.reader.waiting == ()
