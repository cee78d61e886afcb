"""The local page as a platform like the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

from bot.errors import FileLost, FileTooLarge
from bot.outcomes import Delivered, Outcome
from bot.platforms.base import Deliver, Finding, Menus, OpenBlob, Receive, Sink, one_by_one
from bot.platforms.local.acts import CAPTION_LIMIT, TEXT_LIMIT, Acts
from bot.platforms.local.connection import Connections
from bot.platforms.local.people import PLACES
from bot.platforms.local.records import Records
from bot.platforms.local.server import LocalServer
from bot.platforms.local.speaker import Speaker
from bot.platforms.local.uploads import LARGEST, Uploads
from bot.platforms.local.world import World
from bot.platforms.names import LOCAL
from bot.rooms import BOT
from bot.types import Capabilities, File, Menu, Outgoing, Show
from storage.address import Account, Address, Reference
from storage.ids import BlobId
from storage.vault import DataKey

log = logging.getLogger(__name__)

PORT: Final = 8420
_AT_ONCE: Final = 100
_ONCE_MORE: Final = 0.5
"""seconds after the service could not store what arrived"""


class LocalAdapter:
    """The page on 127.0.0.1. `folder` holds its side of the world, sealed with `key`.

    `restart` is called from the event loop when somebody presses "restart the service": the roof stops
    everything in order and starts it anew on the same port.
    """

    platform: Final = LOCAL
    capabilities: Final = Capabilities(
        buttons=True,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        per_second=None,
        private_gap=0.0,
        room_per_minute=None,
        download_limit=LARGEST,
    )

    def __init__(self, *, folder: Path, key: DataKey, restart: Callable[[], None], port: int = PORT) -> None:
        """`port`: 0 takes any free one; then an open page does not find the service after a restart."""
        self._folder = folder
        self._key = key
        self._restart = restart
        self._port = port
        self._uploads = Uploads(folder / "local-files", key)

    @property
    def link(self) -> str:
        """To be printed; it lets in whoever has it. There is none before `start`."""
        return self._server.link

    async def start(self) -> None:
        """Raises ConfigError when the port is taken, DatabaseBusy when another process runs on the folder,
        Unreadable when the folder belongs to another key.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._records = Records(self._folder / "local-platform.sqlite", self._key)
        try:
            self._world = World(self._records)
            self._uploads.sweep(self._world.attachments())
            self._speaker = Speaker(self._world, self._uploads)
            acts = Acts(self._world, BOT)
            pages = Connections(self._world, self._uploads, acts, self._restart)
            self._server = LocalServer(self._world, self._uploads, pages, self._key, self._port)
            await self._server.start()
        except BaseException:
            self._records.close()
            raise

    @property
    def inlets(self) -> Mapping[str, Receive]:
        return {BOT: self.receive}

    async def receive(self, sink: Sink) -> None:
        source = f"{LOCAL}:{BOT}"
        while True:
            try:
                cursor = int(await sink.cursor(source) or 0)
                self._world.confirm(cursor)
                found = (await self._world.events_after(cursor))[:_AT_ONCE]
                await sink.accept([event for _, event in found], source=source, cursor=str(found[-1][0]))
            except Exception as error:
                log.error("What was written on the page could not be stored (%s); once more", type(error).__name__)
                await asyncio.sleep(_ONCE_MORE)

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        if isinstance(outgoing, Menu):
            return Delivered()
        return await self._speaker.perform(outgoing, chat, before, open_blob)

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        return one_by_one(self, show, open_blob)

    async def is_member(self, room: Address, person: Account) -> bool:
        place = PLACES.get(room.chat.reveal())
        return place is not None and person.platform == LOCAL and person.person.reveal() in place.readers

    async def download(self, file: File) -> AsyncIterator[bytes]:
        if (file.size or 0) > LARGEST:
            raise FileTooLarge(LARGEST)
        try:
            blob = BlobId(bytes.fromhex(file.handle.reveal()))
        except ValueError:
            raise FileLost from None
        async for piece in self._uploads.open(blob):
            yield piece

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
        """The page has no list of commands: its buttons are enough."""

    async def check(self) -> list[Finding]:
        return [Finding(what="The local page: it needs no token and no network.", ok=True)]

    async def stop(self) -> None:
        await self._server.stop()
        self._records.close()
