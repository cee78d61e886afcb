"""The roof: reads the settings, builds every part, starts and stops them. Only here and in the command line do the
framework and the newsroom meet.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import bot.texts
from bot.clockwork import Clockwork, Workshop
from bot.config import Settings
from bot.delivery.broadcasters import Broadcasters
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.demo import enrol_demo_editors, page_key
from bot.dispatch import Dispatcher
from bot.errors import PlatformDenied, StartRefused
from bot.flows.engine import Engine
from bot.flows.program import Program
from bot.flows.turn import Turn
from bot.handles.official import shown_listing
from bot.intake import Intake
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from bot.menus import announce, offer_commands
from bot.opening import open_newsroom
from bot.places import rooms_of, what_follows
from bot.platforms.base import Adapter
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from handlers import LOCALES, newsroom
from handlers.questionnaires.loading import configured
from storage.service_lock import service_lock
from storage.store import Store

log = logging.getLogger(__name__)

FRAMEWORK_TEXTS = Path(bot.texts.__file__).parent / "locales"


def load_texts() -> Texts:
    return Texts.load([FRAMEWORK_TEXTS, LOCALES])


async def serve(settings: Settings) -> None:
    """Runs the newsroom until SIGTERM or SIGINT; replaces the process when the page asks for a restart.

    Raises StartRefused, ConfigError and StorageError before anything is received, PlatformDenied later.
    """
    stop = asyncio.Event()
    restart = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_, stop.set)

    def ask_for_restart() -> None:
        restart.set()
        stop.set()

    questionnaires = configured(settings.questionnaires)
    with service_lock(settings.data):
        async with AsyncExitStack() as open_parts:
            store = await open_newsroom(settings)
            open_parts.push_async_callback(store.close)
            rebuilder = await open_parts.enter_async_context(PhotoRebuilder())
            texts = load_texts()
            adapters = await _adapters(settings, store, texts, ask_for_restart)
            program = newsroom(fetch_job(rebuilder), questionnaires=questionnaires, listing=shown_listing(settings))
            service = Service(store, adapters, rooms_of(settings), program, texts)
            await service.run(stop, lambda: _show_link(adapters))
    if restart.is_set():
        os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])  # noqa: S606 - ourselves, anew


class Service:
    """The parts that run side by side, over one store."""

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
        engine = Engine(program, texts, post, rooms, capabilities)
        self._dispatcher = Dispatcher(store, engine, adapters, rooms.editors, texts, post)
        self._senders = Senders(store, adapters, intake_bell=self._dispatcher.bell, rooms=rooms.ids)
        workshop = Workshop(store, adapters, texts, post, rooms)
        self._clockwork = Clockwork(store, program, workshop, on_arrival=self._dispatcher.bell.ring)
        self._broadcasters = Broadcasters(
            store,
            adapters,
            program.scripts,
            workshop.turn,
            self._senders.chats,
            intake_bell=self._dispatcher.bell,
        )
        self._intake = Intake(store, wipe_after=program.wipe_after, wake=self._dispatcher.bell.ring)
        post.wake, post.wake_workers = self._senders.bell.ring, self._clockwork.bell.ring
        post.wake_broadcasters = self._broadcasters.bell.ring

    async def run(self, stop: asyncio.Event, opened: Callable[[], None] = lambda: None) -> None:
        """Until `stop` is set or a part fails. What is being sent is finished; all else waits in the store."""
        async with self._store.write() as tx:
            parked = await tx.inbox.unpark()
            await tx.outbox.take_up_again()
            await tx.jobs.take_up_again()
            if self._store.database.is_sqlite:  # the service lock says that nobody else works on it
                await tx.outbox.release_everybody()
                await tx.jobs.release_everybody()
                await tx.shards.release_everybody()
            for kind in self._program.standing:
                await tx.timers.set(kind, b"", tx.now)
        if parked:
            log.warning("%d events that had failed before get another try", parked)
        async with AsyncExitStack() as started:
            for adapter in self._adapters.values():
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

    async def _receive(self, adapter: Adapter) -> None:
        """One platform that refuses us does not silence the others."""
        try:
            await adapter.receive(self._intake)
        except PlatformDenied as error:
            if len(self._adapters) == 1:
                raise
            log.error("%s The other platforms go on.", error)
            await asyncio.Event().wait()

    async def _run_parts(self, stop: asyncio.Event) -> None:
        """In this order they stop: first nothing comes in, then nothing is decided, then nothing is sent."""
        stages: list[list[Coroutine[Any, Any, None]]] = [
            [self._receive(adapter) for adapter in self._adapters.values()],
            [self._dispatcher.run(), self._clockwork.run()],
            [self._broadcasters.run()],
            [self._senders.run()],
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


async def _adapters(settings: Settings, store: Store, texts: Texts, restart: Callable[[], None]) -> dict[str, Adapter]:
    # Each where it is configured: their libraries take time and memory, which a newsroom without them should not pay.
    adapters: list[Adapter] = []
    if settings.telegram is not None:
        from bot.platforms.telegram.adapter import TelegramAdapter

        adapters.append(TelegramAdapter(settings.telegram))
    if settings.matrix is not None:
        from bot.platforms.matrix.adapter import MatrixAdapter

        adapters.append(MatrixAdapter(settings.matrix, store, texts))
    if adapters:
        return {adapter.platform: adapter for adapter in adapters}
    if settings.local is None:
        raise StartRefused("No platform is configured: add [telegram] or [matrix] (see config.example.toml).")
    from bot.platforms.local.adapter import LocalAdapter

    await enrol_demo_editors(store)
    local = LocalAdapter(folder=settings.data, key=await page_key(store), restart=restart, port=settings.local.port)
    return {local.platform: local}


def _show_link(adapters: Mapping[str, Adapter]) -> None:
    """To the terminal, not to the log: whoever has the link is let in."""
    from bot.platforms.local.adapter import LocalAdapter

    for adapter in adapters.values():
        if isinstance(adapter, LocalAdapter):
            print(f"Open this page in your browser: {adapter.link}", flush=True)
