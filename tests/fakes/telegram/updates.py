"""A bot's queue of updates: ids, allowed types, long polling, one reader at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice

from .errors import ApiError, conflict
from .model import Json
from .world import World

# Telegram sends these only to those who name them in allowed_updates.
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_READER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
HISTORY = 10_000


class Updates:
    def __init__(self, world: World, first_id: int) -> None:
        self.world = world
        self.next_id = first_id
        self.pending: deque[Json] = deque()
        self.allowed: list[str] | None = None
        # What was sent before, so that a test may have it sent again.
        self.history: deque[Json] = deque(maxlen=HISTORY)
        self._again: deque[Json] = deque()
        # The webhook, while there is one: called for every new update.
        self.listener: Callable[[], None] | None = None
        self._reader: asyncio.Future[None] | None = None

    def put(self, kind: str, body: Json) -> int | None:
        """Queues an update; None when the bot did not ask for this kind."""
        if kind in OPT_IN if not self.allowed else kind not in self.allowed:
            return None
        number = self.next_id
        update: Json = {"update_id": number, kind: body}
        self.next_id += 1
        self.pending.append(update)
        self.history.append(update)
        self._wake()
        return number

    def again(self, update_id: int) -> Json:
        """Sends an update once more although it was confirmed. Raises KeyError for an unknown id."""
        for update in self.history:
            if update["update_id"] == update_id:
                self._again.append(update)
                self._wake()
                return update
        raise KeyError(update_id)

    def confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()

    async def poll(self, offset: int, limit: int, within: float) -> list[Json]:
        """Up to `limit` updates from `offset` on, waiting up to `within` seconds for the first. Raises ApiError 409."""
        self.stop_reader(conflict(OTHER_READER))
        self.confirm(offset)
        if not (self.pending or self._again) and within > 0:
            reader = self._reader = asyncio.get_running_loop().create_future()
            self.world.changed()
            try:
                async with asyncio.timeout(within):
                    await reader
            except TimeoutError:
                return []
            finally:
                if self._reader is reader:
                    self._reader = None
        again = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        return [*again, *islice(self.pending, limit - len(again))]

    @property
    def is_polled(self) -> bool:
        """Whether someone waits in a long poll now."""
        return self._reader is not None

    def stop_reader(self, reason: ApiError) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(reason)
            self._reader = None

    def take(self, wanted: Callable[[Json], bool]) -> Json | None:
        """Removes and gives the first wanted update: how the webhook empties the queue."""
        for queue in (self._again, self.pending):
            for update in queue:
                if wanted(update):
                    queue.remove(update)
                    return update
        return None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
        if self.listener is not None:
            self.listener()
        self.world.changed()
