"""A parcel of the outbox, opened: with all that its adapter must know to carry it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.outcomes import Outcome
from bot.types import Erase, Outgoing, Show
from storage.address import Reference
from storage.codec import decode
from storage.errors import VaultError
from storage.messages import Due
from storage.outbox import Parcel
from storage.store import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Errand:
    parcel: Parcel
    outgoing: Outgoing
    before: Reference | None
    """the message that its anchor stands for"""
    wiped: tuple[Due, ...] = ()
    """what need not be deleted any more once this has arrived"""
    slot: float = 0.0
    """not before that: the event loop's time"""

    @property
    def file_size(self) -> int:
        """bytes; 0: it carries no file"""
        media = self.outgoing.content.media if isinstance(self.outgoing, Show) else None
        return media.size if media is not None else 0


@dataclass(frozen=True, kw_only=True)
class Sent:
    errand: Errand
    outcome: Outcome


async def errands(tx: Transaction, parcels: Sequence[Parcel]) -> list[Errand]:
    """Those parcels that can be read; the others are set aside."""
    opened = []
    for parcel in parcels:
        try:
            opened.append(await _errand(tx, parcel))
        except VaultError as error:
            log.error("parcel %s can't be read and is set aside: %s", parcel.id.hex()[:8], type(error).__name__)
            await tx.outbox.set_aside(parcel)
    return opened


async def _errand(tx: Transaction, parcel: Parcel) -> Errand:
    outgoing: Outgoing = decode(Outgoing, parcel.body)
    before = await tx.messages.anchor(outgoing.anchor) if outgoing.anchor is not None else None
    if not isinstance(outgoing, Erase) or not outgoing.everything:
        return Errand(parcel=parcel, outgoing=outgoing, before=before)
    noted = await tx.messages.of(parcel.chat)
    erase = msgspec.structs.replace(outgoing, references=tuple(due.reference for due in noted))
    return Errand(parcel=parcel, outgoing=erase, before=before, wiped=tuple(noted))
