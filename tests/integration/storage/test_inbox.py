"""The inbox: what arrives is handled once, in each chat's order."""

from __future__ import annotations

import pytest

from storage.inbox import MOST_ATTEMPTS, Waiting
from storage.store import Store
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.storage.people import chat, first_waiting, receive, says


async def take_next(store: Store) -> bytes | None:
    async with store.write() as tx:
        head = await first_waiting(tx)
        if head is None:
            return None
        assert await tx.inbox.take(head)
        return head.body


async def test_a_chat_s_events_come_in_their_order(store: Store) -> None:
    await receive(store, says("1", "one"), says("2", "two"))
    await receive(store, says("3", "three"))
    assert [await take_next(store) for _ in range(4)] == [b"one", b"two", b"three", None]


async def test_an_event_that_comes_twice_is_kept_once(store: Store) -> None:
    await receive(store, says("1", "one"), says("1", "one again"))
    await receive(store, says("1", "one once more"))
    assert [await take_next(store) for _ in range(2)] == [b"one", None]


async def test_an_event_is_still_known_after_it_was_handled(store: Store) -> None:
    await receive(store, says("1", "one"))
    await take_next(store)
    await receive(store, says("1", "one"))
    assert await take_next(store) is None


async def test_after_an_idle_week_the_platform_may_count_anew(store: Store, clock: Clock) -> None:
    await receive(store, says("1", "one"))
    await take_next(store)
    clock.pass_(days=7)
    async with store.write() as tx:
        await tx.inbox.forget_old_events()
    await receive(store, says("1", "another one"))
    assert await take_next(store) == b"another one"


async def test_our_own_events_have_no_name_and_are_never_dropped(store: Store) -> None:
    await receive(store, says("", "timer"), says("", "timer"))
    assert [await take_next(store) for _ in range(2)] == [b"timer", b"timer"]


async def test_the_cursor_is_committed_together_with_the_events(store: Store) -> None:
    async def crash_before_the_commit() -> None:
        async with store.write() as tx:
            await tx.inbox.put([says("1", "one")])
            await tx.inbox.set_cursor(b"s" * 32, "17")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await crash_before_the_commit()
    async with store.read() as tx:
        assert await tx.inbox.cursor(b"s" * 32) is None
        assert await tx.inbox.count() == (0, 0)
    async with store.write() as tx:
        await tx.inbox.set_cursor(b"s" * 32, "17")
        await tx.inbox.set_cursor(b"s" * 32, "18")
    async with store.read() as tx:
        assert await tx.inbox.cursor(b"s" * 32) == "18"


async def test_a_turn_that_fails_keeps_its_place_and_is_parked_in_the_end(store: Store, clock: Clock) -> None:
    await receive(store, says("1", "bad"), says("2", "good"))
    for _ in range(MOST_ATTEMPTS):
        async with store.write() as tx:
            head = await first_waiting(tx)
            assert head is not None
            assert head.body == b"bad"
            await tx.inbox.postpone(head, tx.now + 10)
        assert head.attempts + 1 == MOST_ATTEMPTS or await take_next(store) is None  # nobody overtakes meanwhile
        clock.pass_(seconds=10)
    assert await take_next(store) == b"good"
    async with store.write() as tx:
        assert await tx.inbox.count() == (0, 1)
        assert await tx.inbox.unpark() == 1
    assert await take_next(store) == b"bad"


async def test_the_lanes_that_wait_longest_come_first(store: Store) -> None:
    await receive(store, says("1", "a", 1), says("2", "b", 1), says("3", "c", 2), says("4", "d", 3))
    async with store.read() as tx:
        lanes = await tx.inbox.ready_lanes(2)
        heads = [await tx.inbox.head(lane) for lane in lanes]
    assert [head.body for head in heads if head] == [b"a", b"c"]


async def test_at_midnight_yesterday_s_lane_goes_first(store: Store, clock: Clock) -> None:
    await receive(store, says("1", "yesterday"))
    clock.pass_(days=1)
    await receive(store, says("2", "today"))
    async with store.read() as tx:
        old, new = await tx.inbox.ready_lanes(10)
        assert old != new
        assert await tx.inbox.has_earlier_day(chat(), new)
        assert not await tx.inbox.has_earlier_day(chat(), old)
    assert await take_next(store) == b"yesterday"
    async with store.read() as tx:
        assert not await tx.inbox.has_earlier_day(chat(), new)


async def test_of_two_workers_one_gets_the_event(store: Store) -> None:
    await receive(store, says("1", "one"), says("2", "two"))

    async def look() -> Waiting:
        async with store.read() as tx:
            head = await first_waiting(tx)
            assert head is not None
            return head

    mine, theirs = await look(), await look()
    async with store.write() as tx:
        assert await tx.inbox.take(mine)
    async with store.write() as tx:
        assert not await tx.inbox.take(theirs)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_chat_in_another_worker_s_hands_is_left_alone_and_not_waited_for(newsroom: Newsroom) -> None:
    here, there = await newsroom.open(), await newsroom.open()
    await receive(here, says("1", "one"), says("2", "two"))
    async with here.write() as mine:
        first = await first_waiting(mine)
        assert first is not None
        assert await mine.inbox.take(first)
        async with there.write() as theirs:
            second = await first_waiting(theirs)
            assert second is not None
            assert not await theirs.inbox.take(second)
    await here.close()
    await there.close()
