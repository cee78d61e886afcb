"""A broadcast's message to one reader: sent at the moment of its slot, and what became of it noted in the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field

from bot.delivery.became import became, worst
from bot.delivery.books import Books, Entry
from bot.delivery.outlet import Outlet, key_of
from bot.delivery.sayings import Ready, Sayings, Step
from bot.delivery.spacing import Slot
from bot.flows.script import Deed
from bot.outcomes import Delivered, Later, Refused, Unreachable, Unsure
from bot.outcomes import Outcome as Answer
from bot.types import Gone, Offered
from storage.address import Reference
from storage.counts import Outcome
from storage.deliveries import Line
from storage.ids import SubscriberId
from storage.recipients import Recipient
from storage.shards import Shard
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

_TALK_SECONDS = 1.0
"""After so long we look whether somebody is still being talked with."""
_SOONEST = 1.0
"""Seconds before a reader is tried again, whatever the platform says."""
_LONGEST_TALK = 300.0
"""Then they get it all the same."""
_LONGEST_GAP = 5.0
"""Seconds between two changes in one chat; as a rule it is less."""


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
        steps = self._sayings.steps(recipient)
        if not steps:
            self._start(self._note(reader, None, Outcome.SKIPPED))
        elif outlet is None:
            self._start(self._note(reader, steps[0].variant, Outcome.FAILED))
        elif talks_now and self._may_wait(reader.id):
            self.later[reader.id] = _TALK_SECONDS
        elif (rest := outlet.waits(reader.chat)) > 0:
            self.later[reader.id] = rest
        elif not outlet.is_fastest:
            self._start(self._send_once_admitted(reader, steps, outlet))
        elif (admitted := await self._admitted(reader, steps[0], outlet)) is not None:
            self._start(self._send(reader, steps, outlet, admitted))

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

    async def _admitted(self, reader: Subscriber, step: Step, outlet: Outlet) -> tuple[Ready, Slot] | None:
        """At the moment of a slot. None: `stopped` before it."""
        ready = await self._sayings.ready(step.variant, outlet.adapter)
        slot = await outlet.enter(self._stopped)
        if slot is not None:
            return ready, slot
        self.later[reader.id] = 0.0
        return None

    async def _send_once_admitted(self, reader: Subscriber, steps: Sequence[Step], outlet: Outlet) -> None:
        admitted = await self._admitted(reader, steps[0], outlet)
        if admitted is not None:
            await self._send(reader, steps, outlet, admitted)

    async def _send(
        self, reader: Subscriber, steps: Sequence[Step], outlet: Outlet, admitted: tuple[Ready, Slot]
    ) -> None:
        """One after the other. Who is put off in between is met again: what is changed twice comes to no harm."""
        outcomes: set[Outcome] = set()
        for number, step in enumerate(steps):
            if number:
                await asyncio.sleep(min(outlet.waits(reader.chat), _LONGEST_GAP))
                following = await self._admitted(reader, step, outlet)
                if following is None:
                    return
                admitted = following
            ready, slot = admitted
            try:
                deliver, key = ready.deliver(step.copy), key_of(self._shard.broadcast, reader.id, number)
                harmless = self._sayings.are_changes
                answer = await outlet.send(deliver, reader.chat, key, slot, harmless=harmless)
                outcome = self._outcome(reader.id, answer, ready.deed)
                if outcome is None:
                    return
                outcomes.add(outcome)
                if outcome is Outcome.BLOCKED or step is steps[-1]:
                    await self._follow(reader, steps[0].variant, outcomes, answer, ready.offered)
                    return
            finally:
                outlet.leave()

    def _outcome(self, reader: SubscriberId, answer: Answer, deed: Deed) -> Outcome | None:
        """Of one message. None: its reader is to be met again."""
        tries = self._memory.tries.get(reader, 0) + 1
        match answer:
            case Delivered(reference=reference, failed=failed):
                return became(deed, is_there=reference is not None, failed=failed)
            case Later(most=most, after=after) if most is None or tries < most:
                self._memory.tries[reader] = tries
                self.later[reader] = max(_SOONEST, after)
                return None
            case Unreachable():
                return Outcome.BLOCKED
            case Unsure():
                return Outcome.UNKNOWN
            case Refused(why=why):
                log.error("a broadcast's message was refused for good: %s", why)
        return Outcome.FAILED

    async def _follow(
        self,
        reader: Subscriber,
        variant: object,
        outcomes: Collection[Outcome],
        answer: Answer,
        offered: Offered | None,
    ) -> None:
        """The worst of its messages is what has become of a reader."""
        outcome = worst(outcomes)
        stands = answer.reference if isinstance(answer, Delivered) else None
        happened = Gone() if outcome is Outcome.BLOCKED else offered if stands is not None else None
        copy = None if self._sayings.are_changes else stands
        await self._note(reader, variant, outcome, copy, happened)

    async def _note(
        self,
        reader: Subscriber,
        variant: object | None,
        outcome: Outcome,
        copy: Reference | None = None,
        happened: Gone | Offered | None = None,
    ) -> None:
        line = Line(
            shard=self._shard,
            reader=reader.id,
            outcome=outcome,
            key_id=reader.key_id,
            copy=copy,
            note=self._sayings.note_of(variant),
        )
        settle = self._sayings.settling(variant, reader, outcome, copy)
        await self._books.write(Entry(line=line, reader=reader, happened=happened, settle=settle))
        self._memory.forget(reader.id)
        self._noted(outcome)
