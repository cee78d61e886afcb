"""Slow work that must not be forgotten: downloads, photos, sweeping. A worker leases a job; a crash gives it back."""

from __future__ import annotations

import logging
from collections.abc import Collection

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from storage.errors import VaultError
from storage.ids import KeyId, RowId, new_id
from storage.quarantine import ASIDE
from storage.tables import jobs
from storage.vault import Column, open_sealed, seal
from storage.work import Work

LEASE_SECONDS = 120
MOST_ATTEMPTS = 6
_BODY = Column("jobs", "body")

log = logging.getLogger(__name__)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    id: RowId
    kind: str
    attempts: int
    key_id: KeyId
    body: bytes

    def __repr__(self) -> str:
        return f"Job({self.kind}, {self.id.hex()}, attempt {self.attempts + 1})"


class Jobs:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(self, kind: str, body: bytes, *, run_at: int = 0) -> RowId:
        row = RowId(new_id())
        key_id, key = await self._work.keys.new(self._work.connection)
        await self._work.connection.execute(
            insert(jobs),
            {
                "id": row,
                "kind": kind,
                "run_at": run_at,
                "lease_until": 0,
                "attempts": 0,
                "key_id": key_id,
                "body": seal(key, _BODY, row, 0, body),
            },
        )
        return row

    async def lease(self, besides: Collection[str] = ()) -> Job | None:
        """The job that has waited longest, ours for LEASE_SECONDS; its attempt counts from now on. Those of the kinds
        `besides` go on waiting."""
        work = self._work
        first = (
            select(jobs.c.id)
            .where(jobs.c.run_at <= work.now, jobs.c.lease_until <= work.now, jobs.c.kind.not_in(besides))
            .order_by(jobs.c.run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row_id = (await work.connection.execute(first)).scalar()
        if row_id is None:
            return None
        row = (
            await work.connection.execute(
                update(jobs)
                .where(jobs.c.id == row_id)
                .values(lease_until=work.now + LEASE_SECONDS, attempts=jobs.c.attempts + 1)
                .returning(jobs)
            )
        ).one()
        try:
            key = await work.keys.get(work.connection, KeyId(row.key_id))
            body = open_sealed(key, _BODY, row.id, 0, row.body)
        except VaultError as error:
            log.error("a job that can't be read is set aside: %s", type(error).__name__)
            await work.connection.execute(update(jobs).where(jobs.c.id == row_id).values(run_at=ASIDE))
            return None
        return Job(id=RowId(row.id), kind=row.kind, attempts=row.attempts - 1, key_id=KeyId(row.key_id), body=body)

    async def extend(self, job: Job) -> bool:
        """Ours for another LEASE_SECONDS. False: it has ended, or its lease ran out and somebody else has begun it."""
        held = await self._work.connection.execute(
            update(jobs).where(*_ours(job)).values(lease_until=self._work.now + LEASE_SECONDS)
        )
        return held.rowcount == 1

    async def finish(self, job: Job) -> bool:
        """False when somebody else finished it: its lease had run out."""
        gone = await self._work.connection.execute(delete(jobs).where(jobs.c.id == job.id))
        await self._work.keys.shred(self._work.connection, [job.key_id])
        return gone.rowcount == 1

    async def take_up_again(self) -> None:
        """At a start: what was set aside gets another try, perhaps with the right ring."""
        await self._work.connection.execute(update(jobs).where(jobs.c.run_at == ASIDE).values(run_at=0, lease_until=0))

    async def release_everybody(self) -> None:
        """At the start of a service that is alone: what a killed one had begun begins anew at once."""
        await self._work.connection.execute(update(jobs).where(jobs.c.lease_until > 0).values(lease_until=0))

    async def postpone(self, job: Job, run_at: int) -> None:
        """Nothing happens when somebody else has begun it, because its lease ran out."""
        await self._work.connection.execute(update(jobs).where(*_ours(job)).values(run_at=run_at, lease_until=0))

    async def give_back(self, job: Job, run_at: int) -> None:
        """Another worker is to do it: this was no attempt."""
        await self._work.connection.execute(
            update(jobs).where(*_ours(job)).values(run_at=run_at, lease_until=0, attempts=job.attempts)
        )

    async def count(self) -> int:
        return int((await self._work.connection.execute(select(func.count()).select_from(jobs))).scalar_one())


def _ours(job: Job) -> tuple[ColumnElement[bool], ...]:
    """Each lease counts an attempt, so the count says whose it is."""
    return jobs.c.id == job.id, jobs.c.attempts == job.attempts + 1
