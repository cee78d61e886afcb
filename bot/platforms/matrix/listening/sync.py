"""Our own loop around /sync: what arrived, the cursor and the crypto store go to the disk together, then the next one.

nio's `sync_forever` stores its token before events are handled, stops at the first exception, and loses the rest with
their room keys. Here a sync is handled piece by piece, each guarded, and confirmed by the next request only.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.base import Sink
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.arrivals import Arrivals
from bot.platforms.matrix.listening.decrypting import Decrypter
from bot.platforms.matrix.listening.incoming import PLATFORM, AnswerOf
from bot.platforms.matrix.listening.reading import Raw, mapping, text
from bot.platforms.matrix.listening.timelines import Batch
from bot.platforms.matrix.listening.undecryptable import Waiting
from bot.platforms.matrix.rooms.deeds import Deeds
from bot.platforms.matrix.signing.key_upkeep import KeyUpkeep
from bot.platforms.waiting import Backoff
from bot.rooms import BOT
from bot.texts.fluent import Texts
from storage.errors import StorageError
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

SOURCE = f"{PLATFORM}:{BOT}"
_NOTHING = {"not_types": ["*"]}
_ELSE = {"presence": _NOTHING, "account_data": _NOTHING}
_FILTER = json.dumps(
    {
        **_ELSE,
        "room": {
            "timeline": {"limit": 100},
            "state": {"lazy_load_members": False},
            "ephemeral": _NOTHING,
            "account_data": _NOTHING,
        },
    }
)
_INVITES = json.dumps(
    {
        **_ELSE,
        "room": {
            "timeline": {"limit": 1},
            "state": _NOTHING,
            "ephemeral": _NOTHING,
            "account_data": _NOTHING,
        },
    }
)
_SOON = 1
"""seconds that the server may hold a sync while an event waits for its key"""


class Loop:
    """Made by the adapter; `run` once.

    answer_of(room, event, key or text): what a reaction or an answer to one of our messages means.
    taken: called after each commit with the last message of each room in it (for read receipts); must not raise.
    """

    def __init__(
        self,
        client: MatrixClient,
        directs: Directs,
        store: Store,
        texts: Texts,
        policy: DevicePolicy,
        *,
        answer_of: AnswerOf,
        taken: Callable[[Mapping[RoomId, EventId]], None],
    ) -> None:
        self._client = client
        self._store = store
        self._taken = taken
        self.deeds = Deeds(client.settings.longest_wait)
        decrypter = Decrypter(client)
        self._waiting = Waiting(decrypter)
        self._arrivals = Arrivals(client, directs, store, texts, self._waiting, self.deeds, answer_of)
        self._keys = KeyUpkeep(client, policy, decrypter)
        self._since: str | None = None
        self._is_begun = False
        self._has_news = True
        """whether the next sync has something to do though nothing arrives"""
        self._is_away = False

    async def run(self, sink: Sink) -> None:
        """Runs until cancelled. Raises PlatformDenied when the token is refused."""
        doing = asyncio.create_task(self.deeds.run())
        try:
            await self._receive(sink)
        finally:
            doing.cancel()
            with suppress(asyncio.CancelledError):
                await doing

    async def _receive(self, sink: Sink) -> None:
        backoff = Backoff(self._client.settings.longest_wait)
        while True:
            try:
                await self.round(sink)
            except PlatformDenied:
                raise
            except PlatformError as error:
                if not self._is_away:
                    log.warning("The homeserver can't be asked for messages: %s", error)
                self._is_away = True
                after = error.after if isinstance(error, PlatformAway) else 0.0
                await asyncio.sleep(max(after, backoff.next()))
            except Exception as error:  # the disk's, or one that nobody expected: the loop goes on all the same
                log.error("What arrived could not be taken (%s); it will be asked for again", type(error).__name__)
                await asyncio.sleep(backoff.next())
            else:
                backoff.reset()

    async def round(self, sink: Sink) -> None:
        """One sync, read and committed. Raises what the client and the sink raise; then nothing was confirmed."""
        since = self._since if self._is_begun else await self._begin(sink)
        answer = await self._sync(since)
        if self._is_away:
            log.info("The homeserver answers again")
        self._is_away = False
        batch = await self._arrivals.read(answer, since)
        await self._commit(sink, batch, text(answer, "next_batch"))
        self._since, self._is_begun = text(answer, "next_batch"), True
        self._arrivals.follow(answer, batch)
        self._taken(batch.last)
        self._has_news = await self._keys.after(answer, batch.now)

    async def _begin(self, sink: Sink) -> str | None:
        """Where we were. An invitation is shown once only, so those of before are asked for (pitfall 3)."""
        async with self._store.read() as tx:
            await self._waiting.load(tx)
        since = await sink.cursor(SOURCE)
        if since is not None:
            missed = await self._client.call("GET", "v3/sync", query={"filter": _INVITES, "timeout": "0"})
            self._arrivals.invites.consider(mapping(missed, "rooms", "invite"))
        return since

    async def _sync(self, since: str | None) -> Raw:
        settings = self._client.settings
        now = self._store.clock.now()
        hold = 0 if self._has_news else _SOON if self._waiting.is_urgent(now) else settings.sync_seconds
        query = {"filter": _FILTER, "timeout": str(hold * 1000), "set_presence": "offline"}
        query |= {} if since is None else {"since": since}
        query |= {} if self._is_begun else {"full_state": "true"}
        answer = await self._client.call("GET", "v3/sync", query=query, timeout=hold + settings.read_seconds)
        if not text(answer, "next_batch"):
            raise PlatformAway("The homeserver's answer to a sync has no position.")
        return answer

    async def _commit(self, sink: Sink, batch: Batch, position: str) -> None:
        """Tried until the disk takes it: what was read has moved the keys in memory on, so it is not read twice."""

        async def beside(tx: Transaction) -> None:
            await self._client.write(tx)
            await self._arrivals.write(tx, batch)

        backoff = Backoff(self._client.settings.longest_wait)
        while True:
            try:
                return await sink.accept(
                    batch.events, source=SOURCE, cursor=position, beside=beside, traces=batch.traces
                )
            except StorageError as error:
                log.error("What arrived could not be stored (%s); once more", type(error).__name__)
                await asyncio.sleep(backoff.next())
