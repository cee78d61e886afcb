"""What a platform's adapter must do. An adapter answers; it never decides what follows from the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from bot.outcomes import Outcome, Unsure
from bot.types import Capabilities, File, Incoming, Outgoing, Show
from storage.address import Account, Address, Reference
from storage.ids import BlobId
from storage.store import Transaction

Menus = Mapping[str, Sequence[tuple[str, str]]]
"""Language → (command, description) each."""
OpenBlob = Callable[[BlobId], AsyncIterator[bytes]]
Deliver = Callable[[Address, str], Awaitable[Outcome]]
"""Sends one and the same message to a chat; the `key` is that of `Adapter.perform`. It ends by itself: whoever sends
thousands in a second has no timer for each of them.
"""
Beside = Callable[[Transaction], Awaitable[None]]
"""What an adapter must have on the disk together with what arrived."""
LONGEST_SEND = 30.0
"""Seconds that a message may take; with a file it is more."""
SLOWEST_LINE = 125_000
"""Bytes in a second (1 Mbit/s): whoever sends or fetches a file gives it the time that it needs on such a line."""


class Sink(Protocol):
    """Where an adapter puts what arrived. When `accept` returns, the events and the cursor are on the disk."""

    async def accept(
        self,
        events: Sequence[Incoming],
        *,
        source: str,
        cursor: str | None,
        beside: Beside | None = None,
        traces: Sequence[Reference] = (),
    ) -> None:
        """`beside` runs in the same transaction. `traces`: messages of people in private chats that are nobody's
        reference (an edit, a reaction) and are wiped like the others.
        """
        ...

    async def cursor(self, source: str) -> str | None: ...


Receive = Callable[[Sink], Coroutine[Any, Any, None]]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `tamizdat doctor`."""

    what: str
    ok: bool
    remedy: str = ""


class Adapter(Protocol):
    @property
    def platform(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def start(self) -> None:
        """Opens connections; raises PlatformDenied when the platform refuses us."""
        ...

    @property
    def inlets(self) -> Mapping[str, Receive]:
        """What messages come in by, each with a name: a bot account, where each is asked for its own.

        It runs until cancelled. Nothing is confirmed to the platform before `sink.accept` has returned.
        """
        ...

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        """Sends, edits or deletes. `before` is the message that the anchor stands for. Raises nothing of its own.

        key: the same for what is tried again, opaque; where the platform knows such, nothing then comes twice. Empty:
        it is not tried again.
        """
        ...

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        """A message for many chats, each of which gets it as by `perform`: what is the same for all is made once."""
        ...

    async def is_member(self, room: Address, person: Account) -> bool:
        """Whether the person is in the room now, as themselves. Raises PlatformError when that can't be learnt."""
        ...

    def download(self, file: File) -> AsyncIterator[bytes]:
        """The file, piece by piece. Raises FileTooLarge, FileLost, another FileRefused, or PlatformAway."""
        ...

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
        """The list of commands for everybody, at once, and that for an editor's own chat, for whenever a `Menu` is
        performed. A failure is logged only; `default`: the language for people of all others.
        """
        ...

    async def check(self) -> list[Finding]:
        """What `doctor` and `init` ask: token, rights in the rooms, limits."""
        ...

    async def stop(self) -> None: ...


def one_by_one(adapter: Adapter, outgoing: Outgoing, open_blob: OpenBlob, before: Reference | None = None) -> Deliver:
    """As by `perform`, with a limit of time: `Adapter.ready` where nothing is gained by making it once."""

    async def deliver(chat: Address, key: str) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_SEND):
                return await adapter.perform(outgoing, chat, before, open_blob, key)
        except TimeoutError:
            return Unsure()

    return deliver
