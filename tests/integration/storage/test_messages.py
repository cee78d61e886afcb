"""References of messages: what is to be wiped, and what can still be edited."""

from __future__ import annotations

from storage.address import Reference
from storage.clock import HOUR
from storage.ids import AnchorId, new_id
from storage.messages import ANCHOR_DAYS
from storage.private import Private
from storage.store import Store
from storage.vault import Purpose
from tests.clock import Clock
from tests.integration.storage.people import MARKER, chat


def reference(message: str, number: int = 1) -> Reference:
    return Reference(chat=chat(number), message=Private(f"{MARKER}-{message}"))


async def remember(store: Store, message: str, *, in_seconds: int, number: int = 1) -> None:
    async with store.write() as tx:
        _, key_id, key = await tx.lanes.open(Purpose.QUEUE_IN, chat(number))
        await tx.messages.remember([(reference(message, number), tx.now + in_seconds)], key_id, key)


async def take(store: Store, limit: int = 10) -> list[Reference]:
    async with store.write() as tx:
        return [due.reference for due in await tx.messages.take_due(limit)]


async def test_messages_are_wiped_when_their_time_has_come(store: Store, clock: Clock) -> None:
    await remember(store, "late", in_seconds=40 * HOUR)
    await remember(store, "soon", in_seconds=HOUR)
    assert await take(store) == []
    clock.pass_(hours=1)
    assert await take(store) == [reference("soon")]
    clock.pass_(hours=39)
    assert await take(store) == [reference("late")]
    assert await take(store) == []


async def test_a_chat_s_messages_are_found_also_those_of_yesterday(store: Store, clock: Clock) -> None:
    await remember(store, "yesterday", in_seconds=40 * HOUR)
    clock.pass_(days=1)
    await remember(store, "today", in_seconds=40 * HOUR)
    await remember(store, "of somebody else", in_seconds=40 * HOUR, number=2)
    async with store.write() as tx:
        found = await tx.messages.of(chat())
        assert {due.reference.message.reveal() for due in found} == {f"{MARKER}-yesterday", f"{MARKER}-today"}
        await tx.messages.forget(found)
        assert await tx.messages.of(chat()) == []
        assert len(await tx.messages.of(chat(2))) == 1


async def test_a_page_of_what_is_due_is_taken_at_a_time(store: Store) -> None:
    for number in range(5):
        await remember(store, str(number), in_seconds=0)
    assert [len(await take(store, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_chat_s_messages_are_hastened_but_not_put_off(store: Store, clock: Clock) -> None:
    await remember(store, "yesterday", in_seconds=40 * HOUR)
    clock.pass_(days=1)
    await remember(store, "soon", in_seconds=HOUR)
    await remember(store, "today", in_seconds=40 * HOUR)
    await remember(store, "of somebody else", in_seconds=40 * HOUR, number=2)
    async with store.write() as tx:
        await tx.messages.hasten(chat(), tx.now + 2 * HOUR)
    clock.pass_(hours=1)
    assert await take(store) == [reference("soon")]
    clock.pass_(hours=1)
    assert {one.message.reveal() for one in await take(store)} == {f"{MARKER}-yesterday", f"{MARKER}-today"}


async def test_an_anchor_leads_to_its_newest_message(store: Store) -> None:
    card = AnchorId(new_id())
    for message in ("first", "second"):
        async with store.write() as tx:
            _, key_id, key = await tx.lanes.open(Purpose.QUEUE_OUT, chat())
            await tx.messages.set_anchor(card, reference(message), key_id, key)
    async with store.write() as tx:
        assert await tx.messages.anchor(card) == reference("second")
        await tx.messages.drop_anchors([card])
        assert await tx.messages.anchor(card) is None


async def test_after_ninety_days_a_message_can_t_be_edited_any_more(store: Store, clock: Clock) -> None:
    card = AnchorId(new_id())
    async with store.write() as tx:
        _, key_id, key = await tx.lanes.open(Purpose.QUEUE_OUT, chat())
        await tx.messages.set_anchor(card, reference("card"), key_id, key)
    for days, there in ((ANCHOR_DAYS, True), (1, False)):
        clock.pass_(days=days)
        async with store.write() as tx:
            await tx.messages.forget_old_anchors()
            assert (await tx.messages.anchor(card) is not None) == there
