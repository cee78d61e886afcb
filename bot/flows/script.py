"""What a broadcast says, and to whom of its audience; or what becomes of the copies of another one. `handlers` has one
script for each kind of broadcast.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.flows.turn import Turn
from bot.types import Content
from storage.address import Reference
from storage.broadcast import Broadcast
from storage.counts import Outcome
from storage.openings import Copy
from storage.store import Transaction
from storage.subscriber import Subscriber

S = TypeVar("S")
"""What is sent, as the script has loaded it."""
V = TypeVar("V", bound=Hashable)
"""One of the few forms in which readers get it: a platform, a language, …"""


class Deed(StrEnum):
    SAY = "say"
    """a message to every reader of the audience"""
    EDIT = "edit"
    """every copy of another broadcast becomes this message"""
    ERASE = "erase"
    """every copy of another broadcast goes; where the platform does not let it go, it becomes this message"""


class _Script(ABC, Generic[S, V]):
    @abstractmethod
    async def load(self, turn: Turn, broadcast: Broadcast) -> S | None:
        """Looks again every few seconds, and writes nothing. None: there is nothing to say any more, and nobody else
        gets it.
        """

    @abstractmethod
    async def render(self, turn: Turn, subject: S, variant: V) -> Content:
        """One message, the same for all readers of the variant. It writes nothing."""


class SayScript(_Script[S, V]):
    """Says something to the readers of its audience."""

    @abstractmethod
    def variant(self, subject: S, reader: Subscriber, now: int) -> V | None:
        """Asked for every reader, just before they are sent to. None: it is nothing for this one."""

    def note_of(self, variant: V) -> bytes:
        """What a later correction must know of a message that was said: `Copy.note`."""
        return b""

    async def settled(
        self,
        tx: Transaction,
        subject: S,
        variant: V | None,
        reader: Subscriber,
        outcome: Outcome,
        copy: Reference | None,
    ) -> None:
        """In the transaction that notes what became of it for this reader, as they were then. Without a variant it was
        nothing for them. copy: where it stands.
        """


class ChangeScript(_Script[S, V]):
    """Changes what another broadcast has brought to its readers."""

    @abstractmethod
    def variant_of(self, subject: S, reader: Subscriber, copy: Copy) -> V | None:
        """Asked for every copy, just before it is changed. None: it stays as it is."""

    @abstractmethod
    def deed_of(self, variant: V) -> Deed:
        """EDIT or ERASE, for copies of this variant."""


Script = SayScript[Any, Any] | ChangeScript[Any, Any]
