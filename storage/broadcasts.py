"""What is sent to many: begun, found, paused and ended, and how far each has come. Who does it, and when, is in
`shards.py`.

A broadcast begins as one row. A worker counts its audience and cuts it into shards; with the last shard it is finished.
A correction, or a withdrawal, is a broadcast too: over the copies of another one (`over`), not over the subscribers.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import bindparam, func, select, update

from storage.audience import Audience
from storage.broadcast import OUTDATED, Broadcast, Progress, State, opened
from storage.codec import encode
from storage.counts import NAMES, Counts, counts_of, summed
from storage.generations import next_generation, present_generation
from storage.ids import BroadcastId, new_id
from storage.tables import broadcasts, shards
from storage.work import Work

_OPEN = (State.RUNNING, State.PAUSED)

_one = select(broadcasts).where(broadcasts.c.id == bindparam("of"))
_to_be_looked_at = (
    select(broadcasts)
    .where(
        (broadcasts.c.state == State.RUNNING)
        | (broadcasts.c.state == State.CANCELLED) & broadcasts.c.id.in_(select(shards.c.broadcast))
    )
    .order_by(broadcasts.c.since, broadcasts.c.id)
)


class Broadcasts:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(
        self,
        kind: str,
        subject: bytes,
        audience: Audience | None = None,
        *,
        over: BroadcastId | None = None,
        once: str | None = None,
    ) -> BroadcastId | None:
        """Fixes who gets it: whoever has subscribed by now; over another: whoever has a copy of that.

        What was begun over the same copies before is cancelled: the last one counts.
        once: the name of what is done once, whoever does it. None is returned when it was done already.
        """
        work = self._work
        if over is not None:
            outdated = update(broadcasts).where(broadcasts.c.origin == over, broadcasts.c.state.in_(_OPEN))
            await work.connection.execute(outdated.values(state=State.CANCELLED, why=OUTDATED))
        row = BroadcastId(new_id())
        is_by_the_clock = (
            audience is not None and audience.due is not None
        )  # its number would tell when somebody joined
        is_as_ever = over is not None or is_by_the_clock
        generation = await (present_generation(work) if is_as_ever else next_generation(work))
        made = await work.connection.execute(
            work.insert_new(broadcasts).returning(broadcasts.c.id),
            {
                "id": row,
                "kind": kind,
                "subject": subject,
                "once": None if once is None else sha256(once.encode()).digest(),
                "audience": encode(audience or Audience()),
                "origin": over,
                "generation": generation,
                "state": State.RUNNING,
                "why": "",
                "day": work.today,
                "total": None,
                "since": work.now,
                "handled_before": 0,
                **dict.fromkeys(NAMES.values(), 0),
            },
        )
        return None if made.scalar() is None else row

    async def find(self, broadcast: BroadcastId) -> Broadcast | None:
        row = (await self._work.connection.execute(_one, {"of": broadcast})).one_or_none()
        return None if row is None else opened(row)

    async def of(self, kind: str, subject: bytes) -> list[Broadcast]:
        """All of this kind and subject, the newest first."""
        found = select(broadcasts).where(broadcasts.c.subject == subject, broadcasts.c.kind == kind)
        rows = await self._work.connection.execute(found.order_by(broadcasts.c.since.desc(), broadcasts.c.id))
        return [opened(row) for row in rows.all()]

    async def newest(self, kind: str, subjects: Collection[bytes]) -> list[BroadcastId]:
        """Of each of these subjects that there is one of; the order means nothing."""
        found = select(broadcasts.c.subject, broadcasts.c.id).where(
            broadcasts.c.subject.in_(subjects), broadcasts.c.kind == kind
        )
        rows = await self._work.connection.execute(found.order_by(broadcasts.c.since))
        return list({row.subject: BroadcastId(row.id) for row in rows}.values())

    async def changes(self, broadcast: BroadcastId) -> int:
        """How many have been begun over its copies."""
        counted = select(func.count()).where(broadcasts.c.origin == broadcast)
        return int((await self._work.connection.execute(counted)).scalar_one())

    async def open(self) -> list[Broadcast]:
        """What a worker has to look at: whatever runs, and what was cancelled and is not counted up yet."""
        return [opened(row) for row in (await self._work.connection.execute(_to_be_looked_at)).all()]

    async def progress(self, broadcast: Broadcast) -> Progress:
        kept = (
            await self._work.connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast.id))
        ).one_or_none()
        under_way = (
            await self._work.connection.execute(select(*summed(shards)).where(shards.c.broadcast == broadcast.id))
        ).one()
        at_the_end, now = counts_of(kept), counts_of(under_way)
        counts = now if now.all else at_the_end
        total = max(broadcast.total or 0, counts.all)  # a correction that was paused meets copies that came meanwhile
        return Progress(total=total, counts=counts, per_second=self._rate(broadcast, counts))

    async def pause(self, broadcast: BroadcastId, why: str) -> bool:
        """False: it does not run."""
        return await self._change(broadcast, (State.RUNNING,), state=State.PAUSED, why=why)

    async def resume(self, broadcast: BroadcastId) -> bool:
        """False: it is not paused."""
        found = await self.find(broadcast)
        if found is None:
            return False
        handled = (await self.progress(found)).counts.all
        return await self._change(
            broadcast,
            (State.PAUSED,),
            state=State.RUNNING,
            why="",
            since=self._work.now,
            handled_before=handled,
        )

    async def cancel(self, broadcast: BroadcastId, why: str = "") -> bool:
        """What is on its way arrives; nobody else gets it. False: it had ended."""
        return await self._change(broadcast, _OPEN, state=State.CANCELLED, why=why)

    async def _change(self, broadcast: BroadcastId, was: tuple[State, ...], **values: object) -> bool:
        changed = await self._work.connection.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.state.in_(was)).values(**values)
        )
        return changed.rowcount == 1

    def _rate(self, broadcast: Broadcast, counts: Counts) -> float | None:
        """Since it began or went on: a pause is no slowness."""
        seconds, handled = self._work.now - broadcast.since, counts.all - broadcast.handled_before
        return handled / seconds if broadcast.state is State.RUNNING and seconds > 0 and handled > 0 else None
