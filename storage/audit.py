"""The audit trail: who did what to which story on which day, so that nobody can undo it unseen.

It is written with what it records, or not at all. What checks it: `audit_check.py`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from storage.audit_chain import (
    ENDS,
    START,
    Actor,
    Ends,
    Flaw,
    Link,
    Note,
    SubjectId,
    Walk,
    open_ends,
    open_note,
    seal_ends,
    seal_note,
)
from storage.errors import VaultError
from storage.ids import ID_BYTES, EditorId, KeyId
from storage.story import Story
from storage.tables import audit, settings
from storage.vault import DataKey, derive
from storage.work import Work

PRUNE = "prune_audit"
PRUNED_AT_ONCE = 500
_ACTION = re.compile(r"[a-z_]{1,32}")

log = logging.getLogger(__name__)

_hold = select(settings.c.value).where(settings.c.name == ENDS).with_for_update()
_put_ends = update(settings).where(settings.c.name == ENDS).values(value=bindparam("ends"))
_insert = insert(audit)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the trail."""

    seq: int
    day: date
    note: Note | None
    """None: it does not open"""


class Audit:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._waiting: list[Note] = []

    async def note(self, action: str, *, actor: EditorId | Actor, story: Story | None = None) -> None:
        """Becomes an entry when the transaction commits: only then is the trail held, for a moment, as the last lock.

        `action`: up to 32 small letters and underscores, from the caller's vocabulary, never anybody's words; else
        ValueError. A story is named before it is shredded: afterwards this raises Unreadable or KeyMissing.
        """
        if not _ACTION.fullmatch(action):
            raise ValueError("an action of the audit trail has up to 32 small letters and underscores")
        subject = None if story is None else await self.subject(story)
        if not self._waiting:
            self._work.before_commit.append(self._write)
        editor = None if isinstance(actor, Actor) else actor
        kind = actor if isinstance(actor, Actor) else Actor.EDITOR
        self._waiting.append(Note(action=str(action), actor=kind, editor=editor, subject=subject))

    async def subject(self, story: Story) -> SubjectId:
        """The story's name in the trail, for as long as it can be read. Raises Unreadable or KeyMissing."""
        if story.details.cold is not None:
            return SubjectId(story.details.cold.subject)
        key = await self._work.keys.get(self._work.connection, story.key_id)
        return SubjectId(derive(key, "audit/subject")[:ID_BYTES])

    async def days(self) -> tuple[date, date] | None:
        """Of the oldest and of the newest entry; None when there is none."""
        found = select(func.min(audit.c.day), func.max(audit.c.day))
        oldest, newest = (await self._work.connection.execute(found)).one()
        return None if oldest is None else (oldest, newest)

    async def last(self, count: int) -> list[Entry]:
        """At most so many, the oldest first. They may have been tampered with: `verify` tells."""
        found = select(audit).order_by(audit.c.seq.desc()).limit(count)
        entries = []
        for row in reversed((await self._work.connection.execute(found)).all()):
            try:
                key = await self._work.keys.get(self._work.connection, KeyId(row.key_id))
                note = open_note(key, row.seq, row.body)
            except VaultError:
                note = None
            entries.append(Entry(seq=row.seq, day=row.day, note=note))
        return entries

    async def prune(self, before: date) -> int | Flaw:
        """Removes what is older than that day: the oldest entries, at most 500, as far as they are whole, and their
        days' keys. Returns how many; a Flaw, and nothing is removed, where they are not whole.

        A checkpoint in the trail says up to where. The first entry that is not older ends it, also where the clock
        once went wrong and older ones follow.
        """
        if await self.days() is None:
            return 0  # there are no ends yet either
        connection, ends = self._work.connection, await self._ends()
        oldest = select(audit).order_by(audit.c.seq).limit(PRUNED_AT_ONCE)
        walk, keys = Walk(self._work.chain, self._work.keys, connection, ends), set()
        for row in (await connection.execute(oldest)).all():
            if row.day >= min(before, self._work.today):
                break
            if flaw := await walk.step(row):
                return flaw
            keys.add(KeyId(row.key_id))
        if walk.here == ends.start:
            return 0
        await connection.execute(delete(audit).where(audit.c.seq <= walk.here.seq))
        kept = select(audit.c.key_id).where(audit.c.key_id.in_(keys)).distinct()
        keys -= set((await connection.execute(kept)).scalars())
        await self._work.keys.shred(connection, list(keys))
        checkpoint = Note(action=PRUNE, actor=Actor.SYSTEM, pruned=walk.here)
        await self._append(msgspec.structs.replace(ends, start=walk.here), [checkpoint])
        return walk.here.seq - ends.start.seq

    async def _write(self) -> None:
        await self._append(await self._ends(), self._waiting)

    async def _append(self, ends: Ends, notes: Sequence[Note]) -> None:
        connection, today = self._work.connection, self._work.today
        key_id, key = await self._key_of_today(ends)
        last, rows = ends.last, []
        for note in notes:
            seq = last.seq + 1
            body = seal_note(key, seq, note)
            last = Link(seq=seq, mac=self._work.chain.link(last.mac, seq, today, key_id, body))
            rows.append({"seq": seq, "day": today, "key_id": key_id, "body": body, "mac": last.mac})
        await connection.execute(_insert, rows)
        ends = msgspec.structs.replace(ends, last=last, key_id=key_id, day=today)
        await connection.execute(_put_ends, {"ends": seal_ends(self._work.chain, ends)})

    async def _key_of_today(self, ends: Ends) -> tuple[KeyId, DataKey]:
        """A key of each day's own: what is pruned can't be read in an old back-up either."""
        connection = self._work.connection
        if ends.key_id is not None and ends.day == self._work.today:
            try:
                return ends.key_id, await self._work.keys.get(connection, ends.key_id)
            except VaultError as error:
                log.error("the audit trail goes on under another key: %s", type(error).__name__)
        return await self._work.keys.new(connection)

    async def _ends(self) -> Ends:
        """Held until the transaction ends, so that two workers never write the same number.

        Where they were tampered with, the trail goes on and people can work, but it is never again whole.
        """
        connection = self._work.connection
        value = (await connection.execute(_hold)).scalar()
        if value is None:
            await connection.execute(self._work.insert_new(settings), {"name": ENDS, "value": b""})
            value = (await connection.execute(_hold)).scalar_one()
        ends = open_ends(self._work.chain, value)
        if ends is not None:
            return ends
        newest = (await connection.execute(select(func.max(audit.c.seq)))).scalar()
        if newest is None and not value:
            return Ends()
        log.error("the audit trail's ends were removed or altered: `tamizdat audit verify` shows from where on")
        return Ends(last=Link(seq=newest or 1, mac=START.mac))
