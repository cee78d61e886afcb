"""Timers and jobs: what happens at a time, and what takes long. Both are rows, both survive a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

from bot.bell import Bell
from bot.delivery.post import Post
from bot.errors import NotHere, PlatformAway
from bot.flows.conversation import load
from bot.flows.keeping import DRAFT_TIMER
from bot.flows.program import Program
from bot.flows.turn import Turn
from bot.intake import happen
from bot.lease import held
from bot.platforms.base import Adapter
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from bot.types import Expired, File
from storage.clock import DAY, HOUR, MINUTE, coarse
from storage.errors import Conflict, DatabaseBusy, DiskFull
from storage.ids import ChatHash
from storage.jobs import LEASE_SECONDS, MOST_ATTEMPTS, Job
from storage.line import Urgency
from storage.store import Store, Transaction
from storage.timers import Timer

log = logging.getLogger(__name__)

JOBS_AT_ONCE = 3
EXTEND_SECONDS = LEASE_SECONDS / 3
_IDLE_SECONDS = 5.0
_RETRY_SECONDS = (2, 10, 60, 300, 1800)
"""How long a failed job waits before its second attempt, its third, …; the last as long as its platform is away."""
_GIVEN_BACK_SECONDS = 2
"""So long a job waits that only another worker can do: whoever leases it next may be that one."""
_TIMERS_A_ROUND = 100


class Workshop:
    """What jobs may use (`flows.program.Tools`)."""

    def __init__(self, store: Store, adapters: Mapping[str, Adapter], texts: Texts, post: Post, rooms: Rooms) -> None:
        self.store = store
        self._adapters = adapters
        self._texts = texts
        self._post = post
        self._rooms = rooms

    def turn(self, tx: Transaction) -> Turn:
        return Turn(tx=tx, texts=self._texts, post=self._post, rooms=self._rooms, who=None)

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        return self.store.write(Urgency.BOOKS)

    def download(self, platform: str, file: File) -> AsyncIterator[bytes]:
        return self._adapters[platform].download(file)


class Clockwork:
    def __init__(
        self,
        store: Store,
        program: Program,
        workshop: Workshop,
        *,
        on_arrival: Callable[[], None],
    ) -> None:
        self._store = store
        self._program = program
        self._workshop = workshop
        self._on_arrival = on_arrival
        self._one_is_at_work = False
        """at a job of those that are done one by one, or looking for one"""
        self.bell = Bell()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._loop(self.ring_timers))
            for _ in range(JOBS_AT_ONCE):
                tasks.create_task(self._loop(self.work))

    async def _loop(self, step: Callable[[], Awaitable[bool]]) -> None:
        while True:
            try:
                busy = await step()
            except (DatabaseBusy, DiskFull) as error:
                log.error("timers and jobs wait: %s", error)
                busy = False
            if not busy:
                await self.bell.wait(_IDLE_SECONDS)

    # ── timers ───────────────────────────────────────────────────────────────────────────────────────────────────
    async def ring_timers(self) -> bool:
        """Runs the timers that are due, each in its own transaction. False: none was, or all met turns."""
        async with self._store.read() as tx:
            due = await tx.timers.due(_TIMERS_A_ROUND)
        met = 0
        for timer in due:
            try:
                await self._ring(timer)
            except (DatabaseBusy, DiskFull):
                raise
            except Conflict:
                met += 1
                log.info("timer %s met somebody's turn and rings again", timer.kind)
            except Exception as error:
                log.error("timer %s failed: %s; again in an hour", timer.kind, type(error).__name__)
                async with self._store.write() as tx:
                    await tx.timers.set(timer.kind, timer.subject, tx.now + HOUR)
        return met < len(due)

    async def _ring(self, timer: Timer) -> None:
        async with self._store.write() as tx:
            if not await tx.timers.take(timer):
                return
            if timer.kind == DRAFT_TIMER:
                await self._expire(tx, ChatHash(timer.subject))
            elif timer.kind in self._program.timers:
                await self._program.timers[timer.kind](self._workshop.turn(tx), timer.subject)
            else:
                log.error("a timer of an unknown kind was dropped: %s", timer.kind)

    async def _expire(self, tx: Transaction, chat: ChatHash) -> None:
        """The engine decides in the chat's own lane, after whatever the person has just sent."""
        _, conversation = await load(tx, chat)
        if conversation is None or conversation.expires is None:
            return
        if conversation.expires > tx.now:
            await tx.timers.set(DRAFT_TIMER, chat, coarse(conversation.expires + MINUTE))
            return
        await happen(tx, conversation.chat, conversation.person, Expired())
        tx.work.on_commit.append(self._on_arrival)

    # ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────
    async def work(self) -> bool:
        """Leases one job and does it. False when none was due."""
        job = await self._next()
        if job is None:
            return False
        try:
            await self._do(job)
        finally:
            if job.kind in self._program.one_by_one:
                self._one_is_at_work = False
        return True

    async def _next(self) -> Job | None:
        is_at_work, job = self._one_is_at_work, None
        self._one_is_at_work = True  # two may look in the same moment
        try:
            async with self._store.write() as tx:
                job = await tx.jobs.lease(self._program.one_by_one if is_at_work else ())
            return job
        finally:
            if not is_at_work:
                self._one_is_at_work = job is not None and job.kind in self._program.one_by_one

    async def _do(self, job: Job) -> None:
        try:
            async with held(self._store, lambda tx: tx.jobs.extend(job), every=EXTEND_SECONDS, what="a job"):
                closing = await self._program.jobs[job.kind](self._workshop, job.body)
            async with self._store.write() as tx:
                if await tx.jobs.finish(job) and closing is not None:
                    await closing(tx)
                tx.work.on_commit.append(self._on_arrival)
        except NotHere:
            async with self._store.write() as tx:
                await tx.jobs.give_back(job, tx.now + _GIVEN_BACK_SECONDS)
        except (DatabaseBusy, DiskFull):
            raise
        except Exception as error:
            await self._failed(job, error)

    async def _failed(self, job: Job, error: Exception) -> None:
        away = isinstance(error, PlatformAway)
        log.error("job %s failed, attempt %d: %s", job.kind, job.attempts + 1, type(error).__name__)
        async with self._store.write() as tx:
            if job.attempts + 1 < MOST_ATTEMPTS or away:
                wait = _RETRY_SECONDS[min(job.attempts, len(_RETRY_SECONDS) - 1)]
                await tx.jobs.postpone(job, tx.now + wait)
                return
            log.error("job %s is put aside for a day after %d attempts", job.kind, job.attempts + 1)
            await tx.jobs.postpone(job, tx.now + DAY)
