"""Slow work that a conversation waits for: a job whose result comes back to the draft that has ordered it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from bot.flows.program import Closing, JobKind, Tools
from bot.types import ChatKind, Incoming, WorkDone
from storage.address import Account, Address
from storage.codec import decode, encode
from storage.inbox import Arrival
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
            done = Incoming(
                event="",
                chat=order.chat,
                kind=ChatKind.PRIVATE,
                person=order.person,
                language_code=None,
                at=tx.now,
                reference=None,
                body=WorkDone(draft=order.draft, result=result),
            )
            await tx.inbox.put([Arrival(event="", chat=order.chat, body=encode(done))])

        return close

    return run
