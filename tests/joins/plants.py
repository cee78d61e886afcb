"""Weaknesses, each planted in the real tables or files of a newsroom that has none: an attack that does not find them
would find nothing.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import Column, LargeBinary, MetaData, Table, insert, select, update
from sqlalchemy.schema import CreateTable

from storage.connection import Connection
from storage.tables import accounts, blobs, lanes, routes, stories, subscribers
from tests.joins.newsroom import FIRST, READING, SECOND, BusyNewsroom

Plant = Callable[[Connection, BusyNewsroom], Awaitable[None]]


def key_of(busy: BusyNewsroom, person: str, table: Table, doing: str) -> object:
    """Of the one row of this person in a table, or of the one that came with that doing."""
    (key,) = {
        key[0]
        for (name, key), (owner, did) in busy.owners.items()
        if name == table.name and owner == person and did == doing
    }
    return key


def contributor(busy: BusyNewsroom, person: str) -> object:
    """Whichever story came first, the list came with it."""
    return key_of(busy, person, accounts, FIRST)


async def one_hash_for_two_purposes(connection: Connection, busy: BusyNewsroom) -> None:
    for person in busy.came:
        reader = subscribers.c.id == key_of(busy, person, subscribers, READING)
        await connection.execute(update(subscribers).where(reader).values(account=contributor(busy, person)))


async def one_key_for_two_stories(connection: Connection, busy: BusyNewsroom) -> None:
    for person in busy.came:
        first, second = (routes.c.story == key_of(busy, person, routes, doing) for doing in (FIRST, SECOND))
        key = (await connection.execute(select(routes.c.key_id).where(first))).scalar_one()
        await connection.execute(update(routes).where(second).values(key_id=key))


async def rows_in_the_order_of_coming(connection: Connection, busy: BusyNewsroom) -> None:
    """As tables with row numbers, or without the night's work, have them."""
    for name, keys in (
        ("came_accounts", [contributor(busy, person) for person in busy.came]),
        ("came_stories", [key_of(busy, person, stories, SECOND) for person in busy.came]),
    ):
        table = Table(name, MetaData(), Column("id", LargeBinary))
        await connection.execute(CreateTable(table))
        for key in keys:
            await connection.execute(insert(table), {"id": key})


async def seconds(connection: Connection, busy: BusyNewsroom) -> None:
    for second, person in enumerate(busy.came):
        reader = subscribers.c.id == key_of(busy, person, subscribers, READING)
        await connection.execute(update(subscribers).where(reader).values(generation=1_000_000 + 1201 * second))
        for late, doing in enumerate((FIRST, SECOND)):
            story = stories.c.id == key_of(busy, person, stories, doing)
            await connection.execute(update(stories).where(story).values(revision=1_000_100 + 1201 * second + late))


async def sizes_as_they_are(connection: Connection, busy: BusyNewsroom) -> None:
    """Not padded: both rows hold the person's address, which is long or short."""
    for person in busy.came:
        long = len(person) * 7 + sum(map(ord, person)) % 60
        reader = subscribers.c.id == key_of(busy, person, subscribers, READING)
        await connection.execute(update(subscribers).where(reader).values(body=bytes(100 + long)))
        told = accounts.c.account == contributor(busy, person)
        await connection.execute(update(accounts).where(told).values(body=bytes(60 + long)))


async def one_key_for_two_days(connection: Connection, _busy: BusyNewsroom) -> None:
    days = sorted(set((await connection.execute(select(lanes.c.day))).scalars()))
    assert len(days) == 2, "somebody has written after midnight"
    names = [
        (await connection.execute(select(lanes.c.lane).where(lanes.c.day == day))).scalars().first() for day in days
    ]
    for name in names:
        await connection.execute(update(lanes).where(lanes.c.lane == name).values(key_id=b"k" * 16))


def file_times(files: Path, busy: BusyNewsroom) -> None:
    for second, person in enumerate(busy.came):
        for doing in (FIRST, SECOND):
            name = key_of(busy, person, blobs, doing)
            assert isinstance(name, bytes)
            os.utime(files / f"{name.hex()}.blob", (1_000_000 + 1201 * second,) * 2)
