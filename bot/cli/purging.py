"""What timers and sweeps would destroy, found and destroyed without them: also while the service is off.

Nothing is sent, published or decided here. What is to disappear from chats and from the editors' room goes into the
outbox, and out when the service runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

import msgspec

from bot.app import load_texts
from bot.config import Settings
from bot.delivery.post import Post
from bot.errors import StartRefused
from bot.flows.conversation import Conversation, load
from bot.flows.engine import Engine
from bot.flows.keeping import DRAFT_TIMER
from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.intake import happen, our_event
from bot.places import rooms_of
from bot.types import Expired
from handlers import newsroom
from handlers.letters.changing import RETIRE_LETTER
from handlers.publication.sources import SOURCES
from handlers.retention import RETIRE
from handlers.upkeep import WIPE
from storage import maintenance
from storage.errors import Conflict, VaultError
from storage.ids import ChatHash
from storage.maintenance import Past
from storage.store import Store, Transaction
from storage.timers import Timer

log = logging.getLogger(__name__)


class Overdue(msgspec.Struct, frozen=True, kw_only=True):
    """What has outlived its date."""

    drafts: tuple[ChatHash, ...]
    stories: tuple[Timer, ...]
    sources: tuple[Timer, ...]
    """what published stories were made of, and stories that were taken down"""
    letters: tuple[Timer, ...]
    """newsletters: drafts that nobody went on with, and what was sent long ago"""
    messages: int
    """to be deleted from chats"""
    rest: Past

    @property
    def steps(self) -> int:
        """One for each thing that is destroyed by itself, one for the messages, one for the rest."""
        return len(self.drafts) + len(self.stories) + len(self.sources) + len(self.letters) + 2

    def __bool__(self) -> bool:
        rest = self.rest
        return self.steps > 2 or any((self.messages, rest.routes, rest.lanes, rest.files))


class Purge:
    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._texts = load_texts()
        self._post = Post()
        self._rooms = rooms_of(settings)
        self._program = newsroom(fetches_nothing)
        self._engine = Engine(self._program, self._texts, self._post, self._rooms, {})

    async def look(self) -> Overdue:
        async with self._store.read() as tx:
            drafts = [ChatHash(timer.subject) for timer in await tx.timers.of(DRAFT_TIMER)]
            return Overdue(
                drafts=tuple([chat for chat in drafts if await _over(tx, chat) is not None]),
                stories=tuple(timer for timer in await tx.timers.of(RETIRE) if timer.due <= tx.now),
                sources=tuple(timer for timer in await tx.timers.of(SOURCES) if timer.due <= tx.now),
                letters=tuple(timer for timer in await tx.timers.of(RETIRE_LETTER) if timer.due <= tx.now),
                messages=await tx.messages.count_due(),
                rest=await maintenance.past(tx),
            )

    async def destroy(self, overdue: Overdue, tell: Callable[[int, int], None]) -> bool:
        """`tell(done, total)`. False when SQLite's journal could not be emptied."""
        done = 0
        for chat in overdue.drafts:
            with suppress(Conflict):  # the service was there first
                await self._end_draft(chat)
            tell(done := done + 1, overdue.steps)
        for timer in (*overdue.stories, *overdue.sources, *overdue.letters):
            with suppress(Conflict):
                await self._ring(timer)
            tell(done := done + 1, overdue.steps)
        await self._wipe()
        tell(done + 1, overdue.steps)
        swept = await maintenance.sweep(self._store)
        tell(overdue.steps, overdue.steps)
        return swept.emptied

    async def _end_draft(self, chat: ChatHash) -> None:
        async with self._store.write() as tx:
            conversation = await _over(tx, chat)
            if conversation is None:
                return
            if await tx.inbox.waits(conversation.chat):  # they wrote before: the service hears that first
                await happen(tx, conversation.chat, conversation.person, Expired())
                return
            event = our_event(conversation.chat, conversation.person, Expired(), tx.now)
            await self._engine.turn(tx, event, in_room=None)

    async def _ring(self, timer: Timer) -> None:
        async with self._store.write() as tx:
            if await tx.timers.take(timer):
                await self._program.timers[timer.kind](self._turn(tx), timer.subject)

    async def _wipe(self) -> None:
        while True:
            async with self._store.write() as tx:
                if not await tx.messages.count_due():
                    return
                await self._program.timers[WIPE](self._turn(tx), b"")

    def _turn(self, tx: Transaction) -> Turn:
        return Turn(tx=tx, texts=self._texts, post=self._post, rooms=self._rooms, who=None)


async def _over(tx: Transaction, chat: ChatHash) -> Conversation | None:
    """Where the chat stands, if its draft has outlived its time."""
    try:
        _, conversation = await load(tx, chat)
    except VaultError as error:
        log.error("a draft that can't be read is left to the next change of the ring: %s", type(error).__name__)
        return None
    if conversation is None or conversation.expires is None or conversation.expires > tx.now:
        return None
    return conversation


async def fetches_nothing(_tools: Tools, _payload: bytes) -> Closing | None:
    """A program needs something that brings files in; nothing is told here that could bring any."""
    raise StartRefused("Files are fetched by the service only.")
