"""Matrix, as everybody else in the house sees it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Final

import msgspec

from bot.errors import NotHere, PlatformAway, PlatformError
from bot.outcomes import Delivered, Outcome
from bot.platforms.base import Deliver, Finding, Menus, OpenBlob, Receive, Sink, one_by_one
from bot.platforms.matrix import room_checks
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.courtesies import Courtesies
from bot.platforms.matrix.devices import confirming
from bot.platforms.matrix.devices.device_news import DeviceNews
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.credentials import check_device, open_client
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.incoming import PLATFORM
from bot.platforms.matrix.listening.sync import Loop
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.signing import cross_signing
from bot.platforms.matrix.signing.one_time_keys import publish
from bot.platforms.matrix.speaking import download
from bot.platforms.matrix.speaking.content import TEXT_LIMIT
from bot.platforms.matrix.speaking.outgoing import Sender
from bot.platforms.matrix.speaking.own_events import OwnEvents
from bot.platforms.matrix.speaking.sending import Mail
from bot.platforms.waiting import Backoff
from bot.rooms import BOT
from bot.texts.fluent import Texts
from bot.types import Capabilities, File, Menu, Outgoing, Sharing, Show
from storage.address import Account, Address, Reference
from storage.store import Store

log = logging.getLogger(__name__)

CAPABILITIES: Final = Capabilities(
    buttons=False,
    text_limit=TEXT_LIMIT,
    caption_limit=TEXT_LIMIT,
    per_second=None,
    private_gap=0.0,
    room_per_minute=None,
    download_limit=download.LARGEST,
    repeats=True,
    sharing=Sharing.NOTHING,
)


class MatrixAdapter:
    """One bot account and its device. The store holds its credentials and keys, sealed.

    A homeserver that is away does not keep the service from starting; lost keys do.
    """

    def __init__(self, settings: MatrixSettings, store: Store, texts: Texts) -> None:
        self._settings = settings
        self._store = store
        self._texts = texts
        self._is_checked = False
        self._parts: _Parts | None = None

    @property
    def platform(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return msgspec.structs.replace(CAPABILITIES, per_second=self._settings.per_second)

    async def start(self) -> None:
        """Raises StartRefused when credentials or keys are missing, or are not those that the homeserver shows;
        PlatformDenied when it does not know our session any more.
        """
        self._is_checked = False
        client = await open_client(self._store, self._settings)
        async with self._store.read() as tx:
            directs = await Directs.load(tx)
        self._parts = _Parts(client, directs, self._store, self._texts)
        try:
            await self._check_keys(client)
        except PlatformAway as error:
            log.warning("The Matrix homeserver can't be reached yet: %s", error)
        except BaseException:
            await self.stop()
            raise

    @property
    def inlets(self) -> Mapping[str, Receive]:
        return {BOT: self.receive}

    async def receive(self, sink: Sink) -> None:
        """Raises PlatformDenied when the token is refused, StartRefused as `start`, which could not ask yet."""
        backoff = Backoff(self._settings.longest_wait)
        while not self._is_checked:
            try:
                await self._check_keys(self._there.client)
            except PlatformAway as error:
                await asyncio.sleep(max(error.after, backoff.next()))
        await self._there.loop.run(sink)

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        if isinstance(outgoing, Menu):
            return Delivered()
        return await self._there.sender.perform(outgoing, chat, before, open_blob, key)

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        return one_by_one(self, show, open_blob)

    async def is_member(self, room: Address, person: Account) -> bool:
        return await room_checks.is_member(self._there.client, room, person)

    def download(self, file: File) -> AsyncIterator[bytes]:
        return download.download(self._there.client, file)

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
        """Matrix has no list of commands: the texts name them."""

    async def check(self) -> list[Finding]:
        """Before `start` too: `doctor` only looks."""
        client = await open_client(self._store, self._settings) if self._parts is None else self._parts.client
        try:
            found = await room_checks.findings(client, self._settings)
            if all(finding.ok for finding in found[:1]):
                found += [*await cross_signing.verify(client, self._store), *await confirming.findings(self._store)]
        except PlatformError as error:
            return [Finding(what="Matrix: the homeserver answers", ok=False, remedy=str(error))]
        finally:
            if self._parts is None:
                await client.close()
        return found

    async def stop(self) -> None:
        if self._parts is not None:
            await self._parts.courtesies.stop()
            await self._parts.client.close()
            self._parts = None

    @property
    def _there(self) -> _Parts:
        if self._parts is None:
            raise NotHere
        return self._parts

    async def _check_keys(self, client: MatrixClient) -> None:
        """Our device is the one whose keys the homeserver shows, and our own identity has signed it."""
        await check_device(client)
        if not client.machine.account.shared:
            await publish(client)
        await cross_signing.establish(client, self._store)
        self._is_checked = True


class _Parts:
    """What there is between `start` and `stop`."""

    def __init__(self, client: MatrixClient, directs: Directs, store: Store, texts: Texts) -> None:
        editors_room = client.settings.editors_room
        policy = DevicePolicy(client, store, editors_room=None if editors_room is None else RoomId(editors_room))
        client.policy = policy.prepare
        own = OwnEvents(client)
        self.client = client
        self.directs = directs
        self.courtesies = Courtesies(client)
        news = DeviceNews(client, policy, texts)
        mail = Mail(client, directs, store, policy, news, sent=self.courtesies.answered)
        client.guard = mail.guard
        self.sender = Sender(client, mail, own, editors_room=editors_room)
        self.loop = Loop(client, directs, store, texts, policy, answer_of=own.answer_of, taken=self.courtesies.taken)
