"""nio's client, whose every request writes changed keys first: nothing leaves before what it depends on is on the disk.

What nio does otherwise, and the answer here:

* It keeps keys in a SQLite file of its own, with ids in plain. `SealedStore` collects changes; every request writes
  them first, and is not made when they can't be written.
* It retries 429s and time-outs without end. Here each is tried once: whoever sends decides what comes next.
* It generates one-time keys, uploads them, and saves them afterwards. Here before.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from nio import AsyncClient, AsyncClientConfig, KeysUploadError, KeysUploadResponse

from bot.platforms.matrix.errors import away
from bot.platforms.matrix.keeping.crypto_rows import write
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.login import Login
from bot.platforms.matrix.keeping.machine import Machine
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.transport import Transport
from storage.store import Store, Transaction

_CONFIG = AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0)


class RequestingClient(AsyncClient):
    """nio's own requests stay usable: they return the homeserver's errors (`errors.checked` raises for them), and raise
    PlatformAway when there was no answer.
    """

    def __init__(self, settings: MatrixSettings, login: Login, sealed: SealedStore, database: Store) -> None:
        super().__init__(settings.homeserver, login.user_id, login.device_id, config=_CONFIG)
        self.settings = settings
        self.user_id = login.user_id
        self.access_token = login.token.reveal()
        self.sealed = sealed
        self.store = sealed
        self.machine = Machine(login, sealed)
        self.olm = self.machine
        self.encrypted_rooms = sealed.load_encrypted_rooms()
        self._database = database
        self._transport = Transport(settings.homeserver, login.token)

    async def flush(self) -> None:
        """Writes what changed, in a transaction of its own. Every request does it first."""
        if self.sealed.is_changed:
            async with self._database.write() as tx:
                await self.write(tx)

    async def write(self, tx: Transaction) -> None:
        """Writes what changed inside another transaction: a sync's, with its inbox rows and its cursor."""
        await write(tx, self.sealed)

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        body: object | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - it also ends the reading of the body, as aiohttp's does
    ) -> dict[str, Any]:
        """One JSON request below /_matrix/client; path like "v3/rooms/{room}/…" with its parts already quoted.

        timeout: seconds for all of it; `settings.read_seconds` when not told.
        Raises MatrixRefused; MatrixSlow for 429; PlatformAway for all that a new try may mend; PlatformDenied when our
        token counts no more; StorageError when changed keys can't be written: then nothing was sent.
        """
        await self.flush()
        seconds = timeout or self.settings.read_seconds
        return await self._transport.json(method, f"/_matrix/client/{path}", query=query, body=body, seconds=seconds)

    @asynccontextmanager
    async def exchange(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        headers: Mapping[str, str] = {},
        data: bytes | AsyncIterator[bytes] | None = None,
        seconds: float,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Any other request below the homeserver's root (uploads, downloads); its body is read inside the block.

        `seconds`: for all of it, the reading too. Flushes and raises as `call` does.
        """
        await self.flush()
        async with self._transport.exchange(
            method, path, query=query, headers=headers, data=data, seconds=seconds
        ) as answer:
            yield answer

    async def send(
        self,
        method: str,
        path: str,
        data: Any = None,
        headers: dict[str, str] | None = None,
        trace_context: Any | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - nio's
    ) -> aiohttp.ClientResponse:
        """Where all of nio's own requests pass."""
        await self.flush()
        seconds = timeout or self.settings.read_seconds
        return await self._transport.request(method, path, query={}, headers=headers or {}, data=data, seconds=seconds)

    async def _send(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._send(*args, **kwargs)
        except (aiohttp.ClientError, TimeoutError):
            raise away() from None

    async def keys_upload(self) -> KeysUploadResponse | KeysUploadError:
        self.sealed.save_account(self.machine.account)  # noted now, pickled when the request flushes
        uploaded: KeysUploadResponse | KeysUploadError = await super().keys_upload()
        return uploaded

    async def close(self) -> None:
        await self._transport.close()
