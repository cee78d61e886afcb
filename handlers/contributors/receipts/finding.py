"""Words that somebody has typed are tried: counted, hashed, looked up. Wrong and unknown are one answer, in one time.

A right one is given back its place among the tries; so is one that was never tried.
"""

from __future__ import annotations

import logging

import msgspec

from bot.flows.program import Tools
from bot.working import WorkOrder
from storage.codec import decode, encode
from storage.errors import Overloaded, VaultError
from storage.ids import StoryId
from storage.tries import Tries
from storage.vault.receipts import Lookup, Opened, Receipt, open_slowly

log = logging.getLogger(__name__)

FIND = "find-receipt"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId | None = None
    """None: these words lead nowhere, or were not tried"""
    lookup: Lookup = Lookup(b"")
    """by which it was found"""
    wait: int = 0
    """seconds, after too many tries"""
    is_busy: bool = False
    """too many others are before them: not tried"""

    def __repr__(self) -> str:
        return "Verdict(…)"


def to_find(receipt: Receipt) -> bytes:
    """The body of the `Work` that finds it."""
    return encode(receipt.reveal())


class Finder:
    """One a process, over all its conversations: it counts the tries, and a restart forgets them."""

    def __init__(self) -> None:
        self._tries: Tries | None = None

    async def find(self, tools: Tools, order: WorkOrder) -> bytes:
        return encode(await self._verdict(tools, order))

    async def _verdict(self, tools: Tools, order: WorkOrder) -> Verdict:
        tries = self._tries = self._tries or Tries(tools.store.names)
        begun = tools.store.clock.now()
        wait = tries.begin(order.chat, begun)
        if wait:
            return Verdict(wait=wait)
        receipt = Receipt(decode(tuple[str, ...], order.body))
        try:
            opened = await open_slowly(receipt, tools.store.pepper)
        except Overloaded:
            tries.take_back(order.chat, begun)
            return Verdict(is_busy=True)
        story = await _story_of(tools, opened)
        if story is None:
            return Verdict()
        tries.take_back(order.chat, begun)
        return Verdict(story=story, lookup=opened.lookup)


async def _story_of(tools: Tools, opened: Opened) -> StoryId | None:
    async with tools.write() as tx:
        try:
            return await tx.receipts.find(opened)
        except VaultError as error:
            log.error("a receipt that does not open counts as unknown: %s", type(error).__name__)
            return None
