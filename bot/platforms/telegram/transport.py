"""Requests to the Bot API over aiohttp: ten times what python-telegram-bot's own httpx transport sends in a second.

The address of every request holds the token, and aiohttp writes addresses into its errors. So no error of aiohttp
leaves this module, neither as text nor as cause or context of another.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, cast

import aiohttp
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.platforms.base import SLOWEST_LINE
from bot.platforms.telegram.errors import NotSent, ServerFault
from bot.platforms.telegram.failures import check_refusal, decoded, meaning_of
from bot.platforms.telegram.upload import Form
from bot.platforms.upload import Upload

CONNECT_SECONDS = 10.0
CHUNK = 64 * 1024


class AiohttpRequest(BaseRequest):
    """One pool of connections. Polling has one of its own, so that sending never waits for it.

    read_seconds: how long the platform may be silent after a request was sent.
    """

    def __init__(self, *, read_seconds: float, connections: int) -> None:
        self._read_seconds = read_seconds
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            # The Bot API sets no cookies, and looking for them costs something with every request.
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The code and the body of an answer of the Bot API. Raises TelegramError; `errors.py` has the kinds."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        result: tuple[int, bytes] | TelegramError
        try:
            body, size = _body(request_data)
            timeout = _timeout(seconds, total=CONNECT_SECONDS + seconds + 1 + size / SLOWEST_LINE)
            async with self._open.request(method, url, timeout=timeout, allow_redirects=False, **body) as response:
                result = (response.status, await response.read())
        except Exception as problem:
            result = meaning_of(problem)
        code, payload = _raised(result)
        if code >= 300:
            check_refusal(code, payload)
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class does, without logging what can't be read."""
        answer = decoded(payload, dict[str, Any])
        if answer is None or (answer.get("ok") and "result" not in answer):
            raise ServerFault("An answer that is not the Bot API's")
        return answer

    async def stream(self, url: str) -> AsyncIterator[bytes]:
        """The body of a file, piece by piece. Raises ServerFault, BadRequest (any 4xx) or another NetworkError."""
        problem: TelegramError | None = None
        try:
            async with self._open.get(url, timeout=_timeout(self._read_seconds), allow_redirects=False) as response:
                if response.status == 200:
                    async for piece in response.content.iter_chunked(CHUNK):
                        yield piece
                elif 400 <= response.status < 500 and response.status != 429:
                    problem = BadRequest(f"No file, code {response.status}")
                else:
                    problem = ServerFault(f"No file, code {response.status}")
        except Exception as error:
            problem = meaning_of(error)
        if problem is not None:
            raise problem

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise NotSent("The adapter is not started")
        return self._session


def _timeout(read: float, total: float | None = None) -> aiohttp.ClientTimeout:
    # `connect` covers the wait for a free connection too. Reading is timed from one piece to the next, and only after
    # the request has left: an upload that gets stuck ends by `total`.
    return aiohttp.ClientTimeout(total=total, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=read)


def _body(request_data: RequestData | None) -> tuple[dict[str, Any], int]:
    """What the request is made of, and how many bytes that is."""
    if request_data is None:
        return {}, 0
    if not request_data.contains_files:
        data = json.dumps(request_data.parameters, ensure_ascii=False).encode()
        return {"data": data, "headers": {"Content-Type": "application/json"}}, len(data)
    form = Form(request_data.json_parameters, cast("dict[str, tuple[str, Upload, str]]", request_data.multipart_data))
    # With its length given, aiohttp sends the pieces as they come, without a chunk's frame around each.
    headers = {"Content-Type": form.content_type, "Content-Length": str(form.size)}
    return {"data": form.pieces(), "headers": headers}, form.size


def _raised(result: tuple[int, bytes] | TelegramError) -> tuple[int, bytes]:
    if isinstance(result, TelegramError):
        raise result
    return result
