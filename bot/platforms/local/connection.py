"""The conversation with the open pages over their WebSockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from bot.platforms.local import protocol
from bot.platforms.local.acts import ActRefused, Acts
from bot.platforms.local.kinds import sorted_out
from bot.platforms.local.uploads import Uploads
from bot.platforms.local.world import Attachment, Gone, Message, World
from storage.ids import BlobId
from storage.private import Private

_LARGEST_FRAME: Final = 1024 * 1024
"""bytes; the longest text that `Acts.post` takes fits"""
_Answers = asyncio.Queue[protocol.ToPage]

_from_page = msgspec.json.Decoder(protocol.FromPage)
_to_page = msgspec.json.Encoder()


class Connections:
    def __init__(self, world: World, uploads: Uploads, acts: Acts, restart: Callable[[], None]) -> None:
        self._world = world
        self._uploads = uploads
        self._acts = acts
        self._restart = restart
        self._pages: set[web.WebSocketResponse] = set()

    async def close(self) -> None:
        for page in list(self._pages):
            await page.close(code=WSCloseCode.SERVICE_RESTART)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One page, until it goes."""
        page = web.WebSocketResponse(heartbeat=20, max_msg_size=_LARGEST_FRAME, compress=False)
        await page.prepare(request)
        answers: _Answers = asyncio.Queue()
        answers.put_nowait(protocol.welcome(self._world.messages()))

        def changed(change: Message | Gone) -> None:
            answers.put_nowait(protocol.gone(change) if isinstance(change, Gone) else protocol.bubble(change))

        self._world.listen(changed)
        self._pages.add(page)
        writing = asyncio.create_task(_write(page, answers))
        try:
            async for frame in page:
                if frame.type is not WSMsgType.TEXT or not await self._take(frame.data, answers):
                    await page.close(code=WSCloseCode.POLICY_VIOLATION)
        finally:
            self._world.unlisten(changed)
            self._pages.discard(page)
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        return page

    async def _take(self, data: str, answers: _Answers) -> bool:
        """Whether that was a request at all."""
        try:
            request = _from_page.decode(data)
        except msgspec.DecodeError:
            return False
        if isinstance(request, protocol.Restart):
            told = _to_page.encode(protocol.Restarting()).decode()
            await asyncio.gather(*(page.send_str(told) for page in self._pages), return_exceptions=True)
            self._restart()
            return True
        if not self._world.has_done(request.id):
            try:
                await self._do(request)
            except ActRefused:
                answers.put_nowait(protocol.Refused(id=request.id))
                return True
        answers.put_nowait(protocol.Done(id=request.id))
        return True

    async def _do(self, request: protocol.Request) -> None:
        act = request.act()
        match request:
            case protocol.Post(text=text):
                self._acts.post(act, text)
            case protocol.Attach(caption=caption):
                self._acts.attach(act, self._attachment(request), caption)
            case protocol.Tap(message=message, button=button):
                self._acts.tap(act, message, button)
            case protocol.Edit(message=message, text=text):
                self._acts.edit(act, message, text)
            case protocol.Erase(message=message):
                held = self._acts.erase(act, message).attachment
                if held is not None:
                    await self._uploads.remove(held.blob)

    def _attachment(self, request: protocol.Attach) -> Attachment:
        try:
            blob = BlobId(bytes.fromhex(request.file))
            size = self._uploads.claim(blob)
        except (ValueError, KeyError):
            raise ActRefused from None
        kind, media = sorted_out(request.media)
        return Attachment(kind=kind, blob=blob, name=Private(request.name), size=size, media=media)


async def _write(page: web.WebSocketResponse, answers: _Answers) -> None:
    with suppress(ConnectionError):
        while True:
            await page.send_str(_to_page.encode(await answers.get()).decode())
