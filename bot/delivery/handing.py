"""A broadcast's message to one reader: whether it goes now, and if so, sent at the moment of its slot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.delivery.became import became
from bot.delivery.flights import Flights
from bot.delivery.memory import Memory
from bot.delivery.noting import Noting
from bot.delivery.outlet import Outlet, key_of
from bot.delivery.sayings import Ready, Sayings, Step
from bot.delivery.spacing import Slot
from bot.flows.script import Deed
from bot.outcomes import Delivered, Later, Refused, Unreachable, Unsure
from bot.outcomes import Outcome as Answer
from storage.counts import Outcome
from storage.ids import SubscriberId
from storage.recipients import Recipient
from storage.shards import Shard
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

_TALK_SECONDS = 1.0
"""After so long we look whether somebody is still being talked with."""
_SOONEST = 1.0
"""Seconds before a reader is tried again, whatever the platform says."""
_LONGEST_GAP = 5.0
"""Seconds between two changes in one chat; as a rule it is less."""


class Handing:
    """Within a shard. outlets: None where a platform is not configured any more."""

    def __init__(
        self,
        noting: Noting,
        sayings: Sayings,
        shard: Shard,
        memory: Memory,
        outlets: Callable[[Subscriber], Outlet | None],
        *,
        stopped: Callable[[], bool],
    ) -> None:
        self._noting = noting
        self._sayings = sayings
        self._shard = shard
        self._memory = memory
        self._outlets = outlets
        self._stopped = stopped
        self._flights = Flights()
        self.later: dict[SubscriberId, float] = {}
        """who is to be met again, and in how many seconds"""

    async def begin(self, recipient: Recipient, *, talks_now: bool) -> None:
        """Returns when the message is on its way, or it is clear that none goes now."""
        reader, outlet = recipient.reader, self._outlets(recipient.reader)
        steps = self._sayings.steps(recipient)
        if not steps:
            self._flights.start(self._noting.note(reader, None, Outcome.SKIPPED))
        elif outlet is None:
            self._flights.start(self._noting.note(reader, steps[0].variant, Outcome.FAILED))
        elif talks_now and self._memory.may_wait(reader.id):
            self.later[reader.id] = _TALK_SECONDS
        elif (rest := outlet.waits(reader.chat)) > 0:
            self.later[reader.id] = rest
        elif not outlet.is_fastest:
            self._flights.start(self._send_once_admitted(reader, steps, outlet))
        elif (admitted := await self._admitted(reader, steps[0], outlet)) is not None:
            self._flights.start(self._send(reader, steps, outlet, admitted))

    def fail(self, reader: SubscriberId) -> None:
        """Their row does not open."""
        self._flights.start(self._noting.unreadable(reader))

    async def land(self) -> None:
        """As `Flights.land`."""
        await self._flights.land()

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
                deliver, harmless = ready.deliver(step.copy), self._sayings.are_changes
                key = key_of(self._shard.broadcast, reader.id, number) if outlet.repeats else ""
                answer = await outlet.send(deliver, reader.chat, key, slot, harmless=harmless)
                outcome = self._outcome(reader.id, answer, ready.deed)
                if outcome is None:
                    return
                outcomes.add(outcome)
                if outcome is Outcome.BLOCKED or step is steps[-1]:
                    await self._noting.answered(reader, steps[0].variant, outcomes, answer, ready.offered)
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
