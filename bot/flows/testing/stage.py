"""The service around the messenger: everything real, worked off step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Self

from bot.clockwork import Clockwork, Workshop
from bot.delivery.broadcasters import Broadcasters
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.dispatch import Dispatcher
from bot.flows.engine import Engine
from bot.flows.program import Program
from bot.flows.testing.messenger import SECOND_BOT, Seen, StageAdapter
from bot.flows.testing.person import Person
from bot.flows.turn import Turn
from bot.intake import Intake
from bot.platforms.base import Adapter
from bot.rooms import BOT, Rooms
from bot.texts.fluent import Texts
from bot.types import Body, ChatKind, Incoming
from storage.address import Account, Address, Reference
from storage.private import Private
from storage.store import Store, Transaction


class Stage:
    """A newsroom with people in it. `restart` throws away whatever is not in the store.

    `beside`: further messengers that it serves; without a word on which one, the first is meant.
    """

    def __init__(
        self,
        store: Store,
        newsroom: Callable[[], Program],
        texts: Texts,
        *,
        adapter: StageAdapter | None = None,
        beside: Sequence[StageAdapter] = (),
        restart_always: bool = False,
    ) -> None:
        self.store = store
        first = adapter or StageAdapter()
        self.platform = first.platform
        self.adapters = {one.platform: one for one in (first, *beside)}
        self.texts = texts
        self.restart_always = restart_always
        self.absent: set[str] = set()
        """messengers that another worker has"""
        self._newsroom = newsroom
        self._events = count(1)
        self.rooms = Rooms(
            editors={platform: self.address("editors", platform) for platform in self.adapters},
            channels={
                language: tuple(self.address(f"channel-{language}", platform) for platform in self.adapters)
                for language in ("ru", "en")
            },
            typed=frozenset(platform for platform, one in self.adapters.items() if not one.has_buttons),
            bots=dict.fromkeys(self.adapters, (SECOND_BOT,)),
        )
        self.restart()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    @property
    def adapter(self) -> StageAdapter:
        """The first messenger; several workers' stages share one."""
        return self.adapters[self.platform]

    @adapter.setter
    def adapter(self, adapter: StageAdapter) -> None:
        self.adapters[self.platform] = adapter

    def address(self, chat: str, platform: str = "", bot: str = BOT) -> Address:
        return Address(platform=platform or self.platform, bot=bot, chat=Private(chat))

    def restart(self) -> None:
        """The service stops and starts: every part is made anew over the same store."""
        post, self.program = Post(), self._newsroom()
        capabilities = {name: adapter.capabilities for name, adapter in self.adapters.items()}
        adapters: Mapping[str, Adapter] = self.adapters
        engine = Engine(self.program, self.texts, post, self.rooms, capabilities)
        self.dispatcher = Dispatcher(self.store, engine, adapters, self.rooms.editors, self.texts, post)
        self.senders = Senders(
            self.store, adapters, intake_bell=self.dispatcher.bell, rooms=self.rooms.ids, absent=self.absent
        )
        self._workshop = Workshop(self.store, adapters, self.texts, post, self.rooms)
        self.broadcasters = Broadcasters(
            self.store,
            adapters,
            self.program.scripts,
            self._workshop.turn,
            self.senders.chats,
            intake_bell=self.dispatcher.bell,
            absent=self.absent,
        )
        self.clockwork = Clockwork(self.store, self.program, self._workshop, on_arrival=self.dispatcher.bell.ring)
        self.intake = Intake(self.store, wipe_after=self.program.wipe_after, wake=self.dispatcher.bell.ring)

    def turn(self, tx: Transaction) -> Turn:
        """As a timer or a job has it: with nobody behind it."""
        return self._workshop.turn(tx)

    def person(self, name: str, language: str = "ru", platform: str = "", bot: str = BOT) -> Person:
        return Person(stage=self, name=name, language=language, platform=platform or self.platform, bot=bot)

    def admit(self, room: str, *people: Person) -> None:
        for person in people:
            person.adapter.members.setdefault(room, set()).add(person.name)

    def sees(self, chat: str, platform: str = "", bot: str = BOT) -> list[Seen]:
        """What stands in a chat, a room or a channel."""
        return self.adapters[platform or self.platform].standing(self.address(chat, platform, bot))

    async def settle(self) -> None:
        """Until nothing is left to do now: turns, timers that are due, jobs, messages."""
        await self.dispatcher.settle()
        while True:
            rang = await self.clockwork.ring_timers()
            worked = await self.clockwork.work()
            await self.senders.settle()
            sent = await self.broadcasters.settle()
            if not (await self.dispatcher.settle() or worked or rang or sent):
                return

    async def arrives(self, event: Incoming) -> None:
        """As from the platform: committed, then worked off. With `restart_always` the service dies in between."""
        await self.intake.accept([event], source=event.chat.platform, cursor=None)
        if self.restart_always:
            self.restart()
        await self.settle()
        if self.restart_always:
            self.restart()

    def event(self, person: Person, body: Body, *, number: str | None, name: str = "") -> Incoming:
        chat = self.address(person.name, person.platform, person.bot)
        return Incoming(
            event=name or f"e{next(self._events)}",
            chat=chat,
            kind=ChatKind.PRIVATE,
            person=Account(platform=person.platform, person=Private(person.name)),
            language_code=person.language,
            at=self.store.clock.now(),
            reference=Reference(chat=chat, message=Private(number)) if number is not None else None,
            body=body,
        )
