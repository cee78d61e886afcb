"""JSON posted to one address thousands of times: connections that are kept, with a request on each at a time.

aiohttp would be a good part of what a broadcast costs: it makes a dozen objects for each request, and looks for
cookies, redirects, proxies and compressions that the Bot API does not have.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections import deque
from typing import cast
from urllib.parse import unquote, urlsplit

from httptools import HttpParserError, HttpResponseParser
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.platforms.telegram.errors import NotSent
from bot.platforms.telegram.transport import CONNECT_SECONDS

_KEPT_SECONDS = 15.0
"""A connection that was idle for longer may be dead without our knowing, and what is sent on it would be in doubt."""
_WATCH_SECONDS = 1.0
"""So much later than it says may a limit be noticed."""
_LARGEST_ANSWER = 1024 * 1024
_EYEBALLS_SECONDS = 0.25


class Wires:
    """There are as many connections as posts at once."""

    def __init__(self, base_url: str, answer_seconds: float) -> None:
        """base_url: of the methods, https or http, with the token in it
        answer_seconds: how long an answer may take before it is in doubt what became of the request
        """
        parts = urlsplit(base_url)
        self._host = parts.hostname or ""
        self._is_secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._is_secure else 80)
        self._path = parts.path
        self._headers = _headers(parts.netloc)
        self._answer_seconds = answer_seconds
        self._tls: ssl.SSLContext | None = None
        self._free: deque[_Wire] = deque()
        self._asked: dict[_Wire, float] = {}
        """when: in the order of asking"""
        self._watching: asyncio.TimerHandle | None = None

    async def post(self, method: str, body: bytes) -> tuple[int, bytes]:
        """The code and the body of the answer. Raises NotSent, and NetworkError when it may have arrived."""
        wire = self._kept() or await self._opened()
        head = f"POST {self._path}/{method} HTTP/1.1\r\n{self._headers}Content-Length: {len(body)}\r\n\r\n"
        self._asked[wire] = asyncio.get_running_loop().time()
        if self._watching is None:
            self._watch()
        try:
            answer = await wire.ask(head.encode() + body)
        finally:
            del self._asked[wire]
        if wire.is_open:
            self._free.append(wire)
        return answer

    def close(self) -> None:
        """Those that nobody uses."""
        while self._free:
            self._free.pop().close()
        if self._watching is not None and not self._asked:
            self._watching.cancel()
            self._watching = None

    def _kept(self) -> _Wire | None:
        """The one that was used last, so that those that are not needed any more grow old."""
        self._drop_old()
        while self._free:
            wire = self._free.pop()
            if wire.is_open:
                return wire
        return None

    def _drop_old(self) -> None:
        latest = asyncio.get_running_loop().time() - _KEPT_SECONDS
        while self._free and (self._free[0].used_at <= latest or not self._free[0].is_open):
            self._free.popleft().close()

    def _watch(self) -> None:
        """One timer for all: with thousands of requests a second, one for each would cost as much as sending it."""
        loop = asyncio.get_running_loop()
        self._drop_old()
        latest = loop.time() - self._answer_seconds
        for wire in [wire for wire, asked in self._asked.items() if asked <= latest]:
            wire.expire()
        again = self._free or self._asked
        self._watching = loop.call_later(min(_WATCH_SECONDS, self._answer_seconds), self._watch) if again else None

    async def _opened(self) -> _Wire:
        if self._is_secure and self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        problem = ""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, wire = await asyncio.get_running_loop().create_connection(
                    _Wire, self._host, self._port, ssl=self._tls, happy_eyeballs_delay=_EYEBALLS_SECONDS
                )
                return wire
        except (OSError, UnicodeError) as error:  # TimeoutError and ssl.SSLError are OSErrors
            problem = type(error).__name__
        raise NotSent(problem)


class _Wire(asyncio.Protocol):
    """One connection. Whoever does not wait for the end of an answer closes it: nobody must get another's."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = HttpResponseParser(self)
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._code = 0
        self._body = bytearray()
        self.used_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        if self._transport is None or self._transport.is_closing():
            raise NotSent("The connection was lost")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[tuple[int, bytes]] = loop.create_future()
        self._answer = answer
        self._transport.write(request)
        try:
            return await answer
        except asyncio.CancelledError:
            self.close()
            raise
        finally:
            self.used_at = loop.time()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def expire(self) -> None:
        self._fail(TimedOut("TimeoutError"))

    def _fail(self, error: TelegramError) -> None:
        self.close()
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(error)

    # ── asyncio calls these, and the parser those below ──────────────────────────────────────────────────────────
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._fail(NetworkError(type(error).__name__))
        if len(self._body) > _LARGEST_ANSWER:
            self._fail(NetworkError("An answer that is too large"))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._code >= 400:  # a refusal whose end was the connection's
            self._done(self._code)
        self._fail(NetworkError("The connection was lost"))

    def on_message_begin(self) -> None:
        if self._answer is None:  # nobody has asked, and its rest would be taken for the next answer
            self.close()

    def on_headers_complete(self) -> None:
        self._code = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        code, self._code = self._code, 0
        if code >= 200:  # below, the answer itself follows
            self._done(code)
            if not self._parser.should_keep_alive():
                self.close()

    def _done(self, code: int) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result((code, bytes(self._body)))
        self._body.clear()


def _headers(authority: str) -> str:
    userinfo, _, host = authority.rpartition("@")
    lines = [f"Host: {host}", "Content-Type: application/json"]
    if userinfo:
        lines.append(f"Authorization: Basic {b64encode(unquote(userinfo).encode()).decode()}")
    return "".join(f"{line}\r\n" for line in lines)
