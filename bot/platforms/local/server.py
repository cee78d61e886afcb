"""The page's server on 127.0.0.1: its few files, uploads, and the WebSocket."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.errors import ConfigError, FileTooLarge
from bot.platforms.local.connection import Connections
from bot.platforms.local.guard import Guard, add_headers
from bot.platforms.local.uploads import LARGEST, Uploads
from bot.platforms.local.world import World
from storage.errors import DiskFull
from storage.ids import BlobId
from storage.vault import DataKey

_STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_PIECE: Final = 64 * 1024


class LocalServer:
    def __init__(self, world: World, uploads: Uploads, connections: Connections, key: DataKey, port: int) -> None:
        self._world = world
        self._uploads = uploads
        self._connections = connections
        self._key = key
        self._port = port
        self._guard: Guard | None = None
        self._runner: web.AppRunner | None = None

    @property
    def link(self) -> str:
        """Where the page is, with the key that lets one in; known once the server is started."""
        if self._guard is None:
            raise RuntimeError("the page's server is not started")
        return self._guard.link

    async def start(self) -> None:
        """Raises ConfigError when the port is taken."""
        try:
            listening = socket.create_server(("127.0.0.1", self._port))
        except OSError:
            raise ConfigError(
                f"Port {self._port} of 127.0.0.1 is taken by another program: stop that one, then start again."
            ) from None
        self._guard = Guard(self._key, listening.getsockname()[1])
        app = web.Application(middlewares=[self._guard.middleware])
        app.on_response_prepare.append(add_headers)
        app.router.add_get("/", _static(_STATIC / "index.html"))
        for path in _STATIC.iterdir():
            app.router.add_get(f"/{path.name}", _static(path))
        app.router.add_get("/socket", self._connections.serve)
        app.router.add_post("/files", self._upload)
        app.router.add_get("/files/{file:[0-9a-f]{32}}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        await self._connections.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _upload(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
        try:
            blob, size = await self._uploads.save(request.content.iter_chunked(_PIECE))
        except FileTooLarge:
            raise web.HTTPRequestEntityTooLarge(LARGEST, LARGEST + 1) from None
        except DiskFull:
            raise web.HTTPInsufficientStorage from None
        self._uploads.offer(blob, size)
        return web.json_response({"file": blob.hex()})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        blob = BlobId(bytes.fromhex(request.match_info["file"]))
        attachment = self._world.attachments().get(blob)
        if attachment is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(
            headers={
                "Content-Type": attachment.media,
                "Content-Disposition": "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            }
        )
        await response.prepare(request)
        async for piece in self._uploads.open(blob):
            await response.write(piece)
        return response


def _static(path: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    body = path.read_bytes()

    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=_TYPES[path.suffix], charset="utf-8")

    return handler
