"""A Synapse for the benchmarks: who enters it, and what can be seen on it from above."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Self

import aiohttp

from tests.bench.matrix_device import MEGOLM, Json
from tests.homeserver.synapse import Synapse

_OFTEN = 0.05
_PASSWORD = "a person's password"


class Server:
    def __init__(self, synapse: Synapse, web: aiohttp.ClientSession) -> None:
        self.url = synapse.url
        self._synapse = synapse
        self._web = web

    @classmethod
    @asynccontextmanager
    async def running(cls, folder: Path) -> AsyncIterator[Self]:
        """On the core of the process that asks for it."""
        synapse = Synapse(folder)
        try:
            await synapse.start()
            async with aiohttp.ClientSession(synapse.url) as web:
                yield cls(synapse, web)
        finally:
            synapse.end()

    async def enter(self, name: str) -> Json:
        """A new user's `user_id`, `access_token` and `device_id`."""
        user = await self._synapse.register(name, _PASSWORD)
        return await self._log_in(user, _PASSWORD)

    async def new_bot(self, name: str, password: str) -> tuple[str, str]:
        """Its user id, and an encrypted room where it is alone; nobody is logged in."""
        user = await self._synapse.register(name, password)
        headers = {"Authorization": f"Bearer {(await self._log_in(user, password))['access_token']}"}
        encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}
        room = await self._post("createRoom", {"preset": "private_chat", "initial_state": [encryption]}, headers)
        await self._post("logout", {}, headers)
        return user, str(room["room_id"])

    def messages_of(self, user: str) -> int:
        """Encrypted ones, in all rooms. Read from Synapse's own table, so that nobody has to wait in a thousand."""
        database = self._synapse.folder / "homeserver.db"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as reading:
            asked = "SELECT count(*) FROM events WHERE sender = ? AND type = 'm.room.encrypted'"
            return int(reading.execute(asked, (user,)).fetchone()[0])

    async def has_messages(self, user: str, wanted: int) -> None:
        while self.messages_of(user) < wanted:  # noqa: ASYNC110 - another process's rows make no sound here
            await asyncio.sleep(_OFTEN)

    async def _log_in(self, user: str, password: str) -> Json:
        login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": password}
        logged_in: Json = await self._post("login", login, {})
        return logged_in

    async def _post(self, path: str, body: Json, headers: dict[str, str]) -> Any:
        """Raises RuntimeError with the server's complaint."""
        async with self._web.post(f"/_matrix/client/v3/{path}", json=body, headers=headers) as answer:
            found = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {found}")
            return found
