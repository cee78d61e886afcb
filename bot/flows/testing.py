"""A driver that reads like a person: say, press, send a photo, expect, restart.

It runs the real store, engine, dispatcher, senders, timers and jobs; only the messenger is a stage with people on it.
Two kinds of stage: with buttons, like Telegram, and without, like Matrix.

    async with Stage(store, newsroom) as stage:
        anna = stage.person("anna")
        await anna.says("/start")
        await anna.expects("Чем помочь?")
        await anna.presses("Рассказать историю")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Self

from bot.clockwork import Clockwork, Workshop
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.dispatch import Dispatcher
from bot.errors import FileRefused
from bot.flows.engine import Engine
from bot.flows.program import Program
from bot.intake import Intake
from bot.platforms.base import Finding, OpenBlob, Sink, numbered
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import (
    Body,
    Called,
    Capabilities,
    ChatKind,
    Choice,
    Delivered,
    Edited,
    Erase,
    File,
    FileKind,
    Gone,
    Incoming,
    Opening,
    Outcome,
    Outgoing,
    Place,
    Said,
    Sent,
    Show,
    Tapped,
    Token,
)
from storage.address import Account, Address, Reference
from storage.private import Private
from storage.store import Store

STAGE = "stage"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as it stands in a chat."""

    number: str
    text: Rich
    buttons: tuple[tuple[Choice | Opening, ...], ...] = ()
    photo: bytes | None = None
    mine: bool = False
    """written by the person, not by the bot"""
    edited: bool = False

    def button(self, label: str) -> Choice | Opening:
        found = [button for row in self.buttons for button in row if label in button.label]
        assert len(found) == 1, f"{len(found)} buttons say {label!r}"
        return found[0]


@dataclass(kw_only=True)
class StageAdapter:
    """The messenger: keeps what stands in each chat."""

    has_buttons: bool
    chats: dict[str, list[Seen]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)
    platform: str = STAGE

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            buttons=self.has_buttons,
            text_limit=4096,
            caption_limit=1024,
            per_second=None,
            private_gap=0.0,
            room_per_minute=None,
        )

    async def start(self) -> None: ...

    async def receive(self, sink: Sink) -> None: ...

    async def stop(self) -> None: ...

    async def register(self, menus: Mapping[str, Sequence[tuple[str, str]]], *, default: str) -> None: ...

    async def check(self) -> list[Finding]:
        return []

    async def is_member(self, room: Address, person: Account) -> bool:
        return person.person.reveal() in self.members.get(room.chat.reveal(), set())

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        seen = self.chats.setdefault(chat.chat.reveal(), [])
        if isinstance(outgoing, Erase):
            gone = {reference.message.reveal() for reference in outgoing.references}
            gone |= {before.message.reveal()} if before else set()
            seen[:] = [message for message in seen if message.number not in gone]
            return Delivered()
        return await self._show(outgoing, chat, seen, before.message.reveal() if before else None, open_blob)

    async def _show(
        self, show: Show, chat: Address, seen: list[Seen], before: str | None, open_blob: OpenBlob
    ) -> Outcome:
        content = show.content
        photo = b"".join([piece async for piece in open_blob(content.photo)]) if content.photo else None
        message = Seen(
            number=str(next(self.numbers)),
            text=content.text if self.has_buttons else numbered(content),
            buttons=content.buttons,
            photo=photo,
        )
        standing = [place for place, other in enumerate(seen) if other.number == before]
        if show.place is Place.SAME and standing:
            message = replace(message, number=seen[standing[0]].number, edited=True)
            seen[standing[0]] = message
        else:
            if show.place is Place.BOTTOM and standing:
                del seen[standing[0]]
            seen.append(message)
        return Delivered(reference=Reference(chat=chat, message=Private(message.number)))

    async def download(self, file: File) -> AsyncIterator[bytes]:
        data = self.files.get(file.handle.reveal())
        if data is None:
            raise FileRefused("There is no such file on the stage.")
        yield data


class Stage:
    """A newsroom with people in it. `restart` throws away whatever is not in the store."""

    def __init__(
        self,
        store: Store,
        newsroom: Callable[[], Program],
        texts: Texts,
        *,
        buttons: bool = True,
        restart_always: bool = False,
    ) -> None:
        self.store = store
        self.adapter = StageAdapter(has_buttons=buttons)
        self.texts = texts
        self.restart_always = restart_always
        self._newsroom = newsroom
        self._events = count(1)
        self.rooms = Rooms(
            editors={STAGE: self.address("editors")},
            channels={"ru": (self.address("channel-ru"),), "en": (self.address("channel-en"),)},
        )
        self.restart()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def address(self, chat: str) -> Address:
        return Address(platform=STAGE, bot="main", chat=Private(chat))

    def restart(self) -> None:
        """The service stops and starts: every part is made anew over the same store."""
        post, program = Post(), self._newsroom()
        adapters = {STAGE: self.adapter}
        engine = Engine(program, self.texts, post, self.rooms, {STAGE: self.adapter.capabilities})
        self.dispatcher = Dispatcher(self.store, engine, adapters, {STAGE: self.rooms.editors[STAGE]}, self.texts, post)
        self.senders = Senders(self.store, adapters, intake_bell=self.dispatcher.bell, rooms=self.rooms.ids)
        workshop = Workshop(self.store, adapters, self.texts, post, self.rooms)
        self.clockwork = Clockwork(self.store, program, workshop, on_arrival=self.dispatcher.bell.ring)
        self.intake = Intake(self.store, wipe_after=program.wipe_after, wake=self.dispatcher.bell.ring)

    def person(self, name: str, language: str = "ru") -> Person:
        return Person(stage=self, name=name, language=language)

    def admit(self, room: str, *people: Person) -> None:
        self.adapter.members.setdefault(room, set()).update(person.name for person in people)

    def sees(self, chat: str) -> list[Seen]:
        """What stands in a chat, a room or a channel."""
        return self.adapter.chats.setdefault(chat, [])

    async def settle(self) -> None:
        """Until nothing is left to do now: turns, timers that are due, jobs, messages."""
        while True:
            await self.dispatcher.settle()
            await self.clockwork.ring_timers()
            worked = await self.clockwork.work()
            await self.senders.settle()
            async with self.store.read() as tx:
                if not worked and not await tx.inbox.ready_lanes(1):
                    return

    async def arrives(self, event: Incoming) -> None:
        """As from the platform: committed, then worked off. With `restart_always` the service dies in between."""
        await self.intake.accept([event], source=STAGE, cursor=None)
        if self.restart_always:
            self.restart()
        await self.settle()
        if self.restart_always:
            self.restart()

    def event(self, person: Person, body: Body, *, number: str | None, name: str = "") -> Incoming:
        chat = self.address(person.name)
        return Incoming(
            event=name or f"e{next(self._events)}",
            chat=chat,
            kind=ChatKind.PRIVATE,
            person=Account(platform=STAGE, person=Private(person.name)),
            language_code=person.language,
            at=self.store.clock.now(),
            reference=Reference(chat=chat, message=Private(number)) if number is not None else None,
            body=body,
        )


@dataclass(frozen=True, kw_only=True)
class Person:
    stage: Stage
    name: str
    language: str

    @property
    def chat(self) -> list[Seen]:
        return self.stage.sees(self.name)

    @property
    def last(self) -> Seen:
        """The last thing that the bot said."""
        return [seen for seen in self.chat if not seen.mine][-1]

    async def says(self, text: str) -> str:
        """Returns the message's number, to edit it later."""
        number = self._post(Seen(number=str(next(self.stage.adapter.numbers)), text=Rich.plain(text), mine=True))
        command, _, argument = text.removeprefix("/").partition(" ")
        body: Body = Said(text=Private(text))
        if text.startswith("/"):
            body = Called(name=command, argument=Private(argument))
        await self.stage.arrives(self.stage.event(self, body, number=number))
        return number

    async def edits(self, number: str, text: str) -> None:
        await self.stage.arrives(self.stage.event(self, Edited(text=Private(text)), number=number))

    async def presses(self, label: str) -> None:
        """A button of the last message that has one saying so; without buttons, its number is typed."""
        seen = [
            message for message in self.chat if any(label in button.label for row in message.buttons for button in row)
        ][-1]
        await self.taps(seen, label)

    async def taps(self, seen: Seen, label: str) -> None:
        button = seen.button(label)
        if isinstance(button, Opening):
            await self.says(f"/start {button.payload}")
        elif button.token.startswith("!"):
            name, _, argument = button.token[1:].partition(":")
            await self._taps(Called(name=name, argument=Private(argument)), seen)
        elif self.stage.adapter.has_buttons:
            await self._taps(Tapped(token=button.token), seen)
        else:
            choices = [one for row in seen.buttons for one in row if isinstance(one, Choice)]
            await self.says(str(choices.index(button) + 1))

    async def taps_token(self, token: str) -> None:
        await self._taps(Tapped(token=Token(token)), None)

    async def opens(self, room: str, label: str, *, about: str) -> None:
        """A button on a card in a room that mentions `about`."""
        card = [seen for seen in self.stage.sees(room) if about in seen.text.text][-1]
        await self.taps(card, label)

    async def sends_photo(self, data: bytes, caption: str = "") -> None:
        await self.sends_file(FileKind.PHOTO, data, caption)

    async def sends_file(self, kind: FileKind, data: bytes | None, caption: str = "", size: int | None = None) -> None:
        """Without data the file is only announced, with that size."""
        number = self._post(Seen(number=str(next(self.stage.adapter.numbers)), text=Rich.plain(caption), mine=True))
        handle = f"file-{number}"
        if data is not None:
            self.stage.adapter.files[handle] = data
        file = File(kind=kind, handle=Private(handle), size=size if data is None else len(data))
        body = Sent(file=file, caption=Private(caption))
        await self.stage.arrives(self.stage.event(self, body, number=number))

    async def blocks(self) -> None:
        await self.stage.arrives(self.stage.event(self, Gone(), number=None))

    async def expects(self, words: str) -> Seen:
        """The bot's last message says so."""
        assert words in self.last.text.text, f"{words!r} is not in:\n{self.last.text.text}"
        return self.last

    async def reads(self, words: str) -> Seen:
        """Some message that stands in the chat says so."""
        found = [seen for seen in self.chat if words in seen.text.text]
        assert found, f"{words!r} is in none of:\n" + "\n---\n".join(seen.text.text for seen in self.chat)
        return found[-1]

    def _post(self, seen: Seen) -> str:
        self.stage.sees(self.name).append(seen)
        return seen.number

    async def _taps(self, body: Body, seen: Seen | None) -> None:
        await self.stage.arrives(self.stage.event(self, body, number=seen.number if seen else None))
