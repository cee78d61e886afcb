"""`keys rotate`: a fresh key-encryption key (KEK), every wrap moved under it, the older ones destroyed.

    1  the ring gets KEK n                                   ring file, on the disk before anything uses it
    2  settings.kek = n                                      one transaction that holds the row
    3  wraps under older KEKs become wraps under n, 500 at a time
    4  settings.kek is held, and not one wrap is under an older KEK   (else 3 again)
    5  the older KEKs are destroyed                          ring file

Killed between any two of these, the next run adds another KEK and moves everything there: nothing needs a memory of
how far the last run came. Two runs at once end the same way, because each moves wraps to the number that stands in
`settings`, which only grows, and destroys only what it has counted.

Why no wrap is ever left under a destroyed KEK:

* Whoever wraps reads settings.kek in the transaction that inserts the wrap (`Keys.in_force`). On PostgreSQL it reads
  FOR SHARE, so the row can't change until that transaction has ended; on SQLite it holds the one writer's place.
* Step 2 therefore waits for every transaction that has read an older number; whoever comes later reads n.
* Step 4 takes the same row FOR UPDATE: at that moment no transaction that wraps is under way. Its next statement
  (READ COMMITTED: with a snapshot of its own, taken after the lock) counts what all of them have committed. The
  count being zero, and every later wrap being under n or more, no wrap under an older KEK exists or can appear.
* So step 5 needs no lock, and destroys exactly the numbers that step 4 has counted.
* Restoring a back-up brings old wraps back: it brings its ring with it, and runs only into an empty place.

Shredding goes on meanwhile. A wrap is only ever updated where it still stands under the KEK it was read with, never
inserted: what is shredded stays shredded. Rows that a writer holds are passed over (SKIP LOCKED) and met again in the
next round, so rotation waits for nobody while it holds wraps, and can't be part of a deadlock.

A wrap that does not open stops step 5: its KEK may be needed to mend it, and the people who run this must know. Wraps
under a number that the ring does not hold any more are shredded already, and are left alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select, update

from storage.errors import KeyMissing, Unreadable
from storage.ids import KeyId
from storage.keys import KEK_IN_FORCE
from storage.line import Urgency
from storage.store import Store, Transaction
from storage.tables import settings, wraps
from storage.vault import Holder, KekNumber, unwrap, wrap

BATCH = 500
_PAUSE = 0.02
"""seconds, before rows that others hold are tried again"""

_hold_kek = select(settings.c.value).where(settings.c.name == KEK_IN_FORCE).with_for_update()
_set_kek = update(settings).where(settings.c.name == KEK_IN_FORCE).values(value=bindparam("number"))
_due = (wraps.c.holder == Holder.RING) & wraps.c.kek.in_(bindparam("older", expanding=True))
_sound = wraps.c.key_id.not_in(bindparam("damaged", expanding=True))
_count = select(func.count(), func.count().filter(_sound)).select_from(wraps).where(_due)
_some = (
    select(wraps.c.key_id, wraps.c.kek, wraps.c.wrap)
    .where(_due, _sound)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_move = (
    update(wraps)
    .where(wraps.c.key_id == bindparam("id"), wraps.c.holder == Holder.RING, wraps.c.kek == bindparam("old"))
    .values(kek=bindparam("new"), wrap=bindparam("fresh"))
)


@dataclass(kw_only=True)
class _Progress:
    tell: Callable[[int, int], None]
    total: int
    done: int = 0
    damaged: list[KeyId] = field(default_factory=list)


async def rotate(store: Store, on_progress: Callable[[int, int], None]) -> KekNumber:
    """Returns the new key's number; `on_progress(done, total)` counts re-wrapped keys. Runs beside the service.

    Raises Unreadable when wraps do not open: all others are moved, and no key is destroyed.
    """
    fresh = store.keys.ring.add_key()
    await _put_in_force(store, fresh)
    progress = _Progress(tell=on_progress, total=await _left(store))
    progress.tell(0, progress.total)
    while (empty := await _nothing_under(store, progress)) is None:
        if not await _move_some(store, progress):
            await asyncio.sleep(_PAUSE)
    for number in empty:
        with suppress(KeyMissing):  # a second run was here first
            store.keys.ring.destroy(number)
    return fresh


async def _put_in_force(store: Store, number: KekNumber) -> None:
    async with store.write() as tx:
        held = int((await tx.work.connection.execute(_hold_kek)).scalar_one())
        if held < number:  # a second run may have gone further
            await tx.work.connection.execute(_set_kek, {"number": str(number).encode()})


async def _left(store: Store) -> int:
    async with store.read() as tx:
        found = {"older": await _older(tx), "damaged": []}
        return int((await tx.work.connection.execute(_count, found)).scalar_one())


async def _move_some(store: Store, progress: _Progress) -> int:
    """One batch; returns how many rows it could take hold of."""
    async with store.write(Urgency.BOOKS) as tx:
        connection, ring = tx.work.connection, store.keys.ring
        number = await store.keys.in_force(connection)  # first: it may wait, and holds no wrap yet
        found = {"older": await _older(tx), "damaged": progress.damaged, "most": BATCH}
        rows = (await connection.execute(_some, found)).all()
        moved = []
        for row in rows:
            try:
                key = unwrap(ring, row.wrap, row.key_id, Holder.RING)
            except (KeyMissing, Unreadable):
                progress.damaged.append(KeyId(row.key_id))
                continue
            blob = wrap(number, ring.get(number), row.key_id, Holder.RING, key)
            moved.append({"id": row.key_id, "old": row.kek, "new": number, "fresh": blob})
        if moved:
            await connection.execute(_move, moved)
    progress.done += len(moved)
    progress.total = max(progress.total, progress.done)
    progress.tell(progress.done, progress.total)
    return len(rows)


async def _nothing_under(store: Store, progress: _Progress) -> Sequence[KekNumber] | None:
    """Step 4: the older KEKs, once nothing is under them. Raises Unreadable when only what does not open is.

    These and no others may be destroyed: by then a second run may have put a newer KEK in force, and this one's wraps
    are not yet moved.
    """
    async with store.write(Urgency.BOOKS) as tx:
        await tx.work.connection.execute(_hold_kek)
        older = await _older(tx)
        found = {"older": older, "damaged": progress.damaged}
        left, sound = (await tx.work.connection.execute(_count, found)).one()
    if left and not sound:
        raise Unreadable(
            f"{left} of the wrapped keys do not open, so no older key was destroyed; all others were moved. "
            "Restore the database and its ring from one back-up, or find out who altered them."
        )
    return None if left else older


async def _older(tx: Transaction) -> Sequence[KekNumber]:
    """The ring's numbers below the one in force."""
    ring = tx.work.keys.ring
    number = await tx.work.keys.in_force(tx.work.connection)
    ring.refresh_if_changed()
    return [key.number for key in ring.keys if key.number < number]
