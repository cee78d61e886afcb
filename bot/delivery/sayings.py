"""What one broadcast says, as its script has it now: loaded anew every few seconds, made once for each variant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import msgspec

from bot.flows.script import ChangeScript, Deed, SayScript, Script
from bot.flows.turn import Turn
from bot.platforms.base import Adapter, Deliver, one_by_one
from bot.types import Content, Erase, Offered, Outgoing, Place, Show, offered_by
from storage.address import Reference
from storage.broadcast import Broadcast
from storage.counts import Outcome
from storage.ids import AnchorId
from storage.recipients import Recipient
from storage.store import Store, Transaction
from storage.subscriber import Subscriber

_FRESH_SECONDS = 3.0
"""So long a correction, or the end of what is said, may go unnoticed."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A variant as one platform shows it."""

    deed: Deed
    deliver: Callable[[Reference | None], Deliver]
    """to a reader with this copy of what is corrected or taken back"""
    offered: Offered | None
    """what its readers may type a number of from then on"""


class Step(NamedTuple):
    """One message of what a reader gets, or one of those that are changed."""

    variant: object
    copy: Reference | None = None


class Sayings:
    def __init__(self, store: Store, script: Script, broadcast: Broadcast, turn: Callable[[Transaction], Turn]) -> None:
        self._store = store
        self._script = script
        self._broadcast = broadcast
        self._turn = turn
        self._until = 0.0
        self._changes = 0
        self._subject: Any = None
        self._ready: dict[tuple[object, str], Ready] = {}
        # Told apart once: with an abstract class that takes longer than all else that is asked here for a message.
        self._say: SayScript[Any, Any] | None = script if isinstance(script, SayScript) else None
        self._change: ChangeScript[Any, Any] | None = script if isinstance(script, ChangeScript) else None

    @property
    def are_changes(self) -> bool:
        """Of copies that are there already."""
        return self._change is not None

    async def are_left(self) -> bool:
        """False: there is nothing to say any more."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            async with self._store.read() as tx:
                changes = await tx.broadcasts.changes(self._broadcast.id)  # first: what is loaded is as new
                subject = await self._script.load(self._turn(tx), self._broadcast)
            self._changes, self._subject, self._ready = changes, subject, {}
            self._until = now + _FRESH_SECONDS
        return self._subject is not None

    def are_current(self, changes: int) -> bool:
        """False: what has been said is corrected since, and the rest of the readers must not get it as it was."""
        if changes == self._changes:
            return True
        self._until = 0.0
        return False

    def steps(self, recipient: Recipient) -> list[Step]:
        """Empty: it is nothing for this reader."""
        subject, reader = self._subject, recipient.reader
        if self._say is not None:
            variant = self._say.variant(subject, reader, self._store.clock.now())
            return [] if variant is None else [Step(variant)]
        if self._change is None:
            return []
        found = [(self._change.variant_of(subject, reader, copy), copy) for copy in recipient.copies]
        return [
            Step(variant, Reference(chat=reader.chat, message=copy.message))
            for variant, copy in found
            if variant is not None
        ]

    async def ready(self, variant: object, adapter: Adapter) -> Ready:
        known, script, subject = self._ready, self._script, self._subject
        if (variant, adapter.platform) in known:
            return known[variant, adapter.platform]
        async with self._store.read() as tx:
            content = await script.render(self._turn(tx), subject, variant)
        if isinstance(script, SayScript):
            made = await self._said(content, adapter)
        else:
            made = self._changed(content, adapter, script.deed_of(variant))
        known[variant, adapter.platform] = made
        return made

    async def _said(self, content: Content, adapter: Adapter) -> Ready:
        deliver = await adapter.ready(Show(content=content, silent=False), self._store.blobs.load)
        offered = None if adapter.capabilities.buttons else offered_by(content)
        return Ready(deed=Deed.SAY, deliver=lambda _: deliver, offered=offered)

    def _changed(self, content: Content, adapter: Adapter, deed: Deed) -> Ready:
        anchor, offered = AnchorId(self._broadcast.id), None
        outgoing: Outgoing = Erase(anchor=anchor, instead=content)
        if deed is Deed.EDIT:
            outgoing = Show(content=content, anchor=anchor, place=Place.THERE)
            offered = None if adapter.capabilities.buttons else offered_by(content)
        again = None if offered is None else msgspec.structs.replace(offered, again=True)
        deliver = partial(one_by_one, adapter, outgoing, self._store.blobs.load)
        return Ready(deed=deed, deliver=deliver, offered=again)

    def note_of(self, variant: object | None) -> bytes:
        return b"" if variant is None or self._say is None else self._say.note_of(variant)

    def settling(
        self, variant: object | None, reader: Subscriber, outcome: Outcome, copy: Reference | None
    ) -> Callable[[Transaction], Awaitable[None]] | None:
        """What the script writes with this outcome."""
        say, subject = self._say, self._subject
        return None if say is None else lambda tx: say.settled(tx, subject, variant, reader, outcome, copy)
