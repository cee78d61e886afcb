"""A broadcast's message to one reader: sent at the moment of its slot, and what became of it noted in the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from bot.delivery.books import Books, Entry
from bot.delivery.outlet import Outlet, key_of
from bot.delivery.sayings import Sayings
from bot.outcomes import Delivered, Later, Refused, Unreachable, Unsure
from bot.outcomes import Outcome as Answer
from bot.types import Gone, Offered
from storage.address import Reference
from storage.counts import Outcome
from storage.deliveries import Line, Recipient
from storage.ids import SubscriberId
from storage.shards import Shard
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

_TALK_SECONDS = 1.0
"""After so long we look whether somebody is still being talked with."""
_SOONEST = 1.0
"""Seconds before a reader is tried again, whatever the platform says."""
_LONGEST_TALK = 300.0
"""Then they get it all the same."""


@dataclass(kw_only=True)
class Memory:
    """What is remembered of a broadcast from one visit of a shard to the next, until it pauses or ends."""

    handled: int = 0
    failed: int = 0
    """readers; of those handled"""

    tries: dict[SubscriberId, int] = field(default_factory=dict)
    talks: dict[SubscriberId, float] = field(default_factory=dict)
    """since when we wait for their conversation to come to an end"""

    def forget(self, reader: SubscriberId) -> None:
        self.tries.pop(reader, None)
        self.talks.pop(reader, None)


class Handing:
    """Within a shard. outlets: None where a platform is not configured any more. noted: called with every outcome."""

    def __init__(
        self,
        books: Books,
        sayings: Sayings,
        shard: Shard,
        memory: Memory,
        outlets: Callable[[Subscriber], Outlet | None],
        *,
        stopped: Callable[[], bool],
        noted: Callable[[Outcome], None],
    ) -> None:
        self._books = books
        self._sayings = sayings
        self._shard = shard
        self._memory = memory
        self._outlets = outlets
        self._stopped = stopped
        self._noted = noted
        self._under_way: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None
        self.later: dict[SubscriberId, float] = {}
        """who is to be met again, and in how many seconds"""

    async def begin(self, recipient: Recipient, *, talks_now: bool) -> None:
        """Returns when the message is on its way, or it is clear that none goes now."""
        reader, outlet = recipient.reader, self._outlets(recipient.reader)
        variant = self._sayings.variant(reader)
        if variant is None:
            self._start(self._note(reader, None, Outcome.SKIPPED))
        elif outlet is None:
            self._start(self._note(reader, variant, Outcome.FAILED))
        elif talks_now and self._may_wait(reader.id):
            self.later[reader.id] = _TALK_SECONDS
        elif (rest := outlet.waits(reader.chat)) > 0:
            self.later[reader.id] = rest
        else:
            begun = asyncio.Event()
            self._start(self._send(reader, variant, outlet, begun))
            if outlet.is_fastest:
                await begun.wait()

    def fail(self, reader: SubscriberId) -> None:
        """Their row does not open."""
        line = Line(shard=self._shard, reader=reader, outcome=Outcome.FAILED)
        self._start(self._books.write(Entry(line=line)))

    async def land(self) -> None:
        """Waits for whatever is on its way. Raises what went wrong with any of it."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _may_wait(self, reader: SubscriberId) -> bool:
        now = asyncio.get_running_loop().time()
        return now - self._memory.talks.setdefault(reader, now) < _LONGEST_TALK

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = error

    async def _send(self, reader: Subscriber, variant: object, outlet: Outlet, begun: asyncio.Event) -> None:
        try:
            ready = await self._sayings.ready(variant, outlet.adapter)
            async with outlet.place(self._stopped) as given:
                begun.set()
                if not given:
                    self.later[reader.id] = 0.0
                    return
                answer = await outlet.send(ready.deliver, reader.chat, key_of(self._shard.broadcast, reader.id))
                await self._follow(reader, variant, answer, ready.offered)
        finally:
            begun.set()

    async def _follow(self, reader: Subscriber, variant: object, answer: Answer, offered: Offered | None) -> None:
        tries = self._memory.tries.get(reader.id, 0) + 1
        match answer:
            case Delivered(reference=reference):
                await self._note(reader, variant, Outcome.SENT, reference, offered)
            case Later(most=most, after=after) if most is None or tries < most:
                self._memory.tries[reader.id] = tries
                self.later[reader.id] = max(_SOONEST, after)
            case Unreachable():
                await self._note(reader, variant, Outcome.BLOCKED, happened=Gone())
            case Unsure():
                await self._note(reader, variant, Outcome.UNKNOWN)
            case Refused(why=why):
                log.error("a broadcast's message was refused for good: %s", why)
                await self._note(reader, variant, Outcome.FAILED)
            case _:
                await self._note(reader, variant, Outcome.FAILED)

    async def _note(
        self,
        reader: Subscriber,
        variant: object | None,
        outcome: Outcome,
        copy: Reference | None = None,
        happened: Gone | Offered | None = None,
    ) -> None:
        line = Line(shard=self._shard, reader=reader.id, outcome=outcome, key_id=reader.key_id, copy=copy)
        settle = self._sayings.settling(variant, reader, outcome)
        await self._books.write(Entry(line=line, reader=reader, happened=happened, settle=settle))
        self._memory.forget(reader.id)
        self._noted(outcome)
