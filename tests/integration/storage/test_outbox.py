"""The outbox: one sender a chat, first in, first out, whatever becomes of the senders."""

from __future__ import annotations

from sqlalchemy import update

from storage.ids import AnchorId, new_id
from storage.outbox import LEASE_SECONDS, Parcel
from storage.quarantine import QUARANTINE
from storage.store import Store
from storage.tables import outbox
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.storage.people import chat

ANNA, BORIS = new_id(), new_id()


async def send(store: Store, *texts: str, to: int = 1, urgency: int = 0, anchor: AnchorId | None = None) -> None:
    async with store.write() as tx:
        for text in texts:
            await tx.outbox.add(chat(to), text.encode(), urgency=urgency, anchor=anchor)


async def lease(store: Store, most: int = 10, owner: bytes = ANNA) -> list[Parcel]:
    async with store.write() as tx:
        return await tx.outbox.lease(owner, most)


async def finish(store: Store, parcels: list[Parcel]) -> None:
    async with store.write() as tx:
        await tx.outbox.finish(parcels)


async def drain(store: Store) -> list[bytes]:
    sent = []
    while parcels := await lease(store):
        sent += [parcel.body for parcel in parcels]
        await finish(store, parcels)
    return sent


async def test_one_message_a_chat_is_out_at_a_time(store: Store) -> None:
    await send(store, "one", "two")
    first = await lease(store)
    assert [parcel.body for parcel in first] == [b"one"]
    assert first[0].chat == chat()
    assert await lease(store) == []
    await finish(store, first)
    assert await drain(store) == [b"two"]


async def test_chats_go_side_by_side(store: Store) -> None:
    await send(store, "a1", "a2", to=1)
    await send(store, "b1", to=2)
    assert [parcel.body for parcel in await lease(store)] == [b"a1", b"b1"]


async def test_a_chat_with_much_to_hear_takes_one_place(store: Store) -> None:
    await send(store, "a1", "a2", "a3", to=1)
    await send(store, "b1", to=2)
    assert [parcel.body for parcel in await lease(store, most=2)] == [b"a1", b"b1"]


async def test_people_in_conversation_go_before_broadcasts(store: Store) -> None:
    await send(store, "news", to=1, urgency=1)
    await send(store, "news", to=2, urgency=1)
    await send(store, "reply", to=3)
    assert [parcel.body for parcel in await lease(store, most=1)] == [b"reply"]


async def test_a_reply_behind_a_broadcast_makes_its_chat_urgent(store: Store) -> None:
    await send(store, "news", to=1, urgency=1)
    await send(store, "news", to=2, urgency=1)
    await send(store, "reply", to=2)
    parcels = await lease(store, most=1)
    assert [parcel.chat for parcel in parcels] == [chat(2)]
    assert [parcel.body for parcel in parcels] == [b"news"]


async def test_of_one_card_the_newest_state_goes_out(store: Store) -> None:
    card = AnchorId(new_id())
    await send(store, "claimed", "approved", anchor=card)
    await send(store, "published", anchor=card)
    assert await drain(store) == [b"published"]


async def test_what_may_stand_in_the_chat_already_is_not_dropped_for_a_newer_one(store: Store) -> None:
    """Only the same message, sent again, finds the one that has arrived; dropped, that one would stand for ever."""
    card = AnchorId(new_id())
    await send(store, "claimed", anchor=card)
    parcels = await lease(store)
    await send(store, "approved", anchor=card)
    async with store.write() as tx:
        await tx.outbox.postpone(parcels[0], tx.now, counts=False)
    await send(store, "published", anchor=card)
    assert await drain(store) == [b"claimed", b"published"]


async def test_what_a_killed_service_was_sending_is_not_dropped_for_a_newer_one(store: Store) -> None:
    card = AnchorId(new_id())
    await send(store, "claimed", anchor=card)
    await lease(store)
    async with store.write() as tx:
        await tx.outbox.release_everybody()
    await send(store, "approved", "published", anchor=card)
    assert await drain(store) == [b"claimed", b"published"]


async def test_a_postponed_message_holds_its_chat_back(store: Store, clock: Clock) -> None:
    await send(store, "one", "two")
    (parcel,) = await lease(store)
    async with store.write() as tx:
        await tx.outbox.postpone(parcel, tx.now + 30)
        assert await tx.outbox.next_due() == 0  # "two", which is not first
    assert await lease(store) == []
    clock.pass_(seconds=30)
    (again,) = await lease(store)
    assert (again.body, again.attempts) == (b"one", 1)


async def test_a_message_that_was_not_at_fault_keeps_its_attempts(store: Store) -> None:
    await send(store, "one")
    (parcel,) = await lease(store)
    async with store.write() as tx:
        await tx.outbox.postpone(parcel, tx.now, counts=False)
    assert [again.attempts for again in await lease(store)] == [0]


async def test_a_dead_sender_s_chat_is_taken_over(store: Store, clock: Clock) -> None:
    await send(store, "one", "two")
    dead = await lease(store, owner=ANNA)
    clock.pass_(seconds=LEASE_SECONDS - 1)
    assert await lease(store, owner=BORIS) == []
    clock.pass_(seconds=1)
    assert [parcel.body for parcel in await lease(store, owner=BORIS)] == [b"one"]
    # Not dead after all: what it still reports must not let a third sender in.
    await finish(store, dead)
    assert await lease(store, owner=ANNA) == []


async def test_a_sender_that_stops_gives_its_chats_back(store: Store) -> None:
    await send(store, "one")
    await lease(store, owner=ANNA)
    async with store.write() as tx:
        await tx.outbox.release_all(ANNA)
    assert [parcel.body for parcel in await lease(store, owner=BORIS)] == [b"one"]


async def test_what_waited_over_midnight_goes_first(store: Store, clock: Clock) -> None:
    await send(store, "yesterday 1", "yesterday 2")
    clock.pass_(days=1)
    await send(store, "today")
    await send(store, "somebody else", to=2)
    assert await drain(store) == [b"yesterday 1", b"somebody else", b"yesterday 2", b"today"]


async def test_what_waited_two_days_still_goes_before_today(store: Store, clock: Clock) -> None:
    await send(store, "old")
    (parcel,) = await lease(store)
    clock.pass_(days=2)
    async with store.write() as tx:
        await tx.outbox.postpone(parcel, tx.now + 60)
    await send(store, "today")
    assert await lease(store) == []
    clock.pass_(minutes=1)
    assert await drain(store) == [b"old", b"today"]


async def test_quarantine_is_in_nobody_s_way(store: Store) -> None:
    async with store.write() as tx:
        await tx.outbox.add(chat(), b"from the back-up", not_before=QUARANTINE)
    await send(store, "now")
    assert await drain(store) == [b"now"]
    async with store.write() as tx:
        assert await tx.outbox.next_due() is None
        assert await tx.outbox.release_quarantine() == 1
    assert await drain(store) == [b"from the back-up"]


async def test_two_senders_never_hold_the_same_chat(newsroom: Newsroom) -> None:
    here, there = await newsroom.open(), await newsroom.open()
    for number in range(6):
        await send(here, "one", to=number)
    mine = await lease(here, most=3, owner=ANNA)
    theirs = await lease(there, most=6, owner=BORIS)
    assert len(mine) == len(theirs) == 3
    assert not {parcel.lane for parcel in mine} & {parcel.lane for parcel in theirs}
    await here.close()
    await there.close()


async def test_what_only_another_worker_can_send_is_passed_by(store: Store) -> None:
    async with store.write() as tx:
        for platform in ("matrix", "telegram", "matrix"):
            await tx.outbox.add(chat(1, platform), platform.encode())
        await tx.outbox.add(chat(2), b"of before there was a column")
        await tx.work.connection.execute(update(outbox).where(outbox.c.seq == 4).values(platform=None))
    async with store.write() as tx:
        here = await tx.outbox.lease(ANNA, 2, absent={"matrix"})
        assert [parcel.body for parcel in here] == [b"telegram", b"of before there was a column"]
    async with store.write() as tx:
        assert [parcel.body for parcel in await tx.outbox.lease(BORIS, 2, absent=set())] == [b"matrix"]
