"""A bad line to a homeserver: a proxy that passes requests on, and does wrong with some of them when told to."""

from __future__ import annotations

from collections import Counter
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

_KEPT = ("Authorization", "Content-Type")
_LARGEST = 60 * 1024**2


class Line:
    """Inside `async with`; `url` is what the bot has for its homeserver.

    Each `fault(path, …)` hits the next requests whose path holds that text, as often as told, before or instead of
    the server.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self.requests: Counter[str] = Counter()
        """by method and path, all that came, whatever became of them"""
        self._faults: list[_Wrong] = []

    def answers(self, path: str, status: int, body: str = "", *, times: int = 1) -> None:
        """It answers so itself, as a proxy in trouble does: the server hears nothing of it."""
        self._faults += [_Wrong(path, status=status, body=body)] * times

    def slows(self, path: str, milliseconds: int, *, times: int = 1) -> None:
        body = f'{{"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", "retry_after_ms": {milliseconds}}}'
        self.answers(path, 429, body, times=times)

    def cuts(self, path: str, *, times: int = 1) -> None:
        """The server does what was asked; its answer ends in the middle."""
        self._faults += [_Wrong(path, cut=True)] * times

    @property
    def left(self) -> int:
        """Faults that nobody has met yet."""
        return len(self._faults)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(auto_decompress=False)
        application = web.Application(client_max_size=_LARGEST)
        application.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        self.requests[f"{request.method} {request.path}"] += 1
        wrong = next((fault for fault in self._faults if fault.path in request.path), None)
        if wrong is not None:
            self._faults.remove(wrong)
            if not wrong.cut:
                return web.Response(status=wrong.status, text=wrong.body)
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        try:
            async with self._session.request(
                request.method, self.target + request.raw_path, headers=headers, data=await request.read()
            ) as answer:
                body = await answer.read()
                if wrong is not None:
                    return await _half(request, answer.status, body)
                kind = answer.headers.get("Content-Type", "application/json")
                return web.Response(status=answer.status, body=body, headers={"Content-Type": kind})
        except aiohttp.ClientError:
            return web.Response(status=502, text="<html>Bad gateway</html>")


class _Wrong:
    def __init__(self, path: str, *, status: int = 0, body: str = "", cut: bool = False) -> None:
        self.path = path
        self.status = status
        self.body = body
        self.cut = cut


async def _half(request: web.Request, status: int, body: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(status=status, headers={"Content-Length": str(len(body))})
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.abort()
    return answer
