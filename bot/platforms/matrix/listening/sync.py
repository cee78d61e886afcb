"""Our own loop around /sync: what arrived, the cursor and the crypto store go to the disk together, then the next one.

nio's `sync_forever` stores its token before events are handled, stops at the first exception, and loses the rest with
their room keys. Here a sync is handled piece by piece, each guarded, and confirmed by the next request only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.base import Sink
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.arrivals import Arrivals, Hearing
from bot.platforms.matrix.listening.asking import Asking
from bot.platforms.matrix.listening.decrypting import Decrypter
from bot.platforms.matrix.listening.incoming import PLATFORM, AnswerOf
from bot.platforms.matrix.listening.reading import Raw, text
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
_LOST = "M_UNKNOWN_POS"
"""MSC4186's word for a position that a server has dropped; those of today say 400 with M_UNKNOWN or M_INVALID_PARAM"""
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
        self._keys = KeyUpkeep(client, directs, policy, decrypter)
        self._asking = Asking(client)
        self._since: str | None = None
        self._is_begun = False
        self._hearing = Hearing.ALL
        self._are_invitations_known = False
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
        if not self._is_begun:
            await self._begin(sink)
        answer = await self._sync()
        if self._is_away:
            log.info("The homeserver answers again")
            self._are_invitations_known = False  # those of before may have been given up
        self._is_away = False
        async with self._client.reading:
            try:
                batch = await self._arrivals.read(answer, self._since, self._hearing)
            except StorageError:
                self._is_begun = False  # what had waited for its keys is read from its rows again
                raise
            await self._commit(sink, batch, text(answer, "next_batch"))
        if self._is_begun and not self._are_invitations_known:
            self.deeds.add("invitations", self._learn_invitations)
        self._since, self._is_begun, self._hearing = text(answer, "next_batch"), True, Hearing.ALL
        self._arrivals.follow(answer, batch)
        self._taken(batch.last)
        self._has_news = await self._keys.after(answer, batch.now)

    async def _begin(self, sink: Sink) -> None:
        """Where we were. What was written before we first came to listen was said to nobody."""
        async with self._store.read() as tx:
            await self._waiting.load(tx)
        if self._hearing is not Hearing.AGAIN:
            self._since = await sink.cursor(SOURCE)
            self._hearing = Hearing.NOTHING if self._since is None else Hearing.ALL
            self._are_invitations_known = self._since is None

    async def _sync(self) -> Raw:
        try:
            if self._since is None or not self._is_begun:
                return await self._asking.all_rooms(self._since, messages=self._hearing is not Hearing.NOTHING)
            urgent = self._waiting.is_urgent(self._store.clock.now())
            hold = 0 if self._has_news else _SOON if urgent else self._client.settings.sync_seconds
            return await self._asking.news(self._since, hold=hold)
        except MatrixRefused as refused:
            if self._since is None or not (refused.errcode == _LOST or refused.status == HTTPStatus.BAD_REQUEST):
                raise
            log.error("The homeserver does not know any more how far we have read; all rooms are read again.")
            self._since, self._is_begun, self._hearing = None, False, Hearing.AGAIN
            return await self._asking.all_rooms(None, messages=True)

    async def _learn_invitations(self) -> None:
        """An invitation is shown once only, so those of before the start are asked for (pitfall 3): after the first
        syncs, as it takes a server long, and people who are here already have been waiting.
        """
        self._arrivals.invites.consider(await self._asking.invitations())
        self._are_invitations_known = True

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
