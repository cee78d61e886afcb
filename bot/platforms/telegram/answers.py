"""Every tap wants an answer, or the button spins. It is given once the tap is stored, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from telegram import Bot
from telegram.error import TelegramError

from bot.platforms.telegram.errors import TOO_OLD, says

log = logging.getLogger(__name__)


WORTH_SECONDS = 10.0
"""Then the person's app has stopped waiting."""


class Answers:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._running: set[asyncio.Task[None]] = set()

    def give(self, queries: Iterable[str]) -> None:
        for query in queries:
            task = asyncio.create_task(self._answer(query))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def settle(self) -> None:
        """Waits for those under way, as long as an answer is worth anything."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=WORTH_SECONDS)
        for task in late:
            task.cancel()

    async def _answer(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            if not says(error, TOO_OLD):
                log.info("A tap stays without an answer: %s", type(error).__name__)
