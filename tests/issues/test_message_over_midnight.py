"""A message that was queued before midnight and sent after it was noted under today's name of its chat, but sealed with
the key of yesterday's lane: whoever had the files could join the two days.
"""

from __future__ import annotations

from storage.address import Reference
from storage.clock import HOUR
from storage.ids import KeyId, LaneId
from storage.private import Private
from storage.store import Store
from storage.vault import DataKey, Purpose
from tests.clock import Clock
from tests.integration.storage.people import chat
from tests.integration.storage.test_secrecy import all_rows, linked

WIPED = [Reference(chat=chat(), message=Private(name)) for name in ("late", "today")]


async def lane_of_today(store: Store) -> tuple[LaneId, KeyId, DataKey]:
    async with store.write() as tx:
        return await tx.lanes.open(Purpose.QUEUE_OUT, chat())


async def test_two_days_of_a_chat_can_t_be_joined(store: Store, clock: Clock) -> None:
    yesterday, old_id, old_key = await lane_of_today(store)
    clock.pass_(days=1)
    today, new_id, new_key = await lane_of_today(store)
    async with store.write() as tx:
        late, on_time = ([(reference, tx.now + 36 * HOUR)] for reference in WIPED)
        await tx.messages.remember(late, old_id, old_key)
        await tx.messages.remember(on_time, new_id, new_key)
    groups = linked(await all_rows(store))
    assert groups[yesterday] != groups[today]
    async with store.read() as tx:
        assert [due.reference for due in await tx.messages.of(chat())] in (WIPED, WIPED[::-1])


async def test_a_message_of_a_lane_without_a_name_is_still_wiped(store: Store, clock: Clock) -> None:
    """It waited in quarantine for a week."""
    old, key_id, key = await lane_of_today(store)
    clock.pass_(days=7)
    today, *_ = await lane_of_today(store)
    async with store.write() as tx:
        await tx.messages.remember([(WIPED[0], tx.now)], key_id, key)
    groups = linked(await all_rows(store))
    assert groups[old] != groups[today]
    clock.pass_(minutes=10)
    async with store.write() as tx:
        assert [due.reference for due in await tx.messages.take_due(10)] == [WIPED[0]]
