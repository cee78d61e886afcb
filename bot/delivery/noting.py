"""What became of a broadcast's message to one reader is noted in the ledger, with what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.delivery.became import worst
from bot.delivery.books import Books, Entry
from bot.delivery.memory import Memory
from bot.delivery.sayings import Sayings
from bot.outcomes import Delivered
from bot.outcomes import Outcome as Answer
from bot.types import Gone, Offered
from storage.address import Reference
from storage.counts import Outcome
from storage.deliveries import Line
from storage.ids import SubscriberId
from storage.shards import Shard
from storage.subscriber import Subscriber


class Noting:
    """Within a shard. noted: called with every outcome."""

    def __init__(
        self, books: Books, sayings: Sayings, shard: Shard, memory: Memory, noted: Callable[[Outcome], None]
    ) -> None:
        self._books = books
        self._sayings = sayings
        self._shard = shard
        self._memory = memory
        self._noted = noted

    async def unreadable(self, reader: SubscriberId) -> None:
        """Their row does not open."""
        line = Line(shard=self._shard, reader=reader, outcome=Outcome.FAILED)
        await self._books.write(Entry(line=line))

    async def answered(
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
        await self.note(reader, variant, outcome, copy, happened)

    async def note(
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
