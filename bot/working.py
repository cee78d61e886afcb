"""Slow work that a conversation waits for: a job whose result comes back to the draft that has ordered it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from bot.flows.program import Closing, JobKind, Tools
from bot.intake import happen
from bot.types import WorkDone
from storage.address import Account, Address
from storage.codec import decode
from storage.store import Transaction


class WorkOrder(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    person: Account
    draft: bytes
    body: bytes

    def __repr__(self) -> str:  # the body is what the person has typed
        return "WorkOrder(…)"


def work_job(work: Callable[[Tools, WorkOrder], Awaitable[bytes]]) -> JobKind:
    """`work` may run again after a crash, and does after an exception; what it returns is the answer `Worked`."""

    async def run(tools: Tools, payload: bytes) -> Closing:
        order: WorkOrder = decode(WorkOrder, payload)
        result = await work(tools, order)

        async def close(tx: Transaction) -> None:
            await happen(tx, order.chat, order.person, WorkDone(draft=order.draft, result=result))

        return close

    return run
