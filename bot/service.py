"""The parts that run side by side over one store, in their order: what starts first, and what stops last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

from bot.clockwork import Clockwork, Workshop
from bot.delivery.broadcasters import Broadcasters
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.dispatch import Dispatcher
from bot.duty import on_duty
from bot.errors import PlatformDenied
from bot.flows.engine import Engine
from bot.flows.program import Program
from bot.flows.turn import Turn
from bot.intake import Intake
from bot.menus import announce, offer_commands
from bot.places import what_follows
from bot.platforms.base import Adapter, Receive, Sink
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from bot.types import Sharing
from storage.errors import DatabaseBusy
from storage.leases import release_everybody
from storage.presence import Presence
from storage.store import Store

log = logging.getLogger(__name__)

_IN_STEP_SECONDS = 60.0
_PRESENT_SECONDS = 5.0
Part = Coroutine[Any, Any, None]


class Service:
    """One worker. On SQLite it is the only one; on PostgreSQL others may be at the same work."""

    def __init__(
        self, store: Store, adapters: Mapping[str, Adapter], rooms: Rooms, program: Program, texts: Texts
    ) -> None:
        post = Post()
        capabilities = {name: adapter.capabilities for name, adapter in adapters.items()}
        self._store = store
        self._adapters = adapters
        self._program = program
        self._texts = texts
        self._post = post
        self._rooms = rooms
        self._presence = Presence(store.database)
        self._is_only = store.database.is_sqlite
        whole = {name for name, can in capabilities.items() if can.sharing is Sharing.NOTHING}
        self._absent: set[str] = set() if self._is_only else whole
        """platforms that another worker has, or nobody yet"""
        engine = Engine(program, texts, post, rooms, capabilities)
        self._dispatcher = Dispatcher(store, engine, adapters, rooms.editors, texts, post)
        bell = self._dispatcher.bell
        self._senders = Senders(store, adapters, intake_bell=bell, rooms=rooms.ids, absent=self._absent)
        workshop = Workshop(store, adapters, texts, post, rooms)
        self._clockwork = Clockwork(store, program, workshop, on_arrival=bell.ring)
        self._broadcasters = Broadcasters(
            store,
            adapters,
            program.scripts,
            workshop.turn,
            self._senders.chats,
            intake_bell=bell,
            absent=self._absent,
        )
        post.wake, post.wake_workers = self._senders.bell.ring, self._clockwork.bell.ring
        post.wake_broadcasters = self._broadcasters.bell.ring

    async def run(self, stop: asyncio.Event, opened: Callable[[], None] = lambda: None) -> None:
        """Until `stop` is set or a part fails. What is being sent is finished; all else waits in the store."""
        async with AsyncExitStack() as started:
            started.push_async_callback(self._presence.leave)
            await self._presence.enter(self._take_up)
            for name, adapter in self._adapters.items():
                if name not in self._absent:
                    await adapter.start()
                    started.push_async_callback(adapter.stop)
            await announce(self._program, self._texts, self._adapters)
            async with self._store.write() as tx:
                turn = Turn(tx=tx, texts=self._texts, post=self._post, rooms=self._rooms, who=None)
                await offer_commands(turn, self._adapters)
            log.info("the newsroom is open: %s", ", ".join(self._adapters))
            if (said := what_follows(self._rooms)) is not None:
                log.info("%s", said)
            opened()
            await self._run_parts(stop)
        log.info("the newsroom is closed")

    async def _take_up(self, is_alone: bool) -> None:
        """What others have left, and what a killed one had begun."""
        async with self._store.write() as tx:
            parked = await tx.inbox.unpark()
            await tx.outbox.take_up_again()
            await tx.jobs.take_up_again()
            if is_alone:
                await tx.outbox.release_everybody()
                await tx.jobs.release_everybody()
                await tx.shards.release_everybody()
                await release_everybody(tx.work)
            for kind in self._program.standing:
                await tx.timers.set(kind, b"", tx.now)
        if parked:
            log.warning("%d events that had failed before get another try", parked)

    async def _run_parts(self, stop: asyncio.Event) -> None:
        """In this order they stop: first nothing comes in, then nothing is decided, then nothing is sent; a platform
        that is this worker's alone stays so until the last is sent by it.
        """
        shared, alone = self._receivers()
        with_others = [] if self._is_only else self._with_others()
        stages: list[list[Part]] = [
            shared,
            [self._dispatcher.run(), self._clockwork.run(), *with_others],
            [self._broadcasters.run()],
            [self._senders.run()],
            alone,
        ]
        running = [[asyncio.create_task(part) for part in stage] for stage in stages]
        waiting = asyncio.create_task(stop.wait())
        parts = [task for stage in running for task in stage]
        await asyncio.wait([waiting, *parts], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        failed = [error for task in parts if task.done() and (error := task.exception()) is not None]
        for stage in running:
            for task in stage:
                task.cancel()
            await asyncio.gather(*stage, return_exceptions=True)
        if failed:
            raise failed[0]

    def _receivers(self) -> tuple[list[Part], list[Part]]:
        """Those of platforms that are here, and those of platforms that only one worker has."""
        shared: list[Part] = []
        alone: list[Part] = []
        for name, adapter in self._adapters.items():
            for inlet, receive in adapter.inlets.items():
                if name in self._absent:
                    alone.append(self._receive(self._store.alone(name), partial(self._have, adapter, receive)))
                elif adapter.capabilities.sharing is Sharing.ALL:
                    shared.append(self._receive(self._store, receive))
                else:
                    shared.append(self._receive(self._store.alone(f"{name}:{inlet}"), receive))
        return shared, alone

    async def _receive(self, store: Store, receive: Receive) -> None:
        """A platform or bot that refuses us does not silence the others."""
        sink = Intake(store, wipe_after=self._program.wipe_after, wake=self._dispatcher.bell.ring)
        try:
            await on_duty(store, partial(receive, sink))
        except PlatformDenied as error:
            if sum(len(adapter.inlets) for adapter in self._adapters.values()) == 1:
                raise
            log.error("%s The others go on.", error)
            await asyncio.Event().wait()

    async def _have(self, adapter: Adapter, receive: Receive, sink: Sink) -> None:
        """One term with a platform that only one worker has."""
        await adapter.start()
        self._absent.discard(adapter.platform)
        self._senders.bell.ring()
        try:
            await receive(sink)
        finally:
            self._absent.add(adapter.platform)
            await adapter.stop()

    def _with_others(self) -> list[Part]:
        """What a worker does so that there can be others."""
        return [
            _every(_IN_STEP_SECONDS, self._store.keep_in_step, "the other workers' time is not known"),
            _every(_PRESENT_SECONDS, self._presence.stay, "the other workers may believe that nobody is here"),
        ]


async def _every(seconds: float, call: Callable[[], Awaitable[None]], otherwise: str) -> None:
    """otherwise: what it means that the database did not answer."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await call()
        except DatabaseBusy as error:
            log.error("%s: %s", otherwise, error)
