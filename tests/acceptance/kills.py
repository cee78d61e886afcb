"""Journeys on which the service is killed, and what they may differ in from a calm one: copies of messages that were
in flight, one a chat and kill."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.acceptance.conftest import OpenScene
from tests.acceptance.journey import People, Script, travel
from tests.acceptance.outcome import Line, Outcome, line
from tests.acceptance.scene import FIRST_READER, STALE, Scene
from tests.acceptance.service import Service
from tests.fakes.telegram.ledger import Connection, Exchange, Ledger
from tests.fakes.telegram.seen import seen

READERS = [FIRST_READER + number for number in range(12)]
_SENDING = frozenset({"sendMessage", "sendPhoto", "sendVoice"})
_UNCOMMITTED_SECONDS = 1.0
"""An answer is written down by a transaction; this long after the answer its sender may not have got so far."""


class Book(Ledger):
    """Keeps every request that sends something; the fake's own keeps only the last of each connection."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.fake.world)
        self._scene = scene
        self.sent: list[Exchange] = []
        self.deaths = 0
        self.uncertain = 0
        self.flown: dict[int, Counter[Line]] = defaultdict(Counter)
        """chat → messages that a kill has made uncertain"""

    def start(self, connection: Connection, method: str) -> Exchange:
        exchange = super().start(connection, method)
        if method in _SENDING:
            self.sent.append(exchange)
        return exchange

    def death(self, moment: float) -> None:
        """The service was killed then. What was in flight is noted while it still stands as it was sent."""
        self.deaths += 1
        for exchange in self._in_flight_at(moment):
            self.uncertain += 1
            chat = self._scene.fake.world.find_chat(self._scene.bot.account, exchange.chat or 0)
            lines = [line(seen(chat.messages[number])) for number in exchange.message_ids if number in chat.messages]
            self.flown[chat.id].update(lines)

    def _in_flight_at(self, death: float) -> Iterator[Exchange]:
        """Of each chat its last message before the death, if the dead can't have written down that it was sent."""
        last = {exchange.chat: exchange for exchange in self.sent if exchange.applied is not None}
        for exchange in last.values():
            if exchange.answered is None or death - exchange.answered <= _UNCOMMITTED_SECONDS:
                yield exchange


Plan = Sequence[tuple[str, int]]
"""A life each: the point at which it ends (`killable.POINTS`), when it is reached for the time that the number says."""


def killable_at(point: str, time: int) -> Sequence[str]:
    return ("-m", "tests.acceptance.killable", point, str(time))


@asynccontextmanager
async def killable(
    scene: Scene, plan: Plan = (), readers: Sequence[int] = READERS
) -> AsyncIterator[tuple[Service, Book]]:
    """A service whose lives end as planned; the one after them does not end by itself. Editors and readers are in
    the store before the first."""
    book = scene.fake.ledger = Book(scene)
    await fill(scene, readers)
    lives = iter(plan)
    service = Service(scene.home, scene.fake, lambda: killable_at(*next(lives, ("nowhere", 1))), on_death=book.death)
    try:
        yield service, book
    finally:
        await service.abandon()


async def fill(scene: Scene, readers: Sequence[int]) -> None:
    people = People.gather(scene)
    await scene.home.found()
    async with scene.home.store() as store, store.write() as tx:
        for editor in (people.anna, people.boris):
            scene.editors.admits(editor.person)
            await tx.editors.add(editor.account, editor.person.account.first_name)
        for reader in readers:
            human = scene.person(reader, "reader")
            scene.bot.crowd(reader, 1)
            await tx.subscribers.join(human.account, human.address, "ru")


async def journey(scene: Scene) -> list[Outcome]:
    """The short script to its end; what the store must say then is checked here."""
    people = People.gather(scene)
    stations = await travel(scene, people, Script.short(), READERS)
    async with scene.home.store() as store, store.read() as tx:
        assert await tx.contributors.stories(people.author.account) == ()
        assert await tx.subscribers.count("ru") == len(READERS) - 3  # one blocked, one was lost, one left
    return stations


async def journey_beside(scene: Scene, trouble: Coroutine[None, None, None]) -> list[Outcome]:
    """A journey while somebody makes trouble, who may be ready first or never."""
    going, making = asyncio.create_task(journey(scene)), asyncio.create_task(trouble)
    try:
        await asyncio.wait([going, making], return_when=asyncio.FIRST_COMPLETED)
        if making.done():
            making.result()
        return await going
    finally:
        for task in (going, making):
            task.cancel()
        await asyncio.gather(going, making, return_exceptions=True)


_calm: list[Outcome] = []


async def calm_day(open_scene: OpenScene) -> list[Outcome]:
    """A journey without a kill: once a process, on SQLite, for both engines."""
    if not _calm:
        async with open_scene("sqlite") as scene, killable(scene) as (service, _):
            await service.start()
            _calm.extend(await journey(scene))
            await service.stop()
    return _calm


@dataclass(frozen=True, kw_only=True)
class Verdict:
    kills: int
    in_flight: int
    """requests carried out whose sender may not have known, over all kills"""
    copies: Counter[int]
    """chat → messages that stand there twice at the end, or that nobody deletes, because of that"""


def _without_answers_to_copies(lines: Counter[Line]) -> Counter[Line]:
    """A tap on a copy of an older prompt is answered with the present one."""
    return Counter({one: number for one, number in lines.items() if not one.text.startswith(STALE)})


def judge(calm: list[Outcome], killed: list[Outcome], book: Book) -> Verdict:
    """Nothing may be missing at any station; what is there besides must be a copy of what was in flight at a kill."""
    copies: Counter[int] = Counter()
    for expected, found in zip(calm, killed, strict=True):
        assert found.keys() == expected.keys()
        copies = Counter()
        for chat in expected:
            missing, besides = expected[chat] - found[chat], found[chat] - expected[chat]
            assert not missing, f"missing in chat {chat}: {missing}"
            unexplained = _without_answers_to_copies(besides - book.flown[chat])
            assert not unexplained, f"too much in chat {chat}: {unexplained}"
            copies[chat] += besides.total()
    return Verdict(kills=book.deaths, in_flight=book.uncertain, copies=+copies)
