"""The local page for tests: the service without a newsroom behind it, and a browser's side of the line."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.platforms.base import Beside
from bot.platforms.local import LocalAdapter
from bot.platforms.local.people import CONTRIBUTOR, EDITORS_ROOM, account, address
from bot.types import FileKind, Incoming
from storage.address import Account, Address, Reference
from storage.vault import DataKey
from tests.integration.platforms.stage import Sight
from tests.patience import PATIENCE
from tests.ports import HeldPort, held_port

KEY = DataKey(bytes(range(32)))
_FILES = {
    FileKind.PHOTO: ("photo.jpg", "image/jpeg"),
    FileKind.VOICE: ("voice.ogg", "audio/ogg"),
    FileKind.VIDEO: ("video.mp4", "video/mp4"),
    FileKind.DOCUMENT: ("paper.pdf", "application/pdf"),
}
"""As a browser calls them: name and type."""


class MemorySink:
    """What the service has accepted; its disk, as it were."""

    def __init__(self) -> None:
        self.cursors: dict[str, str | None] = {}
        self._events: asyncio.Queue[Incoming] = asyncio.Queue()

    async def accept(
        self,
        events: Sequence[Incoming],
        *,
        source: str,
        cursor: str | None,
        beside: Beside | None = None,
        traces: Sequence[Reference] = (),
    ) -> None:
        for event in events:
            self._events.put_nowait(event)
        self.cursors[source] = cursor

    async def cursor(self, source: str) -> str | None:
        return self.cursors.get(source)

    async def next(self) -> Incoming:
        return await asyncio.wait_for(self._events.get(), PATIENCE)

    def is_empty(self) -> bool:
        return self._events.empty()


class Service:
    """Runs the adapter as the roof does: `restart` stops it in order and starts a new one on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.sink = MemorySink()
        self.restarts = 0
        self._folder = folder
        self._port = HeldPort()
        self._restarting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._restarting is not None:
            await self._restarting
        await self.stop()
        self._port.close()

    async def start(self) -> None:
        self.adapter = LocalAdapter(folder=self._folder, key=KEY, restart=self._restart, port=self._port.number)
        await self.adapter.start()
        self._receiving = asyncio.create_task(self.adapter.receive(self.sink))

    async def stop(self) -> None:
        self._receiving.cancel()
        await asyncio.gather(self._receiving, return_exceptions=True)
        await self.adapter.stop()

    def _restart(self) -> None:
        self._restarting = asyncio.create_task(self._stop_and_start())

    async def _stop_and_start(self) -> None:
        await self.stop()
        await self.start()
        self.restarts += 1


class Line:
    """What an open page does: enters by the link, hears everything, asks and waits for the answer."""

    def __init__(self, session: aiohttp.ClientSession, web: aiohttp.ClientWebSocketResponse, origin: str) -> None:
        self.session = session
        self.origin = origin
        self._web = web
        self.chats: dict[str, list[dict[str, Any]]] = {}

    async def hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = await self._web.receive_json(timeout=PATIENCE)
        if heard["type"] == "welcome":
            self.chats = heard["chats"]
        return heard

    async def ask(self, kind: str, **fields: Any) -> bool:
        """Whether it was done; False: refused."""
        asked = {
            "type": kind,
            "id": secrets.token_hex(8),
            "person": CONTRIBUTOR,
            "chat": CONTRIBUTOR,
            "language": "ru",
        } | fields
        await self._web.send_json(asked)
        while True:
            heard = await self.hear()
            if heard["type"] in {"done", "refused"} and heard["id"] == asked["id"]:
                return bool(heard["type"] == "done")

    async def upload(self, data: bytes) -> str:
        async with self.session.post(f"{self.origin}/files", data=data, headers={"Origin": self.origin}) as answer:
            answer.raise_for_status()
            return str((await answer.json())["file"])

    async def file(self, name: str) -> bytes:
        async with self.session.get(f"{self.origin}/files/{name}") as answer:
            answer.raise_for_status()
            return await answer.read()


@asynccontextmanager
async def line_to(link: str) -> AsyncIterator[Line]:
    """Raises aiohttp.ClientConnectorError while the service is down."""
    origin = link.partition("/?")[0]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(link) as answer:
            answer.raise_for_status()
        async with session.ws_connect(f"{origin}/socket", origin=origin) as web:
            line = Line(session, web, origin)
            await line.hear()
            yield line


Deed = Callable[[Line], Awaitable[None]]


class StagedAdapter(LocalAdapter):
    """Tells its stage when the page is there."""

    def __init__(self, folder: Path, port: int, stage: LocalStage) -> None:
        super().__init__(folder=folder, key=KEY, restart=lambda: None, port=port)
        self._stage = stage

    async def start(self) -> None:
        await super().start()
        await self._stage.opened(self)

    async def stop(self) -> None:
        self._stage.page = None
        await super().stop()


class LocalStage:
    """The contributor before the page. What they do while the service is down, their browser does later."""

    lacks = frozenset({"blocks", "joins_room", "leaves_room", "sends_video_note"})
    chat: Address = address(CONTRIBUTOR, "main")
    person: Account = account(CONTRIBUTOR)
    room: Address = address(EDITORS_ROOM, "main")

    def __init__(self, folder: Path, port: int) -> None:
        self.page: StagedAdapter | None = None
        """the adapter whose page is open"""
        self._folder = folder
        self._port = port
        self._waiting: list[Deed] = []

    def adapter(self) -> StagedAdapter:
        return StagedAdapter(self._folder, self._port, self)

    async def opened(self, page: StagedAdapter) -> None:
        self.page = page
        while self._waiting:
            await self._does(self._waiting.pop(0))

    async def says(self, text: str) -> None:
        await self._does(lambda line: _done(line.ask("post", text=text)))

    async def follows(self, payload: str) -> None:
        # The page has no addresses of its own: a link is a command there.
        await self.says(f"/start {payload}")

    async def sends_photo(self, data: bytes, caption: str = "", album: str | None = None) -> None:
        await self.sends_file(FileKind.PHOTO, data, caption)

    async def sends_file(self, kind: FileKind, data: bytes, caption: str = "") -> None:
        name, media = _FILES[kind]

        async def deed(line: Line) -> None:
            file = await line.upload(data)
            await _done(line.ask("attach", file=file, name=name, media=media, caption=caption))

        await self._does(deed)

    async def edits(self, text: str) -> None:
        async def deed(line: Line) -> None:
            own = [bubble["number"] for bubble in line.chats[CONTRIBUTOR] if bubble["sender"] == CONTRIBUTOR]
            await _done(line.ask("edit", message=own[-1], text=text))

        await self._does(deed)

    async def taps(self, label: str) -> None:
        async def deed(line: Line) -> None:
            for bubble in reversed(line.chats[CONTRIBUTOR]):
                labels = [button["label"] for row in bubble["buttons"] for button in row]
                if label in labels:
                    await _done(line.ask("tap", message=bubble["number"], button=labels.index(label)))
                    return
            raise AssertionError("there is no such button")

        await self._does(deed)

    async def blocks(self) -> None:
        raise NotImplementedError

    async def joins_room(self) -> None:
        raise NotImplementedError

    async def leaves_room(self) -> None:
        raise NotImplementedError

    async def sees(self) -> list[Sight]:
        assert self.page is not None, "the page is closed"
        async with line_to(self.page.link) as line:
            return [await _sight(line, bubble) for bubble in line.chats[CONTRIBUTOR]]

    async def _does(self, deed: Deed) -> None:
        if self.page is None:
            self._waiting.append(deed)
            return
        async with line_to(self.page.link) as line:
            await deed(line)


async def _done(answer: Awaitable[bool]) -> None:
    assert await answer, "the page refused"


async def _sight(line: Line, bubble: dict[str, Any]) -> Sight:
    file = bubble["file"]
    return Sight(
        text="".join(run["text"] for run in bubble["runs"]),
        from_bot=bubble["sender"] is None,
        buttons=tuple(tuple(button["label"] for button in row) for row in bubble["buttons"]),
        kind=FileKind(file["kind"]) if file is not None else None,
        file=await line.file(file["id"]) if file is not None else None,
    )


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[LocalStage]:
    with held_port() as port:
        yield LocalStage(folder, port)
