"""One errand to its platform, within the platform's limits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from bot.delivery.errands import Errand
from bot.delivery.limits import Limiter
from bot.delivery.slots import account_of
from bot.outcomes import Later, Outcome, Refused, Unsure
from bot.platforms.base import LONGEST_SEND, SLOWEST_LINE, Adapter, OpenBlob
from storage.errors import VaultError
from storage.ids import BlobId
from storage.outbox import Parcel
from storage.store import Transaction

log = logging.getLogger(__name__)

LONGEST_WAIT = 15.0
"""Seconds; with LONGEST_SEND well below the lease of a lane, so that nobody else sends what is on its way. For a file,
which gets as much more as SLOWEST_LINE says, the lease is extended (`senders.py`).
"""
LATER = Later(after=5.0)


class _FileDestroyed(Exception):
    """Its key is gone: nobody can send it any more."""


class Carrier:
    """rooms: the ids of the newsroom's rooms, which have limits of their own."""

    def __init__(self, adapters: Mapping[str, Adapter], open_blob: OpenBlob, rooms: frozenset[str]) -> None:
        self._adapters = adapters
        self._open_blob = open_blob
        self._rooms = rooms
        self.limiters = {name: Limiter(adapter.capabilities) for name, adapter in adapters.items()}

    async def reserve(self, tx: Transaction, errands: Sequence[Errand]) -> list[Errand]:
        """With the moments at which they may go out, as far as the platform limits all of them together."""
        waiting = list(errands)
        for account, mine in _by_account(errands).items():
            adapter = self._adapters.get(mine[0].parcel.chat.platform)
            pace = adapter.capabilities.per_second if adapter is not None else None
            if pace is None:
                continue
            reserved = await tx.pace.reserve(account, len(mine), pace)
            first = asyncio.get_running_loop().time() + reserved.wait
            slots = {errand.parcel.id: first + place * reserved.gap for place, errand in enumerate(mine)}
            waiting = [replace(one, slot=slots.get(one.parcel.id, one.slot)) for one in waiting]
        return waiting

    async def wait_for_slot(self, errand: Errand) -> Outcome | None:
        """None: it may go out now. Otherwise it may not, and this is its outcome."""
        parcel = errand.parcel
        limiter = self.limiters.get(parcel.chat.platform)
        if limiter is None:
            return Refused(why="this platform is not configured any more")
        chat = parcel.chat.chat.reveal()
        moment = limiter.when(chat, is_room=chat in self._rooms, slot=errand.slot, within=LONGEST_WAIT)
        wait = moment - asyncio.get_running_loop().time()
        if wait > LONGEST_WAIT:
            return Later(after=wait)
        if wait > 0:
            await asyncio.sleep(wait)
        return None

    async def carry(self, errand: Errand) -> Outcome:
        """What becomes of it; whatever goes wrong is an outcome too."""
        parcel, longest = errand.parcel, LONGEST_SEND + errand.file_size / SLOWEST_LINE
        adapter = self._adapters[parcel.chat.platform]
        try:
            async with asyncio.timeout(longest):
                outcome = await adapter.perform(
                    errand.outgoing, parcel.chat, errand.before, self._open_file, _key(parcel)
                )
        except TimeoutError:
            log.warning("parcel %s got no answer in %d s", parcel.id.hex()[:8], longest)
            return LATER if adapter.capabilities.repeats else Unsure()
        except _FileDestroyed:
            return Refused(why="its file was destroyed")
        except Exception as error:
            log.error("parcel %s failed in its adapter: %s", parcel.id.hex()[:8], type(error).__name__)
            return LATER
        self._learn(parcel, outcome)
        return outcome

    async def _open_file(self, blob: BlobId) -> AsyncIterator[bytes]:
        """An adapter may keep sealed things of its own: only what this raises says that the file is no more."""
        try:
            async for part in self._open_blob(blob):
                yield part
        except VaultError:
            raise _FileDestroyed from None

    def _learn(self, parcel: Parcel, outcome: Outcome) -> None:
        limiter, chat = self.limiters[parcel.chat.platform], parcel.chat.chat.reveal()
        limiter.answered(chat, is_room=chat in self._rooms)
        if isinstance(outcome, Later):
            limiter.pause_chat(chat, outcome.after)


def _by_account(errands: Sequence[Errand]) -> Mapping[str, list[Errand]]:
    found: dict[str, list[Errand]] = {}
    for errand in errands:
        found.setdefault(account_of(errand.parcel.chat), []).append(errand)
    return found


def _key(parcel: Parcel) -> str:
    """The platform keeps it: nobody must find our row by it."""
    return sha256(b"tamizdat/v1/parcel" + parcel.id).hexdigest()[:32]
