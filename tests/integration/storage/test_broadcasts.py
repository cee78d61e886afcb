"""A broadcast's way through its audience: shards, the ledger, and figures that add up to the last reader."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from sqlalchemy import func, select, update

from storage import maintenance
from storage.address import Reference
from storage.audience import Audience
from storage.broadcast import Broadcast, Progress, State
from storage.counts import Counts, Outcome
from storage.deliveries import Line
from storage.ids import BroadcastId, new_id
from storage.messages import ANCHOR_DAYS
from storage.openings import Copy
from storage.private import Private
from storage.recipients import Recipient
from storage.shards import LEASE_SECONDS, Shard
from storage.store import Store, Transaction
from storage.tables import broadcasts, deliveries, openings, shards, subscribers
from tests.clock import Clock
from tests.integration.storage.people import account, chat

ANNA, BORIS = b"a" * 16, b"b" * 16
RUSSIAN = Audience(languages=("ru",))


async def readers(store: Store, count: int, language: str = "ru", first: int = 0) -> None:
    async with store.write() as tx:
        for number in range(first, first + count):
            await tx.subscribers.join(account(number), chat(number), language)


async def begun(store: Store, over: BroadcastId | None = None, once: str | None = None) -> Broadcast:
    async with store.write() as tx:
        broadcast = await tx.broadcasts.begin("story", new_id(), RUSSIAN, over=over, once=once)
        assert broadcast is not None
        return await found(tx, broadcast)


async def found(tx: Transaction, broadcast: BroadcastId) -> Broadcast:
    known = await tx.broadcasts.find(broadcast)
    assert known is not None
    return known


async def leased(tx: Transaction, broadcast: Broadcast, owner: bytes = ANNA) -> Shard | None:
    now = await found(tx, broadcast.id)
    return await tx.shards.lease(now, owner) if await tx.cutting.are_cut(now) else None


def line(shard: Shard, to: Recipient, outcome: Outcome = Outcome.SENT) -> Line:
    copy = Reference(chat=to.reader.chat, message=Private("77")) if outcome is Outcome.SENT else None
    return Line(shard=shard, reader=to.reader.id, outcome=outcome, key_id=to.reader.key_id, copy=copy)


async def send(store: Store, broadcast: Broadcast, outcome: Outcome = Outcome.SENT, most: int = 1000) -> list[str]:
    """To at most so many; the rest of their shard stays. Returns the chats."""
    reached: list[str] = []
    while True:
        async with store.write() as tx:
            shard = await leased(tx, broadcast)
            if shard is None:
                await tx.shards.close(broadcast)
                return reached
            page = await tx.recipients.page(broadcast, shard, None, most - len(reached))
            await tx.deliveries.write([line(shard, one, outcome) for one in page.recipients])
            reached += [one.reader.chat.chat.reveal() for one in page.recipients]
            if len(reached) == most:
                await tx.shards.release(shard)
                return reached
            await tx.shards.finish(shard)


async def progress(store: Store, broadcast: Broadcast) -> Progress:
    async with store.read() as tx:
        return await tx.broadcasts.progress(await found(tx, broadcast.id))


async def test_whoever_had_joined_gets_it_once(store: Store) -> None:
    await readers(store, 5)
    await readers(store, 1, "de", first=90)
    broadcast = await begun(store)
    await readers(store, 1, first=91)  # too late for this one
    reached = [*await send(store, broadcast, most=3), *await send(store, broadcast)]
    assert sorted(reached) == sorted(chat(number).chat.reveal() for number in range(5))
    async with store.read() as tx:
        assert (await found(tx, broadcast.id)).state is State.FINISHED
        assert (await tx.work.connection.execute(select(func.count()).select_from(shards))).scalar_one() == 0
    assert (await progress(store, broadcast)).counts == Counts(sent=5)
    following = await begun(store)
    assert len(await send(store, following)) == 6


@pytest.mark.parametrize(
    ("audience", "total"),
    [(Audience(), 5), (RUSSIAN, 3), (Audience(languages=("ru",), with_digests=True), 4), (Audience(languages=()), 0)],
)
async def test_the_audience_is_counted_without_those_who_came_since(
    store: Store, audience: Audience, total: int
) -> None:
    await readers(store, 3)
    await readers(store, 2, "en", first=3)
    async with store.write() as tx:
        reader = await tx.subscribers.find(account(3))
        assert reader is not None
        await tx.subscribers.change(reader.id, lambda before: msgspec.structs.replace(before, digest_due=900))
        begun = await tx.broadcasts.begin("letter", new_id(), audience)
        assert begun is not None
    await readers(store, 4, first=5)
    await readers(store, 4, "en", first=9)
    async with store.write() as tx:
        assert await tx.cutting.are_cut(await found(tx, begun))
        assert (await found(tx, begun)).total == total


async def test_who_leaves_or_changes_the_language_meanwhile_gets_nothing_and_the_figures_add_up(store: Store) -> None:
    await readers(store, 4)
    await readers(store, 1, "de", first=90)
    broadcast = await begun(store)
    async with store.write() as tx:
        assert await tx.cutting.are_cut(broadcast)
        await tx.subscribers.leave(account(0))
        await tx.subscribers.join(account(1), chat(1), "de")
        await tx.subscribers.join(account(90), chat(90), "ru")  # who reads Russian from now on
    assert sorted(await send(store, broadcast)) == [chat(2).chat.reveal(), chat(3).chat.reveal()]
    known = await progress(store, broadcast)
    assert (known.total, known.counts.sent, known.rest) == (4, 2, 2)


async def test_a_large_audience_is_cut_into_ranges_that_miss_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.cutting.READERS_A_SHARD", 2)
    await readers(store, 9)
    broadcast = await begun(store)
    async with store.write() as tx:
        assert await tx.cutting.are_cut(broadcast)
        assert await tx.cutting.are_cut(await found(tx, broadcast.id))  # once is enough
        ranges = (await tx.work.connection.execute(select(shards.c.low, shards.c.high).order_by(shards.c.number))).all()
    assert len(ranges) == 5
    assert (ranges[0].low, ranges[-1].high) == (b"\0" * 16, b"\xff" * 16)
    for one, following in pairwise(ranges):
        assert int.from_bytes(one.high) + 1 == int.from_bytes(following.low)
    assert len(await send(store, broadcast)) == 9


async def test_another_worker_goes_on_where_a_killed_one_was(store: Store, clock: Clock) -> None:
    await readers(store, 3)
    broadcast = await begun(store)
    async with store.write() as tx:
        shard = await leased(tx, broadcast)
        assert shard is not None
        first, *_ = (await tx.recipients.page(broadcast, shard, None, 10)).recipients
        await tx.deliveries.write([line(shard, first)])
    clock.pass_(seconds=LEASE_SECONDS - 1)
    async with store.write() as tx:
        assert await leased(tx, broadcast, BORIS) is None
    clock.pass_(seconds=1)
    async with store.write() as tx:
        taken_over = await leased(tx, broadcast, BORIS)
        assert taken_over is not None
        page = await tx.recipients.page(broadcast, taken_over, None, 10)
        assert first.reader.id not in [one.reader.id for one in page.recipients]
        assert len(page.recipients) == 2
        await tx.deliveries.write([line(taken_over, one) for one in page.recipients])
        # The first one was not dead, only slow: what it has sent meanwhile counts once.
        assert await tx.deliveries.write([line(shard, page.recipients[0])]) == set()
        assert not await tx.shards.extend(shard)
        assert not await tx.shards.finish(shard)
        assert await tx.shards.finish(taken_over)
        assert await tx.shards.close(broadcast)
    assert (await progress(store, broadcast)).counts == Counts(sent=3)


async def test_a_shard_with_somebody_who_has_to_wait_is_met_again_later(store: Store, clock: Clock) -> None:
    await readers(store, 1)
    broadcast = await begun(store)
    async with store.write() as tx:
        shard = await leased(tx, broadcast)
        assert shard is not None
        await tx.shards.release(shard, until=tx.now + 30)
        assert await leased(tx, broadcast) is None
        assert not await tx.shards.close(broadcast)
    clock.pass_(seconds=30)
    assert len(await send(store, broadcast)) == 1


async def test_two_workers_have_two_shards(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.cutting.READERS_A_SHARD", 1)
    await readers(store, 2)
    broadcast = await begun(store)
    async with store.write() as tx:
        assert await tx.cutting.are_cut(broadcast)
    if store.database.is_sqlite:  # it has one writer
        async with store.write() as tx:
            here, there = await leased(tx, broadcast), await leased(tx, broadcast, BORIS)
    else:
        async with store.write() as tx, store.write() as other:
            here, there = await leased(tx, broadcast), await leased(other, broadcast, BORIS)
    assert here is not None
    assert there is not None
    assert here.number != there.number


async def test_what_is_begun_once_is_begun_once(store: Store) -> None:
    await begun(store, once="2026-03-01 ru")
    async with store.write() as tx:
        assert await tx.broadcasts.begin("digest", b"slot", RUSSIAN, once="2026-03-01 ru") is None
        assert await tx.broadcasts.begin("digest", b"slot", RUSSIAN, once="2026-03-02 ru") is not None


async def test_it_is_paused_resumed_and_cancelled(store: Store, clock: Clock) -> None:
    await readers(store, 3)
    broadcast = await begun(store)
    await send(store, broadcast, most=1)
    async with store.write() as tx:
        assert await tx.broadcasts.pause(broadcast.id, "failures")
        assert not await tx.broadcasts.pause(broadcast.id, "editor")
        assert await tx.broadcasts.open() == []
        assert (await found(tx, broadcast.id)).why == "failures"
        assert await tx.broadcasts.resume(broadcast.id)
        assert not await tx.broadcasts.resume(broadcast.id)
    clock.pass_(seconds=10)
    await send(store, broadcast, most=1)
    known = await progress(store, broadcast)
    assert (known.per_second, known.seconds_left) == (0.1, 10)  # since it went on
    async with store.write() as tx:
        assert await tx.broadcasts.cancel(broadcast.id, "editor")
        assert not await tx.broadcasts.resume(broadcast.id)
        (open_,) = await tx.broadcasts.open()
        assert await tx.shards.close(open_)
        assert await tx.broadcasts.open() == []
    known = await progress(store, broadcast)
    assert (known.total, known.counts, known.rest, known.per_second) == (3, Counts(sent=2), 1, None)


async def test_an_audience_of_nobody_is_done_at_once(store: Store) -> None:
    broadcast = await begun(store)
    async with store.write() as tx:
        assert await leased(tx, broadcast) is None
        assert (await found(tx, broadcast.id)).state is State.FINISHED


async def test_a_correction_reaches_the_copies_of_those_who_are_still_there(store: Store) -> None:
    await readers(store, 4)
    original = await begun(store)
    assert len(await send(store, original, most=1)) == 1
    await send(store, original, Outcome.UNKNOWN, most=1)  # of this one nothing is known
    await send(store, original)
    correction = await begun(store, over=original.id)
    async with store.write() as tx:
        await tx.subscribers.leave(account(0))
        await tx.subscribers.leave(account(1))
        shard = await leased(tx, correction)
        assert shard is not None
        page = await tx.recipients.page(correction, shard, None, 10)
        for one in page.recipients:
            assert one.copies == (Copy(message=Private("77")),)
        assert page.unreadable == ()
    await readers(store, 1, first=91)
    async with store.write() as tx:
        assert len((await tx.recipients.page(correction, shard, None, 10)).recipients) == len(page.recipients)
        assert (await found(tx, correction.id)).total == 3


async def test_a_correction_goes_before_what_it_corrects_once_nothing_is_on_its_way(store: Store) -> None:
    await readers(store, 3)
    original = await begun(store)
    await send(store, original, most=1)
    async with store.write() as tx:
        sending = await leased(tx, original)
        assert sending is not None
        assert await tx.shards.standing(sending) == 0
    correction = await begun(store, over=original.id)
    async with store.write() as tx:
        assert await tx.shards.standing(sending) is None  # who sends there stops
        assert await leased(tx, correction) is None  # and what they have on their way may be a copy yet
        await tx.shards.release(sending)
        assert await leased(tx, original) is None
        assert await leased(tx, correction) is not None
        assert await tx.broadcasts.pause(correction.id, "failures")
        assert await leased(tx, original) is not None  # nobody waits for what itself waits


async def open_further(store: Store, broadcast: Broadcast, number: int, *messages: str) -> None:
    """The reader with this number asks for further messages of it."""
    async with store.write() as tx:
        reader = await tx.subscribers.find(account(number))
        assert reader is not None
        await tx.openings.expect([broadcast.id], reader.id, reader.key_id)
        for place, message in enumerate(messages, 1):
            await tx.openings.add([broadcast.id], reader.id, Copy(place=place, message=Private(message)))
            await tx.openings.expect([broadcast.id], reader.id, reader.key_id)


async def test_what_a_reader_has_opened_is_corrected_too_also_of_one_who_was_not_sent_it(store: Store) -> None:
    await readers(store, 2)
    original = await begun(store)
    await send(store, original)
    await readers(store, 3, first=10)  # they came later
    await open_further(store, original, 0, "78", "79")
    await open_further(store, original, 10, "80")
    await open_further(store, original, 11)  # it is on its way
    await open_further(store, original, 12, "81")
    correction = await begun(store, over=original.id)
    async with store.write() as tx:
        assert await tx.cutting.are_cut(correction)
        await tx.subscribers.leave(account(12))
        shard = await leased(tx, correction)
        assert shard is not None
        page = await tx.recipients.page(correction, shard, None, 10)
        copies = {
            one.reader.chat: [(copy.place, copy.message.reveal()) for copy in one.copies] for one in page.recipients
        }
        assert copies == {
            chat(0): [(0, "77"), (1, "78"), (2, "79")],
            chat(1): [(0, "77")],
            chat(10): [(1, "80")],
            chat(11): [],
        }
        assert (await found(tx, correction.id)).total == 5
        assert page.unreadable == ()


async def test_after_ninety_days_nobody_knows_the_copies_any_more(store: Store, clock: Clock) -> None:
    await readers(store, 2)
    broadcast = await begun(store)
    await send(store, broadcast)
    await open_further(store, broadcast, 0, "78")
    clock.pass_(days=ANCHOR_DAYS)
    await maintenance.sweep(store)
    async with store.read() as tx:
        assert (await tx.work.connection.execute(select(func.count()).select_from(deliveries))).scalar_one() == 2
    clock.pass_(days=1)
    await maintenance.sweep(store)
    async with store.read() as tx:
        for table in (deliveries, openings, broadcasts):
            assert (await tx.work.connection.execute(select(func.count()).select_from(table))).scalar_one() == 0
    following = await begun(store)  # who had joined for an old one is still of an older generation
    assert len(await send(store, following)) == 2


async def test_forgetting_takes_every_part_of_the_ids(
    store: Store, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr("storage.deliveries._FORGOTTEN_AT_ONCE", 2)
    await readers(store, 12)
    await send(store, await begun(store))
    clock.pass_(days=ANCHOR_DAYS + 1)
    await maintenance.sweep(store)
    async with store.read() as tx:
        assert (await tx.work.connection.execute(select(func.count()).select_from(deliveries))).scalar_one() == 0


async def test_a_copy_that_was_put_into_another_line_does_not_open(store: Store) -> None:
    await readers(store, 2)
    original = await begun(store)
    await send(store, original)
    async with store.write() as tx:
        bodies = (await tx.work.connection.execute(select(deliveries.c.subscriber, deliveries.c.body))).all()
        for row, other in ((bodies[0], bodies[1]), (bodies[1], bodies[0])):
            swapped = update(deliveries).where(deliveries.c.subscriber == row.subscriber).values(body=other.body)
            await tx.work.connection.execute(swapped)
    correction = await begun(store, over=original.id)
    async with store.write() as tx:
        shard = await leased(tx, correction)
        assert shard is not None
        assert len((await tx.recipients.page(correction, shard, None, 10)).unreadable) == 2


async def test_a_line_is_as_long_whatever_is_in_it(store: Store) -> None:
    await readers(store, 2)
    broadcast = await begun(store)
    async with store.write() as tx:
        shard = await leased(tx, broadcast)
        assert shard is not None
        page = await tx.recipients.page(broadcast, shard, None, 10)
        for number, one in enumerate(page.recipients):
            reference = Reference(chat=one.reader.chat, message=Private("7" * (1 + 9 * number)))
            await tx.deliveries.write(
                [
                    Line(
                        shard=shard,
                        reader=one.reader.id,
                        outcome=Outcome.SENT,
                        key_id=one.reader.key_id,
                        copy=reference,
                    )
                ]
            )
        lengths = select(func.length(deliveries.c.body))
        assert len(set((await tx.work.connection.execute(lengths)).scalars())) == 1


async def test_who_joined_is_no_date(store: Store, clock: Clock) -> None:
    """A number that grows with every broadcast, and with nothing else."""
    await readers(store, 1)
    clock.pass_(days=3)
    await readers(store, 1, first=1)
    async with store.read() as tx:
        assert set((await tx.work.connection.execute(select(subscribers.c.generation))).scalars()) == {0}
