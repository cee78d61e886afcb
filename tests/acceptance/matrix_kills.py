"""Journeys on Matrix on which the service is killed: they end like a calm one, to the last message. A repeated send is
the same event there, so that nothing may be missing and nothing may stand twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.acceptance.journey import Script
from tests.acceptance.kills import Plan
from tests.acceptance.matrix_human import MatrixHuman
from tests.acceptance.matrix_journey import Public, meet, travel
from tests.acceptance.matrix_outcome import Outcome
from tests.acceptance.matrix_scene import MatrixScene, open_matrix_scene
from tests.acceptance.service import Announced
from tests.databases import Newsroom
from tests.homeserver.synapse import Synapse


@dataclass(frozen=True, kw_only=True)
class Day:
    """A newsroom whose service runs, with everybody in it: the editors are enrolled, the readers subscribed."""

    scene: MatrixScene
    service: Announced
    public: Public

    async def journey(self) -> list[Outcome]:
        """The short script to its end; what the store must say then is checked here."""
        stations = await travel(self.scene, self.public, Script.short())
        async with self.scene.home.store() as store, store.read() as tx:
            assert await tx.contributors.stories(self.public.author.account) == ()
            assert await tx.subscribers.count("ru") == len(self.public.readers)  # one left, one unsubscribed
        return stations

    async def journey_with(self, trouble: Coroutine[None, None, None]) -> list[Outcome]:
        """A journey while somebody makes trouble, who is stopped at its end."""
        async with asyncio.TaskGroup() as both:
            making = both.create_task(trouble)
            stations = await self.journey()
            making.cancel()
        return stations

    async def kill_at(self, moments: Mapping[int, float]) -> None:
        """moments: number of an act → seconds after it; the acts in their order."""
        come = asyncio.Event()
        self.scene.on_act = lambda _number: come.set()
        for act, delay in moments.items():
            while self.scene.acts < act:
                come.clear()
                await come.wait()
            await asyncio.sleep(delay)
            await self.service.kill()
            await self.service.start()


@asynccontextmanager
async def begin_day(newsroom: Newsroom, synapse: Synapse, plan: Plan = ()) -> AsyncIterator[Day]:
    """The service's lives end as planned (`matrix_killable.POINTS`), from the one on that follows the first meeting;
    the one after them does not end by itself."""
    lives = iter((("nowhere", 1), *plan))

    def program() -> Sequence[str]:
        point, time = next(lives, ("nowhere", 1))
        return ("-m", "tests.acceptance.matrix_killable", point, str(time))

    async with open_matrix_scene(newsroom, synapse) as scene:
        service = Announced(scene.home, program)
        public = await Public.gather(scene)
        await _fill(scene, public)
        try:
            await service.start()
            await greet([*public.everybody, scene.anna, scene.boris])
            await scene.settled()
            if plan:
                await service.stop()
                await service.start()
            yield Day(scene=scene, service=service, public=public)
            await service.stop()
        finally:
            await service.abandon()
        assert " ERROR " not in scene.log()


async def _fill(scene: MatrixScene, public: Public) -> None:
    async with scene.home.store() as store, store.write() as tx:
        for editor in (scene.anna, scene.boris):
            await tx.editors.add(editor.account, editor.name)
        for reader in (public.leaver, public.gone, *public.readers):
            await tx.subscribers.join(reader.account, reader.address, "ru")


async def greet(people: Sequence[MatrixHuman]) -> None:
    """They meet the bot, and each has had its first words: what is said next is said to nothing else."""
    await meet(people)
    for one in people:
        await one.chat.waits(lambda seen: next((each for each in seen if each.kind == "m.text"), None), "a greeting")


_calm: list[Outcome] = []


async def calm_day(newsroom: Newsroom, synapse: Synapse) -> list[Outcome]:
    """A journey without a kill: once a process, in the newsroom that comes first."""
    if not _calm:
        async with begin_day(newsroom, synapse) as day:
            _calm.extend(await day.journey())
    return _calm


def judge(calm: Iterable[Outcome], killed: Iterable[Outcome]) -> None:
    """The same messages stand in every room, at every station."""
    for number, (expected, found) in enumerate(zip(calm, killed, strict=True), 1):
        assert found.keys() == expected.keys()
        for room in expected:
            missing, besides = expected[room] - found[room], found[room] - expected[room]
            assert not missing, f"missing at station {number} in {room}: {missing}; besides: {besides}"
            assert not besides, f"too much at station {number} in {room}: {besides}"
