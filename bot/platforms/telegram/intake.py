"""From raw updates to stored events: the part that polling and the webhook share."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Update

from bot.platforms.base import Sink
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.incoming import Reader
from bot.types import Incoming

log = logging.getLogger(__name__)


class Intake:
    def __init__(self, reader: Reader, answers: Answers, source: str) -> None:
        self._reader = reader
        self._answers = answers
        self.source = source

    async def take(self, raws: Sequence[object], sink: Sink, cursor: str | None) -> None:
        """Stores what is for us; an update that can't be read is counted and left. Raises what the sink raises."""
        events: list[Incoming] = []
        taps: list[str] = []
        unreadable = 0
        for raw in raws:
            try:
                event, tap = self._read(raw)
            except Exception:  # whatever the library makes of a malformed update; its text would hold content
                unreadable += 1
                continue
            if event is not None:
                events.append(event)
            if tap is not None:
                taps.append(tap)
        if unreadable:
            log.warning("%d updates could not be read and were left out", unreadable)
        if events or cursor is not None:
            await sink.accept(events, source=self.source, cursor=cursor)
        self._answers.give(taps)

    def _read(self, raw: object) -> tuple[Incoming | None, str | None]:
        if not isinstance(raw, dict):
            raise TypeError("An update is an object.")
        update = Update.de_json(raw)
        tap = update.callback_query.id if update.callback_query is not None else None
        return self._reader.read(update), tap
