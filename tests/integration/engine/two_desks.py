"""Two editors at one story, each served by a worker of its own: what they are about to do is held, then let go at once.

Both workers run as in the service, over one database. The turns of the two meet: each is held where it asks who is in
the editors' room, until the other has got there as well, so that both read the story before either has changed it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import msgspec
from sqlalchemy import func, select

from bot.bell import Bell
from bot.flows.program import Closing, Program, Tools
from bot.flows.testing import Person, Stage
from bot.flows.testing.messenger import STAGE, StageAdapter
from bot.texts.fluent import Texts
from bot.types import Incoming
from handlers.editors.card import payload
from storage.address import Account, Address
from storage.clock import DAY
from storage.ids import EditorId, StoryId, new_id
from storage.private import Private
from storage.store import Store
from storage.story import Status, Story
from storage.tables import inbox

EDITORS = ("anna", "boris")
Decision = Callable[[], Awaitable[object]]
"""The last thing that an editor does: a button, or the words after it."""
_HOUR = re.compile(r"\d\d:\d\d")
"""A story comes out at an hour that nobody can guess."""
TEXT = "Весной мы вышли на площадь с пустыми листами бумаги."


async def no_files(_tools: Tools, _payload: bytes) -> Closing | None:
    raise AssertionError("nobody sends a file here")


@dataclass(kw_only=True)
class MeetingAdapter(StageAdapter):
    """Says who is in the room when everybody who is awaited has been asked about."""

    awaited: set[str] = field(default_factory=set)
    all_are_here: asyncio.Event = field(default_factory=asyncio.Event)

    def await_(self, *people: str) -> None:
        self.awaited, self.all_are_here = set(people), asyncio.Event()

    async def is_member(self, room: Address, person: Account) -> bool:
        if self.awaited:
            self.awaited.discard(person.person.reveal())
            if not self.awaited:
                self.all_are_here.set()
            await self.all_are_here.wait()
        return await super().is_member(room, person)


class Echo(Bell):
    """Rings another one as well."""

    def __init__(self, other: Bell) -> None:
        super().__init__()
        self._other = other

    def ring(self) -> None:
        super().ring()
        self._other.ring()


class Worker(Stage):
    """A stage whose turns are taken by whichever worker is first, and where an answer can be held back."""

    def __init__(self, store: Store, newsroom: Callable[[], Program], texts: Texts, adapter: StageAdapter) -> None:
        super().__init__(store, newsroom, texts)
        self.adapter = adapter
        self.restart()
        self.beside: Sequence[Worker] = ()
        self.held: list[Incoming] | None = None
        self.turned = Bell()

    async def arrives(self, event: Incoming) -> None:
        if self.held is not None:
            self.held.append(event)
        else:
            await self.arrive_together([event])

    async def arrive_together(self, events: Sequence[Incoming]) -> None:
        await self.intake.accept(events, source=STAGE, cursor=None)
        for worker in self.beside:
            worker.dispatcher.bell.ring()
        while await self._waiting():
            await self.turned.wait(most=1.0)
        await asyncio.gather(*(worker.senders.settle() for worker in self.beside))

    async def _waiting(self) -> int:
        async with self.store.read() as tx:
            waiting, _ = await tx.inbox.count()
            tried = select(func.count()).select_from(inbox).where(inbox.c.attempts > 0)
            assert not (await tx.work.connection.execute(tried)).scalar(), "a turn has failed"
        return waiting


@dataclass(frozen=True, kw_only=True)
class Stands:
    """How it all stands after two decisions, and what everybody read meanwhile."""

    status: Status
    version: int
    approvals: int
    claimed: str
    read: tuple[tuple[str, tuple[str, ...]], ...]
    """by chat: the messages that stand there"""

    def reads(self, chat: str) -> str:
        """The first thing that whoever sits there was told."""
        return dict(self.read)[chat][0]

    def told_briefly(self, editor: str) -> Stands:
        """The same, when this editor was told no more than the line that the card has: how the story stands."""
        (card,) = dict(self.read)["editors"]
        line = (card.split("\n")[1],)
        return replace(self, read=tuple((chat, line if chat == editor else said) for chat, said in self.read))


@dataclass(frozen=True, kw_only=True)
class Desks:
    workers: tuple[Worker, ...]
    adapter: MeetingAdapter
    editors: tuple[EditorId, ...]

    @property
    def people(self) -> tuple[Person, Person]:
        anna, boris = (self.workers[0].person(name) for name in EDITORS)
        return anna, boris

    async def story(self, status: Status, approvals: int) -> StoryId:
        """A new one with its author behind it, and its desk open before both editors."""
        one = self.workers[0]
        async with one.store.write() as tx:
            for name in EDITORS:  # whatever they were at before
                await tx.conversations.shred(tx.messages.chat_hash(one.address(name)))
            story = await tx.stories.create(
                text=Private(TEXT),
                language="ru",
                alias="Берёза-100",
                byline=None,
                attachments=(),
                author=one.address("author"),
            )
            if status is not Status.SUBMITTED:
                story = await tx.stories.move(await tx.stories.offer(story), Status.AGREED)
            for _ in range(approvals):
                await tx.stories.approve(story, EditorId(new_id()))
            if status in (Status.SCHEDULED, Status.PUBLISHED):
                coming_out = msgspec.structs.replace(story.details, goes_out=tx.now + 3 * DAY)
                story = await tx.stories.move(story, Status.SCHEDULED, coming_out)
            if status is Status.PUBLISHED:
                out = msgspec.structs.replace(story.details, published=story.details.offered)
                story = await tx.stories.move(story, status, out)
        for person in self.people:
            await person.says(f"/start {payload(story.id)}")
        return story.id

    async def together(self, *decisions: Decision) -> None:
        """Everybody's last answer in one moment: each turn has begun before any has ended."""
        events = await self._held(decisions)
        self.adapter.await_(*EDITORS)
        await self.workers[0].arrive_together(events)

    async def in_turn(self, *decisions: Decision) -> None:
        """Each decided while looking at the same story, and one is through before the other begins."""
        for event in await self._held(decisions):
            await self.workers[0].arrive_together([event])

    async def _held(self, decisions: Sequence[Decision]) -> list[Incoming]:
        one = self.workers[0]
        held: list[Incoming] = []
        one.held = held
        for decide in decisions:
            await decide()
        one.held = None
        self.adapter.chats.clear()
        return held

    async def stands(self, story_id: StoryId) -> Stands:
        async with self.workers[0].store.read() as tx:
            story = await tx.stories.get(story_id)
            assert story is not None
            approvals = len(await tx.stories.approvers(story))
        chats = (*EDITORS, "author", "editors", "channel-ru")
        return Stands(
            status=story.status,
            version=story.details.latest,
            approvals=approvals,
            claimed=self._name(story),
            read=tuple(
                (chat, tuple(_HOUR.sub("…", seen.text.text) for seen in self.workers[0].sees(chat) if not seen.mine))
                for chat in chats
            ),
        )

    def _name(self, story: Story) -> str:
        claimed = story.details.claimed
        return EDITORS[self.editors.index(claimed)] if claimed is not None else ""


@asynccontextmanager
async def desks(stores: Sequence[Store], newsroom: Callable[[], Program], texts: Texts) -> AsyncIterator[Desks]:
    """A newsroom with a worker for each store; they run until this ends."""
    adapter = MeetingAdapter(has_buttons=True, members={"editors": set(EDITORS)})
    workers = tuple(Worker(store, newsroom, texts, adapter) for store in stores)
    async with stores[0].write() as tx:
        accounts = [Account(platform=STAGE, person=Private(name)) for name in EDITORS]
        editors = tuple([await tx.editors.add(account, account.person.reveal()) for account in accounts])
    async with asyncio.TaskGroup() as tasks:
        running = []
        for worker in workers:
            worker.beside = workers
            worker.dispatcher.bell = Echo(workers[0].turned)
            running.append(tasks.create_task(worker.dispatcher.run()))
        yield Desks(workers=workers, adapter=adapter, editors=editors)
        for task in running:
            task.cancel()
