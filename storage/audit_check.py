"""`verify`: whether the audit trail is whole, and the one that admins saw when its head was posted.

What each way of tampering is found by:

    altered, reordered, added in the middle    the macs, which nobody can make without the root key
    removed in the middle                      the numbers, which have no gaps
    cut off at the end                         the ends, kept apart and marked with a key
    begun later than it should                 the ends; with the root key in hand, the checkpoint that is not in it
    all of it put back to an older copy        a head that was posted since: without it nothing can tell
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Row, bindparam, select

from storage.audit_chain import ENDS, START, Ends, Flaw, Link, Walk, open_ends
from storage.store import Store
from storage.tables import audit, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_PAGE = 200
_BEFORE_ALL = -(2**63)
_CODE = re.compile(r"(\d{1,18})-?([A-Z2-7]{4})-?([A-Z2-7]{4})-?([A-Z2-7]{4})", re.ASCII)

_page = select(audit).where(audit.c.seq > bindparam("behind")).order_by(audit.c.seq).limit(_PAGE)
_any = select(audit.c.seq).limit(1)
_find_ends = select(settings.c.value).where(settings.c.name == ENDS)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry at some moment, short enough to be posted."""

    seq: int
    mark: str
    """60 bits of its mac: 12 letters and digits of base32"""

    @classmethod
    def of(cls, link: Link) -> Head:
        return cls(seq=link.seq, mark=base64.b32encode(link.mac).decode()[:12])

    @classmethod
    def read(cls, code: str) -> Head | None:
        """None for what is no such code. Case and the dashes between the letters don't matter."""
        found = _CODE.fullmatch(code.strip().upper())
        return None if found is None else cls(seq=int(found[1]), mark="".join(found.groups()[1:]))

    @property
    def code(self) -> str:
        """As `248-K7QX-M2PA-7RTE`."""
        return f"{self.seq}-{self.mark[:4]}-{self.mark[4:8]}-{self.mark[8:]}"


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    count: int
    """entries that are kept"""
    pruned: int
    """the number of the last one that was removed by rule; 0: none was"""
    head: Head | None
    """None: nothing was ever noted"""


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    """the number of the first entry that is not right; 0: it is not an entry"""
    why: Flaw


async def verify(
    store: Store,
    posted: Head | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Whole | Broken:
    """Reads all of it, of one moment, beside the service; `on_progress(done, total)` counts entries.

    `posted`: must be in it too; of one that was pruned since, nothing can be told any more.
    """
    async with store.database.snapshot() as connection:
        ends = await _ends(store, connection)
        if ends is None:
            return Broken(at=0, why=Flaw.ENDS)
        walk = Walk(store.chain, store.keys, connection, ends)
        if _is_another(walk.here, posted):
            return Broken(at=walk.here.seq, why=Flaw.POSTED)
        total = ends.last.seq - ends.start.seq
        on_progress(0, total)
        while rows := await _some(connection, walk.here, ends):
            for row in rows:
                flaw = await walk.step(row)
                if flaw is not None:
                    return Broken(at=walk.here.seq + 1 if flaw is Flaw.REMOVED else row.seq, why=flaw)
                if _is_another(walk.here, posted):
                    return Broken(at=row.seq, why=Flaw.POSTED)
            on_progress(walk.here.seq - ends.start.seq, total)
    if rows is None:
        return Broken(at=walk.here.seq + 1, why=Flaw.ALTERED)
    return _verdict(walk, ends, posted)


def _verdict(walk: Walk, ends: Ends, posted: Head | None) -> Whole | Broken:
    if walk.here.seq < ends.last.seq:
        return Broken(at=walk.here.seq + 1, why=Flaw.TRUNCATED)
    if walk.here != ends.last or walk.checkpoint != ends.start:
        return Broken(at=0, why=Flaw.ENDS)
    if posted is not None and posted.seq > ends.last.seq:
        return Broken(at=ends.last.seq + 1, why=Flaw.POSTED)
    head = None if ends.last == START else Head.of(ends.last)
    return Whole(count=ends.last.seq - ends.start.seq, pruned=ends.start.seq, head=head)


def _is_another(here: Link, posted: Head | None) -> bool:
    return posted is not None and posted.seq == here.seq and posted != Head.of(here)


async def _ends(store: Store, connection: AsyncConnection) -> Ends | None:
    """None when they were altered, or removed from a trail that has entries."""
    value = (await connection.execute(_find_ends)).scalar()
    if value is not None:
        return open_ends(store.chain, value)
    return Ends() if (await connection.execute(_any)).first() is None else None


async def _some(connection: AsyncConnection, here: Link, ends: Ends) -> Sequence[Row[Any]] | None:
    """None when a value is not even of the type that we write."""
    # What stands before the first entry doesn't belong there, and is found at the first page.
    behind = here.seq if here != ends.start else _BEFORE_ALL
    try:
        return (await connection.execute(_page, {"behind": behind})).all()
    except (TypeError, ValueError):
        return None
