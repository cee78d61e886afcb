"""The roof: reads the settings, builds every part, starts and stops them. Only here and in the command line do the
framework and the newsroom meet.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path

import bot.texts
from bot.config import Settings
from bot.demo import enrol_demo_editors, page_key
from bot.errors import StartRefused
from bot.handles.official import shown_listing
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from bot.opening import open_newsroom
from bot.places import rooms_of
from bot.platforms.base import Adapter
from bot.platforms.names import MATRIX
from bot.service import Service
from bot.texts.fluent import Texts
from handlers import LOCALES, newsroom
from handlers.questionnaires.loading import configured
from storage.service_lock import service_lock
from storage.store import Store

FRAMEWORK_TEXTS = Path(bot.texts.__file__).parent / "locales"


@cache
def load_texts() -> Texts:
    """Read once a process."""
    return Texts.load([FRAMEWORK_TEXTS, LOCALES])


async def serve(settings: Settings, *, beside_others: bool = False) -> None:
    """Runs the newsroom until SIGTERM or SIGINT; replaces the process when the page asks for a restart.

    beside_others: other workers may share the data folder; for PostgreSQL
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
    with service_lock(settings.data, shared=beside_others):
        async with AsyncExitStack() as open_parts:
            store = await open_newsroom(settings)
            open_parts.push_async_callback(store.close)
            rebuilder = await open_parts.enter_async_context(PhotoRebuilder())
            texts = load_texts()
            adapters = await _adapters(settings, store, texts, ask_for_restart)
            program = newsroom(fetch_job(rebuilder), questionnaires=questionnaires, listing=shown_listing(settings))
            service = Service(store, adapters, rooms_of(settings), program, texts)
            await service.run(stop, lambda: _opened(adapters))
    if restart.is_set():
        os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])  # noqa: S606 - ourselves, anew


async def _adapters(settings: Settings, store: Store, texts: Texts, restart: Callable[[], None]) -> dict[str, Adapter]:
    # Each where it is configured: their libraries take time and memory, which a newsroom without them should not pay.
    adapters: list[Adapter] = []
    if settings.telegram is not None:
        from bot.platforms.telegram.adapter import TelegramAdapter

        adapters.append(TelegramAdapter(settings.telegram))
    if settings.matrix is not None:
        from bot.platforms.matrix.adapter import MatrixAdapter

        adapters.append(MatrixAdapter(settings.matrix, store.alone(MATRIX), texts))
    if adapters:
        return {adapter.platform: adapter for adapter in adapters}
    if settings.local is None:
        raise StartRefused("No platform is configured: add [telegram] or [matrix] (see config.example.toml).")
    from bot.platforms.local.adapter import LocalAdapter

    await enrol_demo_editors(store)
    local = LocalAdapter(folder=settings.data, key=await page_key(store), restart=restart, port=settings.local.port)
    return {local.platform: local}


def _opened(adapters: Mapping[str, Adapter]) -> None:
    _show_link(adapters)
    # What a start has made stays: to look through it for rubbish again and again is work for nothing.
    gc.freeze()


def _show_link(adapters: Mapping[str, Adapter]) -> None:
    """To the terminal, not to the log: whoever has the link is let in."""
    from bot.platforms.local.adapter import LocalAdapter

    for adapter in adapters.values():
        if isinstance(adapter, LocalAdapter):
            print(f"Open this page in your browser: {adapter.link}", flush=True)
