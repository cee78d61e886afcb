"""Newsrooms with readers to broadcast to, and what a broadcast to them takes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.store import Store
from tests.bench.news import begin
from tests.bench.processes import Child
from tests.bench.readers import newsroom_at, put_readers
from tests.bench.room import Room
from tests.databases import Server

PER_SECOND, PAID_PER_SECOND = 30, 1000
"""What Telegram takes."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    per_second: float
    """messages that Telegram accepted"""
    cpu: float
    """milliseconds of the process for each of them"""


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """Its readers are there; nothing runs yet."""

    token: str
    folder: Path
    database: str | None

    def store(self) -> AbstractAsyncContextManager[Store]:
        return newsroom_at(self.folder, self.database)

    async def broadcast(self) -> None:
        """To all readers."""
        async with self.store() as store:
            await begin(store)


async def furnished(room: Room, readers: int, *, paid: bool, database: str | None = None) -> Newsroom:
    token = await room.token()
    folder = room.configured(token, room.fresh(), database, paid=paid)
    newsroom = Newsroom(token=token, folder=folder, database=database)
    first = (await room.ask("crowd", token=token, people=readers))["first"]
    async with newsroom.store() as store:
        await put_readers(store, first, readers)
    return newsroom


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """The URL of an empty database with PostgreSQL's own fsync; its server shares everybody else's cores."""
    server = Server()
    try:
        await server.run("CREATE DATABASE bench")
        yield server.url("bench")
    finally:
        server.stop()


async def rate(room: Room, child: Child, token: str, *, before: int, messages: int) -> Rate:
    """Of the `messages` that follow the next `before`. To be asked before they are sent."""
    sent = (await room.ask("tally", token=token))["accepted"]
    began = (await child.outlives(room.ask("accepted", token=token, count=sent + before)))["at"]
    cpu = child.cpu_seconds()
    ended = (await child.outlives(room.ask("accepted", token=token, count=sent + before + messages)))["at"]
    cpu = child.cpu_seconds() - cpu
    return Rate(per_second=messages / (ended - began), cpu=1000 * cpu / messages)
