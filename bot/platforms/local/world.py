"""The messenger's side: what every chat shows, and the events that the service has not taken yet.

It stands for a messenger's servers: it outlives the service's restarts and knows nothing of the service.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

import msgspec

from bot.platforms.local.kinds import PLAIN
from bot.platforms.local.records import Records, RowKey
from bot.texts.rich import Rich
from bot.types import Button, FileKind, Incoming
from storage.codec import decode, encode
from storage.ids import BlobId
from storage.private import Private

_ACTS_KEPT = 500
_LAST = ("last", 0)


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    kind: FileKind
    blob: BlobId
    name: Private[str]
    size: int
    """bytes"""
    media: str = PLAIN
    """its MIME type, if it is one that the page shows or plays"""
    alt: Private[str] = Private("")
    """what is to be seen, for those who can't see it"""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message as its chat shows it."""

    number: int
    chat: str
    sender: str | None
    """None: the bot"""
    at: int
    """seconds since 1970"""
    text: Rich
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    protect: bool = False
    silent: bool = True
    edited: bool = False

    def __repr__(self) -> str:
        return f"Message({self.number}, {self.text!r})"


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A message was deleted for everyone."""

    chat: str
    number: int


Listener = Callable[[Message | Gone], None]


class World:
    """Everything is on the disk before a call returns; then the listeners hear of it."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._messages = {number: decode(Message, plain) for number, plain in records.load("message")}
        self._events: dict[int, Incoming] = {number: decode(Incoming, plain) for number, plain in records.load("event")}
        self._acts: dict[str, int] = {decode(str, plain): number for number, plain in records.load("act")}
        self._last = max((decode(int, plain) for _, plain in records.load(_LAST[0])), default=0)
        self._listeners: set[Listener] = set()
        self._news = asyncio.Event()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────
    def messages(self) -> list[Message]:
        """Of all chats, oldest first."""
        return list(self._messages.values())

    def message(self, number: int) -> Message | None:
        return self._messages.get(number)

    def attachments(self) -> dict[BlobId, Attachment]:
        found = (message.attachment for message in self._messages.values())
        return {attachment.blob: attachment for attachment in found if attachment is not None}

    def has_done(self, act: str) -> bool:
        """Whether this act of the page was done already: it repeats what got no answer over a restart."""
        return act in self._acts

    def listen(self, listener: Listener) -> None:
        self._listeners.add(listener)

    def unlisten(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────
    def take_number(self) -> int:
        """The next number, of a message or an event; it counts once the change that uses it is made."""
        self._last += 1
        return self._last

    def change(
        self,
        *,
        show: Sequence[Message] = (),
        events: Sequence[tuple[int, Incoming]] = (),
        erase: Iterable[int] = (),
        act: str | None = None,
    ) -> None:
        erased = [self._messages[number] for number in erase if number in self._messages]
        put: list[tuple[RowKey, bytes]] = [(("message", message.number), encode(message)) for message in show]
        put += [(("event", number), encode(event)) for number, event in events]
        remove: list[RowKey] = [("message", message.number) for message in erased]
        acts = dict(self._acts)
        if act is not None:
            acts[act] = self.take_number()
            put.append((("act", acts[act]), encode(act)))
            while len(acts) > _ACTS_KEPT:
                remove.append(("act", acts.pop(next(iter(acts)))))
        put.append((_LAST, encode(self._last)))
        self._records.change(put, remove)

        self._acts = acts
        self._messages |= {message.number: message for message in show}
        self._events |= dict(events)
        for message in erased:
            del self._messages[message.number]
        if events:
            self._news.set()
        for listener in list(self._listeners):
            for message in show:
                listener(message)
            for message in erased:
                listener(Gone(chat=message.chat, number=message.number))

    # ── events on their way to the service ───────────────────────────────────────────────────────────────────
    async def events_after(self, cursor: int) -> list[tuple[int, Incoming]]:
        """Waits until there are some; oldest first."""
        while True:
            self._news.clear()
            if found := [(number, event) for number, event in self._events.items() if number > cursor]:
                return found
            await self._news.wait()

    def confirm(self, cursor: int) -> None:
        """The service has these events on its own disk: they are destroyed here."""
        # A world that is younger than the service's cursor must not give a number for the second time.
        self._last = max(self._last, cursor)
        taken = [number for number in self._events if number <= cursor]
        self._records.change([(_LAST, encode(self._last))], [("event", number) for number in taken])
        for number in taken:
            del self._events[number]
