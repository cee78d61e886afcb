"""A newsroom with very many readers, as joining would have made them, put into its store in bulk."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import insert, text

from bot.platforms.names import TELEGRAM
from bot.rooms import BOT
from storage.address import Account, Address
from storage.codec import encode
from storage.ids import ID_BYTES, SubscriberId
from storage.opening import open_store
from storage.private import Private
from storage.store import Store, Transaction
from storage.subscriber import Wishes
from storage.tables import subscribers
from storage.vault import Column, KeyFile, Purpose, create_root_key, load_root_key, seal

LANGUAGE = "en"
_A_COMMIT, _A_STATEMENT = 200_000, 2_000
_BODY = Column("subscribers", "body")


@asynccontextmanager
async def newsroom_at(folder: Path, database: str | None = None) -> AsyncIterator[Store]:
    """The store that the service opens that is started in this folder; made when it is missing."""
    place = folder / "keys" / "newsroom" / "root.key"
    root = load_root_key(KeyFile(path=place)) if place.exists() else create_root_key(place)
    store = await open_store(
        root=root, ring=place.with_name("ring"), data=folder / "data" / "newsroom", database=database
    )
    try:
        yield store
    finally:
        await store.close()


async def put_readers(store: Store, first: int, count: int, language: str = LANGUAGE) -> None:
    """Telegram's people from `first` on. Raises RuntimeError unless they are found afterwards."""
    # In the order of their random ids: SQLite writes them one behind the other, and everything below is as ever.
    rows = sorted(SubscriberId(secrets.token_bytes(ID_BYTES)) for _ in range(count))
    for start in range(0, count, _A_COMMIT):
        async with store.write() as tx:
            if tx.work.is_sqlite:
                await tx.work.connection.execute(text("PRAGMA cache_size=-1000000"))
            for place in range(start, min(start + _A_COMMIT, count), _A_STATEMENT):
                await _put(tx, rows[place : place + _A_STATEMENT], first + place, language)
    async with store.write() as tx:
        await tx.work.connection.execute(text("ANALYZE"))
        last = Account(platform=TELEGRAM, person=Private(str(first + count - 1)))
        if await tx.subscribers.find(last) is None:
            raise RuntimeError("the readers that were put there do not open")


async def _put(tx: Transaction, rows: Sequence[SubscriberId], first: int, language: str) -> None:
    keys = await tx.work.keys.new_many(tx.work.connection, len(rows))
    made = []
    for person, (row, (key_id, key)) in enumerate(zip(rows, keys, strict=True), first):
        body = {"chat": Address(platform=TELEGRAM, bot=BOT, chat=Private(str(person))), "wishes": Wishes()}
        made.append(
            {
                "id": row,
                "account": tx.work.names.account(Purpose.SUBSCRIBER, TELEGRAM, str(person)),
                "language": language,
                "generation": 0,
                "digest_due": None,
                "key_id": key_id,
                "body": seal(key, _BODY, row, 0, encode(body)),
            }
        )
    await tx.work.connection.execute(insert(subscribers), made)
