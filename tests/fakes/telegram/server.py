"""The HTTP side: `/bot<token>/<method>`, `/file/bot<token>/<path>`, `/control/…`."""

from __future__ import annotations

import asyncio
from types import CoroutineType
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from . import control
from .call import Upload
from .errors import ApiError
from .faults import Fault
from .http import JSON, MAX_BODY, abort, number, read, refusal
from .ledger import Connection, Exchange
from .methods import METHODS
from .methods.service import EXTENSIONS
from .model import Json

if TYPE_CHECKING:
    from .fake import FakeTelegram
    from .robots import Bot

NAMES = {name.lower(): name for name in METHODS}
_HTML = {"Content-Type": "text/html"}
_encode = msgspec.json.encode


class _Listener(web.Server):
    """aiohttp's low-level server, which also says when a connection comes and goes."""

    def __init__(self, fake: FakeTelegram, handler: Any) -> None:
        super().__init__(handler, request_factory=_request, access_log=None)
        self._fake = fake
        self.by_protocol: dict[Any, Connection] = {}

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        connection = self.by_protocol[handler] = Connection()
        self._fake.ledger.opened(connection)

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        connection = self.by_protocol.pop(handler, None)
        if connection is not None:
            self._fake.ledger.lost(connection)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_BODY)


class HttpServer:
    def __init__(self, fake: FakeTelegram, port: int) -> None:
        self._fake = fake
        self._port = port
        self._runner: web.ServerRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        self._listener = _Listener(self._fake, self._handle)
        self._runner = web.ServerRunner(self._listener, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self._fake.ledger.close_all()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, name = path[4:].partition("/")
            bot = self._fake.bot_by_token(token)
            if bot is None:
                return refusal(ApiError(401, "Unauthorized"))
            if bot.account.logged_out:
                return refusal(ApiError(400, "Logged out"))
            method = NAMES.get(name.lower())
            if method is None:
                self._fake.violations.append(f"unknown method {name!r}")
                return refusal(ApiError(404, "Not Found: method not found"))
            return await self._serve(request, bot, method)
        if path.startswith("/file/bot"):
            return self._file(path)
        if path.startswith("/control/"):
            return await control.handle(self._fake, request)
        return refusal(ApiError(404, "Not Found"))

    async def _serve(self, request: web.BaseRequest, bot: Bot, method: str) -> web.StreamResponse:
        fake = self._fake
        connection = self._listener.by_protocol[request.protocol]
        exchange = fake.ledger.start(connection, method)
        faults = fake.faults
        if faults.is_closed or (faults.rules and faults.pick(method, None, early=True)):
            return abort(request)
        try:
            given, files = await read(request)
        except web.HTTPRequestEntityTooLarge:
            return refusal(ApiError(413, "Request Entity Too Large"))
        chat = number(given.get("chat_id"))
        exchange.chat = chat if chat is not None else given.get("chat_id")
        fault = faults.pick(method, chat) if faults.rules else None
        if fake.holds:
            await self._stop(method, "before_apply", chat, connection)
            if connection.closed.is_set():
                return abort(request)
        if fault is not None and not fault.applied:
            return await self._fail(request, connection, fault, b"")
        response = await self._apply(bot, method, given, files, exchange)
        if fake.holds:
            await self._stop(method, "after_apply", chat, connection)
        fake.world.changed()
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault is not None:
            return await self._fail(
                request, connection, fault, response.body if isinstance(response.body, bytes) else b""
            )
        if not connection.closed.is_set():
            await response.prepare(request)
            await response.write_eof()
            if request.transport is not None and not request.transport.is_closing():
                fake.ledger.answer(exchange)
        return response

    async def _apply(
        self, bot: Bot, method: str, given: Json, files: dict[str, Upload], exchange: Exchange
    ) -> web.Response:
        try:
            result = self._fake.call(bot, method, given, files)
            if isinstance(result, CoroutineType):
                result = await result
        except ApiError as reason:
            exchange.refused = True
            return refusal(reason)
        except NotImplementedError as gap:
            self._fake.violations.append(f"{method}: {gap}")
            return refusal(ApiError(501, f"Not Implemented: {gap}"))
        self._fake.ledger.apply(exchange)
        if isinstance(result, (dict, list)):
            sent = [result] if isinstance(result, dict) else result
            exchange.message_ids = [item["message_id"] for item in sent if "message_id" in item]
        return web.Response(body=_encode({"ok": True, "result": result}), headers=JSON)

    async def _stop(self, method: str, when: Any, chat: int | None, connection: Connection) -> None:
        for hold in self._fake.holds:
            if hold.matches(method, when, chat):
                await hold.stop_here(connection.closed)

    async def _fail(
        self, request: web.BaseRequest, connection: Connection, fault: Fault, body: bytes
    ) -> web.StreamResponse:
        if fault.kind == "error":
            parameters = {"retry_after": fault.retry_after} if fault.retry_after else {}
            return refusal(ApiError(fault.code, fault.text, **parameters))
        if fault.kind == "html":
            page = (
                f"<html>\r\n<head><title>{fault.code} Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
            )
            return web.Response(status=fault.code, text=page, headers=_HTML)
        if fault.kind == "silence":
            await connection.closed.wait()
        elif fault.cut == "mid_body" and request.transport is not None:
            broken = web.StreamResponse(headers=JSON | {"Content-Length": str(len(body))})
            await broken.prepare(request)
            await broken.write(body[: len(body) // 2])
            request.transport.close()
            return broken
        return abort(request)

    def _file(self, path: str) -> web.StreamResponse:
        token, _, rest = path.removeprefix("/file/bot").partition("/")
        if self._fake.bot_by_token(token) is None:
            return refusal(ApiError(401, "Unauthorized"))
        file = self._fake.world.files.get(rest.rpartition("/")[2].rpartition(".")[0])
        if file is None or file.data is None:
            return refusal(ApiError(404, "Not Found"))
        kind = "image/jpeg" if EXTENSIONS.get(file.kind) == "jpg" else "application/octet-stream"
        return web.Response(body=file.data, content_type=kind)
