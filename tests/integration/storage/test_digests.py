"""Whose digest is due, what waits in it, and that it is settled once."""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update

from storage import quarantine
from storage.audience import Audience
from storage.clock import DAY, HOUR
from storage.digests import Due
from storage.ids import StoryId, new_id
from storage.rhythm import Every, Rhythm
from storage.store import Store, Transaction
from storage.subscriber import Subscriber, Wishes
from storage.tables import subscribers
from tests.clock import Clock
from tests.integration.storage.people import account, chat

DAILY = Wishes(rhythm=Rhythm(every=Every.DAILY, hour=15, zone="UTC+1"))
"""Due at 14:00."""


async def reader(tx: Transaction, number: int = 1) -> Subscriber:
    found = await tx.subscribers.find(account(number))
    assert found is not None
    return found


async def test_they_are_found_when_they_are_due_by_language(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for number, language in enumerate(("ru", "ru", "de")):
            await tx.subscribers.join(account(number), chat(number), language, DAILY)
        await tx.subscribers.join(account(9), chat(9), "ru")
        assert await tx.digests.due() == []
    clock.pass_(hours=2)
    async with store.read() as tx:
        due = await tx.digests.due()
    slot = clock.now()
    assert sorted(due, key=lambda one: one.language) == [
        Due(language="de", slot=slot, readers=1),
        Due(language="ru", slot=slot, readers=2),
    ]


async def test_what_waits_goes_when_it_has_come_and_the_next_digest_is_due_tomorrow(store: Store, clock: Clock) -> None:
    first, second, third = (StoryId(new_id()) for _ in range(3))
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru", DAILY)
        who = (await reader(tx)).id
        for story in (first, second, second, third):
            await tx.digests.put_by(who, story)
    async with store.write() as tx:
        found = await reader(tx)
        assert (found.waiting, found.digest_due) == ((first, second, third), clock.now() + 2 * HOUR)
    clock.pass_(hours=2)
    async with store.write() as tx:
        slot = clock.now()
        await tx.digests.settle(who, slot, {first, second})
        await tx.digests.settle(who, slot, ())
        found = await reader(tx)
        assert (found.waiting, found.digest_due) == ((third,), slot + DAY)
        assert found.wishes == DAILY
    async with store.write() as tx:
        await tx.subscribers.leave(account())
        await tx.digests.put_by(who, first)
        assert await tx.subscribers.find(account()) is None


async def test_whoever_wants_all_at_once_has_no_digest_but_for_what_waits(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru")
        before = await reader(tx)
        await tx.digests.put_by(before.id, StoryId(new_id()))
        found = await reader(tx)
        await tx.digests.settle(before.id, clock.now() + HOUR // 4, found.waiting)
        assert (before.digest_due, found.digest_due) == (None, clock.now() + HOUR // 4)
        assert (await reader(tx)).digest_due is None


async def test_another_rhythm_has_another_time(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru", DAILY)
        await tx.subscribers.wish(account(), msgspec.structs.replace(DAILY, topics=("war",)))
        assert (await reader(tx)).digest_due == clock.now() + 2 * HOUR
        await tx.subscribers.wish(account(), Wishes(rhythm=Rhythm(every=Every.DAILY, hour=15, zone="UTC-1")))
        assert (await reader(tx)).digest_due == clock.now() + 4 * HOUR


async def test_those_that_are_late_are_put_off_also_where_a_row_does_not_open(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for number in range(3):
            await tx.subscribers.join(account(number), chat(number), "ru", DAILY)
        damaged = (await reader(tx, 2)).id
        await tx.work.connection.execute(update(subscribers).where(subscribers.c.id == damaged).values(body=b"?"))
    clock.pass_(days=2, hours=6)
    async with store.write() as tx:
        assert await tx.digests.put_off(clock.now() - 5 * HOUR, most=2) == 2
        assert await tx.digests.put_off(clock.now() - 5 * HOUR, most=2) == 1
        assert await tx.digests.due() == []
        due = (await tx.work.connection.execute(select(subscribers.c.digest_due))).scalars()
        assert set(due) == {None, clock.now() - 4 * HOUR + DAY}


async def test_of_a_restored_back_up_none_comes_before_somebody_has_decided(store: Store, clock: Clock) -> None:
    """What waited that day may have come long ago."""
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru", DAILY)
        await tx.subscribers.join(account(2), chat(2), "ru")
        assert await quarantine.hold(tx.work.connection, ()) == 1
    clock.pass_(hours=2)
    async with store.write() as tx:
        assert await tx.digests.due() == []
        await quarantine.release(tx.work.connection)
        assert [due.readers for due in await tx.digests.due()] == [1]


async def test_one_that_begins_does_not_show_who_joined_after_it(store: Store) -> None:
    """They begin by the clock: a number that grew with each would be the time."""
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru")
        await tx.broadcasts.begin("digest", b"slot", Audience(languages=("ru",), due=tx.now))
        await tx.subscribers.join(account(2), chat(2), "ru")
        assert (await reader(tx)).generation == (await reader(tx, 2)).generation
