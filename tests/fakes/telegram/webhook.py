"""Pushes updates to a bot's webhook: a chat's updates in order, up to max_connections at a time, again until 2xx."""

from __future__ import annotations

import asyncio
from functools import partial

import aiohttp
import msgspec

from .model import Json
from .updates import Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
RETRY_SECONDS = 0.05  # Telegram begins with 1 s and doubles; a test need not wait for that.
DEFAULT_CONNECTIONS = 40


class Webhook:
    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._world = updates.world
        self._busy: dict[object, tuple[Json, asyncio.Task[None]]] = {}
        self._session: aiohttp.ClientSession | None = None
        self.url = ""
        self.secret = ""
        self.max_connections = DEFAULT_CONNECTIONS
        self.last_error: tuple[int, str] | None = None
        # POSTs made so far, repeated ones included.
        self.attempts = 0

    async def start(self, url: str, secret: str, max_connections: int) -> None:
        await self.stop()
        self._session = aiohttp.ClientSession()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error = None
        self._updates.listener = self.pump
        self.pump()

    async def stop(self) -> None:
        """What was not delivered goes back to the head of the queue."""
        self.url = ""
        self._updates.listener = None
        busy, self._busy = self._busy, {}
        for _, task in busy.values():
            task.cancel()
        await asyncio.gather(*(task for _, task in busy.values()), return_exceptions=True)
        for update, _ in sorted(busy.values(), key=lambda entry: -entry[0]["update_id"]):
            self._updates.pending.appendleft(update)
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @property
    def pending(self) -> int:
        return len(self._updates.pending) + len(self._busy)

    def pump(self) -> None:
        """Starts the deliveries that may start now."""
        while self.url and self._session is not None and len(self._busy) < self.max_connections:
            update = self._updates.take(lambda update: _lane(update) not in self._busy)
            if update is None:
                return
            lane = _lane(update)
            task = asyncio.create_task(self._deliver(self._session, update))
            self._busy[lane] = (update, task)
            task.add_done_callback(partial(self._delivered, lane))

    def _delivered(self, lane: object, task: asyncio.Task[None]) -> None:
        if self._busy.pop(lane, None) is not None:
            self._world.changed()
            self.pump()

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        body = msgspec.json.encode(update)
        while True:
            self.attempts += 1
            try:
                async with session.post(self.url, data=body, headers=headers) as response:
                    await response.read()
                    if response.status // 100 == 2:
                        return
                    reason = f"Wrong response from the webhook: {response.status} {response.reason}"
            except (aiohttp.ClientError, TimeoutError):
                reason = "Connection refused"
            self.last_error = (self._world.now(), reason)
            self._world.changed()
            await asyncio.sleep(RETRY_SECONDS)


def _lane(update: Json) -> object:
    """What must stay in order: the chat an update is about."""
    body = next((value for key, value in update.items() if key != "update_id" and isinstance(value, dict)), {})
    chat = body.get("chat") or body.get("message", {}).get("chat") or {}
    return chat.get("id", update["update_id"])
