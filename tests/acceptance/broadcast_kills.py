"""A broadcast during which the service is killed: nobody is left out, and what comes twice was in flight at a kill."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.app import load_texts
from bot.delivery.post import Post
from bot.flows.turn import Turn
from bot.rooms import Rooms
from handlers.broadcasting.titles import STORY
from handlers.publication.copies import take_back_copies
from storage.broadcast import State
from storage.counts import Counts
from storage.ids import StoryId
from storage.store import Transaction
from storage.story import Status
from tests.acceptance.broadcast_killable import WIDTH
from tests.acceptance.flights import Flights
from tests.acceptance.kills import Plan, fill
from tests.acceptance.scene import AUTHOR, FIRST_READER, Scene, address
from tests.acceptance.service import Service
from tests.integration.flows.library import come_out

TEXT = "Соседка спрятала дневник на чердаке."
ENDED = "Рассылка закончена"
NO_ROOMS = Rooms(editors={}, channels={})
_PATIENCE = 300.0
LOST = 2
"""Readers who have deleted their accounts; nobody tells the service."""


def killable_at(point: str, time: int) -> Sequence[str]:
    return ("-m", "tests.acceptance.broadcast_killable", point, str(time))


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A newsroom whose story is on its way to its readers; the first LOST of them are not there any more."""

    scene: Scene
    flights: Flights
    readers: Sequence[int]
    story: StoryId

    @classmethod
    async def of_a_story(cls, scene: Scene, count: int) -> Sending:
        flights = scene.fake.ledger = Flights(scene.fake.world)
        readers = range(FIRST_READER, FIRST_READER + count)
        await fill(scene, readers)
        for reader in readers[:LOST]:
            scene.person(reader, "lost").person.deactivates()
        async with scene.home.store() as store, store.write() as tx:
            story = await come_out(turn(tx), TEXT, address(AUTHOR))
        return cls(scene=scene, flights=flights, readers=readers, story=story.id)

    async def ends(self) -> None:
        """The editors are told so."""
        editors = self.scene.editors
        try:
            await self.scene.fake.wait_for(lambda: any(ENDED in seen.text for seen in editors.sees()), _PATIENCE)
        except TimeoutError:
            said = [seen.text for seen in editors.sees()]
            raise AssertionError(f"it does not end; {said};\n{await self.scene.home.last_words()}") from None
        await self.scene.settled()

    async def judge(self, workers: int = 1) -> Counter[int]:
        """What has come twice, by reader. workers: who send at a time; one of them is killed."""
        heard = self.heard()
        assert [reader for reader in self.readers[LOST:] if not heard[reader]] == [], "left out"
        copies = Counter({reader: number - 1 for reader, number in heard.items() if number > 1})
        flown = self.flights.in_flight_at_deaths(self.readers, workers * WIDTH)
        assert copies - flown == Counter(), "sent again, although it can be known that it had arrived"
        assert copies.total() <= self.flights.deaths * WIDTH
        async with self.scene.home.store() as store, store.read() as tx:
            (broadcast,) = await tx.broadcasts.of(STORY, self.story)
            known = await tx.broadcasts.progress(broadcast)
            assert broadcast.state is State.FINISHED
            assert (known.counts, known.rest) == (Counts(sent=len(self.readers) - LOST, blocked=LOST), 0)
            assert await tx.subscribers.count("ru") == len(self.readers) - LOST
        told = f"Отправлено: {len(self.readers) - LOST} из {len(self.readers)}."
        assert told in (await self.scene.card(ENDED)).text
        print(f"{self.flights.deaths} kills, at most {flown.total()} requests in flight, {copies.total()} copies")
        return copies

    def heard(self) -> dict[int, int]:
        """How often the story stands in each reader's chat."""
        seen = {reader: self.scene.person(reader, "reader").sees() for reader in self.readers}
        return {reader: sum(TEXT in one.text for one in theirs) for reader, theirs in seen.items()}


def turn(tx: Transaction, rooms: Rooms = NO_ROOMS) -> Turn:
    """Beside the service, which finds by itself what is begun with it."""
    return Turn(tx=tx, texts=load_texts(), post=Post(), rooms=rooms, who=None)


async def take_back(scene: Scene, story: StoryId) -> None:
    async with scene.home.store() as store, store.write() as tx:
        found = await tx.stories.get(story)
        assert found is not None
        await take_back_copies(turn(tx), await tx.stories.move(found, Status.RETRACTED))


@asynccontextmanager
async def sending(scene: Scene, count: int, plan: Plan = ()) -> AsyncIterator[tuple[Service, Sending]]:
    """To so many readers, by a service whose lives end as planned; the one after them does not end by itself."""
    under_way = await Sending.of_a_story(scene, count)
    lives = iter(plan)
    flights = under_way.flights
    service = Service(scene.home, scene.fake, lambda: killable_at(*next(lives, ("nowhere", 1))), on_death=flights.death)
    try:
        await service.start()
        yield service, under_way
        await service.stop()
    finally:
        await service.abandon()
