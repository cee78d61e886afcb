"""One thread a story in the editors' room: its card begins the thread and stays what everybody sees of it.

A card that is to stand below everything can't move without its thread: it is made anew where it is, and once more at
the thread's end, which brings the thread to the front. The reference then names both ("card/copy").
"""

from __future__ import annotations

import msgspec

from bot.platforms.matrix.ids import EventId
from storage.address import Address, Reference
from storage.private import Private


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message of ours stands."""

    event: EventId
    copy: EventId | None = None
    """at the end of the thread that `event` begins"""

    def __repr__(self) -> str:
        return "Standing(…)"


def standing_of(reference: Reference) -> Standing:
    event, _, copy = reference.message.reveal().partition("/")
    return Standing(event=EventId(event), copy=EventId(copy) if copy else None)


def reference_of(chat: Address, standing: Standing) -> Reference:
    message = standing.event if standing.copy is None else f"{standing.event}/{standing.copy}"
    return Reference(chat=chat, message=Private(message))
