"""Our own loop around getUpdates. A request confirms what came before its offset, so it is made only after the commit.

Telegram may begin to number updates anew, lower, after a week without any (Bot API, Update). An offset of before
would then confirm, unread, what has a lower number. So an offset older than five days is not used: updates wait at
Telegram for one day, and events are recognised by the inbox for six, so nothing is lost and nothing counts twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.errors import PlatformDenied
from bot.platforms.base import Sink
from bot.platforms.telegram.errors import SlowDown
from bot.platforms.telegram.incoming import ALLOWED_UPDATES
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.transport import AiohttpRequest
from bot.platforms.waiting import Backoff

log = logging.getLogger(__name__)

OFFSET_SECONDS = 5 * 24 * 3600
LOUD_CONFLICTS = 3
"""The first conflicts after a restart are our own: Telegram still holds the poll of the process before."""
BOT_REFUSED = "Telegram refuses the bot's token. Ask @BotFather for the present one and put it into the config."
TWO_READERS = (
    "Another program reads this bot's messages with the same token. Stop it; if you don't know it, have @BotFather "
    "revoke the token and put the new one into the config."
)


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """The cursor: the offset of the next poll, and when it was learnt."""

    offset: int
    at: int

    def __str__(self) -> str:
        return f"{self.offset}@{self.at}"

    @staticmethod
    def parse(text: str | None) -> Position | None:
        offset, _, at = (text or "").partition("@")
        return Position(offset=int(offset), at=int(at)) if offset.isdecimal() and at.isdecimal() else None


class Poller:
    def __init__(self, bot: Bot, polls: AiohttpRequest, intake: Intake, settings: TelegramSettings) -> None:
        self._bot = bot
        self._polls = polls
        self._intake = intake
        self._settings = settings
        self._conflicts = 0
        self._away = False

    async def run(self, sink: Sink) -> None:
        """Runs until cancelled. Raises PlatformDenied when the token is refused."""
        backoff = Backoff(self._settings.longest_wait)
        position: Position | None = None
        begun = False
        while True:
            try:
                if not begun:
                    await self._bot.delete_webhook(drop_pending_updates=False)
                    position = Position.parse(await sink.cursor(self._intake.source))
                    begun = True
                position = await self._round(sink, position)
            except TelegramError as error:
                begun = begun and not isinstance(error, Conflict)
                wait = self._after(error, backoff)
            except Exception as error:
                log.error("What arrived could not be stored (%s); it will be asked for again", type(error).__name__)
                wait = backoff.next()
            else:
                backoff.reset()
                continue
            await asyncio.sleep(wait)

    async def _round(self, sink: Sink, position: Position | None) -> Position | None:
        """One poll; the position after it."""
        raws = await self._poll(position)
        if self._away:
            log.info("Telegram answers again")
        self._conflicts, self._away = 0, False
        numbers = [raw["update_id"] for raw in raws if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
        if not numbers:
            return position
        following = Position(offset=numbers[-1] + 1, at=int(time.time()))
        await self._intake.take(raws, sink, str(following))
        return following

    async def _poll(self, position: Position | None) -> Sequence[Any]:
        settings = self._settings
        asked: dict[str, Any] = {"timeout": settings.poll_seconds, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if position is not None and time.time() - position.at < OFFSET_SECONDS:
            asked["offset"] = position.offset
        # Not `Bot.get_updates`: one malformed update would make it raise for all of them, and log their content.
        answer = await self._polls.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}",
            read_timeout=settings.poll_seconds + settings.read_seconds,
        )
        return answer if isinstance(answer, list) else []

    def _after(self, error: TelegramError, backoff: Backoff) -> float:
        if isinstance(error, InvalidToken | EndPointNotFound):
            raise PlatformDenied(BOT_REFUSED) from None
        if isinstance(error, SlowDown):
            return error.seconds
        if isinstance(error, Conflict):
            self._conflicts += 1
            if self._conflicts == LOUD_CONFLICTS:
                log.error(TWO_READERS)
        elif not self._away:
            log.warning("Telegram can't be asked for messages: %s", type(error).__name__)
        self._away = True
        return backoff.next()
