"""HTTP to one homeserver: every request and answer of ours passes here, and fails in our words only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.platforms.matrix.errors import away, failure
from storage.private import Private

_CONNECTIONS = 32
"""at once; a sync holds one of them open"""


class Transport:
    """Made inside the loop it is used in. `token`: None before the first log-in."""

    def __init__(self, homeserver: str, token: Private[str] | None) -> None:
        self._homeserver = homeserver.rstrip("/")
        self._token = token
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self, method: str, path: str, *, query: Mapping[str, str], headers: Mapping[str, str], data: Any, seconds: float
    ) -> aiohttp.ClientResponse:
        """The answer, whatever its status, its body still to be read. Raises what aiohttp raises."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_CONNECTIONS))
        if self._token is not None:
            headers = {**headers, "Authorization": f"Bearer {self._token.reveal()}"}
        return await self._session.request(
            method,
            self._homeserver + path,
            params=query or None,
            headers=headers,
            data=data,
            timeout=aiohttp.ClientTimeout(total=seconds),
        )

    @asynccontextmanager
    async def exchange(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        headers: Mapping[str, str] = {},
        data: Any = None,
        seconds: float,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """A good answer, whose body is read inside the block. Raises as `errors.py` says, never with an address."""
        try:
            async with await self.request(
                method, path, query=query, headers=headers, data=data, seconds=seconds
            ) as answer:
                if answer.status >= HTTPStatus.BAD_REQUEST:
                    raise failure(answer.status, _parsed(await answer.read()))
                yield answer
        except (aiohttp.ClientError, TimeoutError):
            raise away() from None

    async def json(
        self, method: str, path: str, *, query: Mapping[str, str], body: object | None, seconds: float
    ) -> dict[str, Any]:
        """One JSON request and its answer, an object."""
        headers = {} if body is None else {"Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        async with self.exchange(method, path, query=query, headers=headers, data=data, seconds=seconds) as answer:
            found = _parsed(await answer.read())
        if not isinstance(found, dict):
            raise away()
        return found

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _parsed(body: bytes) -> object:
    """None when it is not JSON. Not with msgspec: that refuses lone surrogates, and with them a whole sync."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
