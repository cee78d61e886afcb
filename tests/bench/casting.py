"""`python -m tests.bench.casting run|worker`: the service as `tamizdat …` starts it, with the bench's dialogue and its
news for readers, and with Telegram's limits.

Prints `{"at": …}`, the time.monotonic() at which everything is loaded and opened and the service itself begins.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from unittest.mock import patch

import msgspec

from bot import app
from bot.cli import main
from bot.service import Service
from tests.bench.program import interview


class Announced(Service):
    async def run(self, stop: asyncio.Event, opened: Callable[[], None] = lambda: None) -> None:
        print(msgspec.json.encode({"at": time.monotonic()}).decode(), flush=True)
        await super().run(stop, opened)


if __name__ == "__main__":
    with patch.object(app, "newsroom", interview), patch.object(app, "Service", Announced):
        main()
