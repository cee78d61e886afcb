"""Timers and jobs: what must be done later, by exactly one, over restarts and crashes."""

from __future__ import annotations

from storage.jobs import LEASE_SECONDS, Job
from storage.store import Store
from tests.clock import Clock


async def test_a_timer_fires_once_at_its_time(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.timers.set("expire", b"draft", tx.now + 60)
        assert await tx.timers.due(10) == []
    clock.pass_(minutes=1)
    async with store.write() as tx:
        (timer,) = await tx.timers.due(10)
        assert await tx.timers.take(timer)
        assert not await tx.timers.take(timer)
        assert await tx.timers.due(10) == []


async def test_a_timer_that_was_moved_can_t_be_taken_at_its_old_time(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.timers.set("expire", b"draft", tx.now)
        (timer,) = await tx.timers.due(10)
        await tx.timers.set("expire", b"draft", tx.now + 60)
        assert not await tx.timers.take(timer)
        await tx.timers.set("remind", b"draft", tx.now)
        await tx.timers.cancel("expire", b"draft")
    clock.pass_(minutes=1)
    async with store.read() as tx:
        assert [left.kind for left in await tx.timers.due(10)] == ["remind"]


async def test_all_timers_of_what_is_no_more_end_together(store: Store) -> None:
    async with store.write() as tx:
        await tx.timers.set("expire", b"draft", tx.now)
        await tx.timers.set("remind", b"draft", tx.now)
        await tx.timers.set("remind", b"another", tx.now)
        await tx.timers.cancel_all(b"draft")
        assert [left.subject for left in await tx.timers.due(10)] == [b"another"]


async def lease(store: Store) -> Job | None:
    async with store.write() as tx:
        return await tx.jobs.lease()


async def test_a_job_is_done_by_one_worker(store: Store) -> None:
    async with store.write() as tx:
        await tx.jobs.add("photo", b"which one")
    job = await lease(store)
    assert job is not None
    assert (job.kind, job.body, job.attempts) == ("photo", b"which one", 0)
    assert await lease(store) is None
    async with store.write() as tx:
        assert await tx.jobs.finish(job)
        assert not await tx.jobs.finish(job)
        assert await tx.jobs.count() == 0


async def test_a_job_that_takes_long_is_extended_as_long_as_nobody_else_has_begun_it(
    store: Store, clock: Clock
) -> None:
    async with store.write() as tx:
        await tx.jobs.add("video", b"which one")
    slow = await lease(store)
    assert slow is not None
    clock.pass_(seconds=LEASE_SECONDS - 1)
    async with store.write() as tx:
        assert await tx.jobs.extend(slow)
    clock.pass_(seconds=LEASE_SECONDS - 1)
    assert await lease(store) is None
    clock.pass_(seconds=1)
    other = await lease(store)
    assert other is not None
    async with store.write() as tx:
        assert not await tx.jobs.extend(slow)
        assert await tx.jobs.extend(other)
        assert await tx.jobs.finish(other)
        assert not await tx.jobs.extend(other)


async def test_a_crashed_worker_s_job_comes_back(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.jobs.add("photo", b"which one")
    await lease(store)
    clock.pass_(seconds=LEASE_SECONDS - 1)
    assert await lease(store) is None
    clock.pass_(seconds=1)
    again = await lease(store)
    assert again is not None
    assert again.attempts == 1


async def test_the_job_that_has_waited_longest_goes_first_and_a_later_one_waits(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.jobs.add("second", b"", run_at=tx.now - 5)
        await tx.jobs.add("first", b"", run_at=tx.now - 10)
        await tx.jobs.add("tomorrow", b"", run_at=tx.now + 10)
    order = []
    while job := await lease(store):
        order.append(job.kind)
        async with store.write() as tx:
            await tx.jobs.finish(job)
    assert order == ["first", "second"]
    clock.pass_(seconds=10)
    tomorrow = await lease(store)
    assert tomorrow is not None
    async with store.write() as tx:
        await tx.jobs.postpone(tomorrow, tx.now + 60)
    clock.pass_(seconds=59)
    assert await lease(store) is None
    clock.pass_(seconds=1)
    assert await lease(store) is not None


async def test_a_job_that_only_another_worker_can_do_is_given_back_and_counts_no_attempt(
    store: Store, clock: Clock
) -> None:
    async with store.write() as tx:
        await tx.jobs.add("photo", b"which one")
    job = await lease(store)
    assert job is not None
    async with store.write() as tx:
        await tx.jobs.give_back(job, tx.now + 2)
    assert await lease(store) is None
    clock.pass_(seconds=2)
    again = await lease(store)
    assert again is not None
    assert again.attempts == 0


async def test_who_was_too_slow_does_not_put_off_what_somebody_else_has_begun(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.jobs.add("photo", b"which one")
    slow = await lease(store)
    assert slow is not None
    clock.pass_(seconds=LEASE_SECONDS)
    other = await lease(store)
    assert other is not None
    async with store.write() as tx:
        await tx.jobs.postpone(slow, tx.now)
    assert await lease(store) is None
    async with store.write() as tx:
        assert await tx.jobs.extend(other)
