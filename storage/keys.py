"""Data keys and their wraps: `new`, `get`, `prefetch`, `shred`. A shredded key leaves nothing to open what it sealed.

The number of the key-encryption key in force stands in `settings`, not only in the ring file: whoever wraps reads it in
the same transaction (and on PostgreSQL holds it), so that no wrap can appear under a key that rotation is about to
destroy (`rotation.py`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256

from sqlalchemy import bindparam, delete, insert, select

from storage.connection import Connection
from storage.errors import KeyMissing, Unreadable, VaultError, WrongKey
from storage.ids import ID_BYTES, KeyId, new_id
from storage.tables import settings, wraps
from storage.vault import DataKey, Holder, KekNumber, KeyRing, unwrap, wrap

KEK_IN_FORCE = "kek"
_CACHED_KEYS = 4096
_OPENED_AT_ONCE = 20

_select_wrap = select(wraps.c.wrap).where(wraps.c.key_id == bindparam("id"), wraps.c.holder == Holder.RING)
_select_kek = select(settings.c.value).where(settings.c.name == KEK_IN_FORCE).with_for_update(read=True)
_select_wraps = select(wraps.c.key_id, wraps.c.wrap).where(
    wraps.c.key_id.in_(bindparam("ids", expanding=True)), wraps.c.holder == Holder.RING
)
_insert_wrap = insert(wraps)
_delete_wraps = delete(wraps).where(wraps.c.key_id == bindparam("id"))


class Keys:
    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        self._known: OrderedDict[KeyId, DataKey | None] = OrderedDict()  # None: shredded, never to be kept again

    async def new(self, connection: Connection) -> tuple[KeyId, DataKey]:
        """A fresh data key, wrapped for the ring."""
        [made] = await self.new_many(connection, 1)
        return made

    async def new_many(self, connection: Connection, count: int) -> list[tuple[KeyId, DataKey]]:
        """As many fresh data keys, in one statement."""
        made = [(KeyId(new_id()), DataKey.new()) for _ in range(count)]
        await self._add(connection, made)
        return made

    async def add(self, connection: Connection, key_id: KeyId, key: DataKey) -> None:
        """Wraps a key that was made before its transaction, because a file had to be sealed with it."""
        await self._add(connection, [(key_id, key)])

    async def get(self, connection: Connection, key_id: KeyId) -> DataKey:
        """Raises Unreadable or KeyMissing when the key was shredded."""
        known = self._known.get(key_id)
        if known is not None:
            self._known.move_to_end(key_id)
            return known
        blob = (await connection.execute(_select_wrap, {"id": key_id})).scalar()
        if blob is None:
            raise Unreadable("The key of this record was destroyed.")
        key = unwrap(self.ring, blob, key_id, Holder.RING)
        self._remember(key_id, key)
        return key

    async def prefetch(self, connection: Connection, key_ids: Sequence[KeyId]) -> None:
        """One statement for the keys of a whole list, at most a few hundred: each is then at hand for `get`.

        One that does not open is left to `get`, which says so.
        """
        missing = [key_id for key_id in key_ids if key_id not in self._known]
        if not missing:
            return
        for place, (key_id, blob) in enumerate((await connection.execute(_select_wraps, {"ids": missing})).all(), 1):
            if place % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)  # others must not wait for the whole list
            self.learn(KeyId(key_id), blob)

    def learn(self, key_id: KeyId, blob: bytes | None) -> None:
        """From its wrap, which the caller has read along with something else: it is then at hand for `get`.

        One that is gone, or does not open, is left to `get`, which says so.
        """
        if blob is not None and key_id not in self._known:
            with suppress(VaultError):
                self._remember(key_id, unwrap(self.ring, blob, key_id, Holder.RING))

    async def named(self, connection: Connection, name: str) -> DataKey:
        """A key that is found by what it is for; made when it is first asked for."""
        key_id = KeyId(sha256(name.encode()).digest()[:ID_BYTES])
        if (await connection.execute(_select_wrap, {"id": key_id})).scalar() is None:
            self._known.pop(key_id, None)  # of a transaction that was rolled back
            await self.add(connection, key_id, DataKey.new())
        return await self.get(connection, key_id)

    async def shred(self, connection: Connection, key_ids: Sequence[KeyId]) -> None:
        if not key_ids:
            return
        for key_id in key_ids:
            # A reader beside us still sees the wrap until the commit: what it reads must not stay in memory.
            self._known[key_id] = None
            self._known.move_to_end(key_id)
        while len(self._known) > _CACHED_KEYS:
            self._known.popitem(last=False)
        await connection.execute(_delete_wraps, [{"id": key_id} for key_id in key_ids])

    async def in_force(self, connection: Connection) -> KekNumber:
        """The number that this transaction's wraps take; it stays in force until the transaction ends."""
        value = (await connection.execute(_select_kek)).scalar()
        if value is None:
            raise KeyMissing("The database does not say which key of the ring is in force: open it with `open_store`.")
        return KekNumber(int(value))

    def forget(self) -> None:
        """Whatever is remembered: another process may have shredded it."""
        for key_id in [key_id for key_id, key in self._known.items() if key is not None]:
            del self._known[key_id]

    async def check(self, connection: Connection) -> None:
        """That the ring has what is in force. Raises WrongKey when another process works with a newer one."""
        try:
            self.ring.get(await self.in_force(connection))
        except KeyMissing:
            raise WrongKey(
                "The key ring here is older than the one that others on this database work with: all workers need one "
                "and the same folder of keys."
            ) from None

    async def _add(self, connection: Connection, fresh: Sequence[tuple[KeyId, DataKey]]) -> None:
        number = await self.in_force(connection)
        kek = self.ring.get(number)
        rows = [
            {
                "key_id": key_id,
                "holder": Holder.RING,
                "kek": number,
                "wrap": wrap(number, kek, key_id, Holder.RING, key),
            }
            for key_id, key in fresh
        ]
        await connection.execute(_insert_wrap, rows)
        for key_id, key in fresh:
            self._remember(key_id, key)

    def _remember(self, key_id: KeyId, key: DataKey) -> None:
        if self._known.setdefault(key_id, key) is None:
            return
        self._known.move_to_end(key_id)
        if len(self._known) > _CACHED_KEYS:
            self._known.popitem(last=False)
