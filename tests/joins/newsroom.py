"""A busy newsroom: thirty people, each of whom tells two stories, reads, edits and gets seven words within minutes.

That is the hardest day for whoever keeps them apart: all of one person lies close together in time, and people come one
after the other. What they do is carried out as ever, by the effects of their conversations.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random

from sqlalchemy import select

from bot.flows.flow import Who
from bot.flows.testing import Person, Stage
from bot.flows.turn import Turn
from bot.media.download import in_pieces
from bot.texts.fluent import Language
from bot.types import FileKind, Said
from handlers.contributors.submission import KeepFile, Submit, keep_file, submit
from handlers.subscribers.subscription import Join, SetRhythm, join, set_rhythm
from handlers.subscribers.unlisting import Unlist, unlist
from storage.address import Account
from storage.clock import HOUR, MINUTE
from storage.private import Private
from storage.rhythm import Every, Rhythm
from storage.store import Transaction
from storage.story import Attachment, Contact
from storage.tables import blob_chunks, metadata, wraps
from storage.vault import DataKey, Lookup, Opened
from storage.vault.totp import TimeStep
from tests.clock import Clock
from tests.integration.flows.people import enrol
from tests.joins.attack import Owners

PEOPLE = 30
ARRIVING, ASKING = "arriving", "asking"
FIRST, SECOND = "first story", "second story"
READING, EDITING, WORDS = "reading", "editing", "seven words"
LEAVING, BLOCKED = "unlisting", "blocked"
LANGUAGES = ("ru", "en", "de")


class BusyNewsroom:
    """Whose a row is, is seen when it comes: nobody else does anything in that moment."""

    def __init__(self, stage: Stage, clock: Clock) -> None:
        self.stage = stage
        self.came: list[str] = []
        """people in the order in which they came"""
        self.owners: dict[tuple[str, tuple[object, ...]], tuple[str, str]] = {}
        self._clock = clock
        self._chance = Random(30)

    @property
    def truth(self) -> Owners:
        return self.owners

    async def open(self) -> None:
        """At six in the morning; also the timers that the real service sets at its start."""
        self._clock.pass_(seconds=18 * HOUR)
        async with self.stage.store.write() as tx:
            for kind in self.stage.program.standing:
                await tx.timers.set(kind, b"", tx.now)
        await self.stage.settle()

    async def a_day(self) -> None:
        people = [f"person {number}" for number in range(PEOPLE)]
        self._chance.shuffle(people)
        for name in people:
            self.came.append(name)
            await self._comes(self.stage.person(name))
            self._clock.pass_(seconds=20 * MINUTE + self._chance.randrange(MINUTE))
            await self.stage.settle()

    async def the_night(self) -> None:
        """Somebody writes at midnight, and is answered on the next day; then what is done once a day."""
        self._clock.pass_(seconds=24 * HOUR - self._clock.now() % (24 * HOUR) - 1)
        await self.stage.settle()
        late = self.stage.event(self.stage.person(self.came[-1]), Said(text=Private("Не спится.")), number="midnight")
        await self.stage.intake.accept([late], source="", cursor=None)
        await self.stage.dispatcher.settle()
        self._clock.pass_(seconds=2)
        await self.stage.settle()
        self._clock.pass_(seconds=8 * HOUR)
        await self.stage.settle()

    async def _comes(self, person: Person) -> None:
        doings = [FIRST, READING, EDITING, LEAVING, BLOCKED]
        self._chance.shuffle(doings)
        for doing in [ARRIVING, *doings, WORDS, SECOND, ASKING]:
            async with self._theirs(person, doing):
                await self._does(person, doing)
                await self.stage.settle()
            self._clock.pass_(seconds=self._chance.randrange(40))

    async def _does(self, person: Person, doing: str) -> None:
        match doing:
            case "arriving":
                await person.says("/start")
            case "asking":
                await person.says("/help")
            case "editing":
                await enrol(self.stage, person.name)
                await self._gets_second_factor(person)
            case "first story" | "second story":
                await self._tells(person)
            case _:
                async with self._turn(person) as (tx, turn):
                    if doing == READING:
                        await join(turn, Join(language=self._chance.choice(LANGUAGES)))
                        every, hour = self._chance.choice(list(Every)), self._chance.randrange(24)
                        await set_rhythm(turn, SetRhythm(rhythm=Rhythm(every=every, hour=hour, zone="Europe/Moscow")))
                    elif doing == LEAVING:
                        await unlist(turn, Unlist())
                    elif doing == BLOCKED:
                        await tx.blocks.put(turn.person.person, tx.work.today + timedelta(days=7))
                    else:
                        await _gets_words(tx, turn.person.person)

    async def _tells(self, person: Person) -> None:
        words = "Мы шли по пустой улице и молчали. " * self._chance.randrange(1, 90)
        voice = await self.stage.store.blobs.save(in_pieces(words.encode() * 40))
        recording = Attachment(kind=FileKind.VOICE, blob=voice, size=len(words.encode()) * 40, caption=Private(""))
        story = Submit(
            text=Private(words),
            notes=(),
            byline=Private(person.name) if self._chance.randrange(2) else None,
            attachments=(recording,),
            topic=self._chance.choice(("war", "home", "")),
            region=None,
            contact=Contact.SILENT,
        )
        async with self._turn(person) as (_, turn):
            await keep_file(turn, KeepFile(file=voice))
            await submit(turn, story)

    async def _gets_second_factor(self, person: Person) -> None:
        async with self._turn(person) as (tx, turn):
            editor = await tx.editors.find(turn.person.person)
            assert editor is not None
            await tx.second_factors.enrol(editor.id, Private(secrets.token_bytes(20)), TimeStep(1))

    @asynccontextmanager
    async def _turn(self, person: Person) -> AsyncIterator[tuple[Transaction, Turn]]:
        account = Account(platform=person.platform, person=Private(person.name))
        chat = self.stage.address(person.name)
        who = Who(chat=chat, person=account, language=Language(person.language), editor=None)
        async with self.stage.store.write() as tx:
            yield tx, replace(self.stage.turn(tx), who=who)

    @asynccontextmanager
    async def _theirs(self, person: Person, doing: str) -> AsyncIterator[None]:
        before = await self._keys()
        yield
        for key in await self._keys() - before:
            self.owners[key] = (person.name, doing)

    async def _keys(self) -> set[tuple[str, tuple[object, ...]]]:
        """Of all rows, but of those that belong to another row by their nature."""
        found: set[tuple[str, tuple[object, ...]]] = set()
        async with self.stage.store.read() as tx:
            for table in metadata.sorted_tables:
                if table not in (wraps, blob_chunks):
                    rows = await tx.work.connection.execute(select(*table.primary_key.columns))
                    found |= {(table.name, tuple(row)) for row in rows}
        return found


async def _gets_words(tx: Transaction, account: Account) -> None:
    """As if they had been hashed: that takes its time, and leaves nothing but this."""
    (first, *_) = await tx.contributors.stories(account)
    story = await tx.stories.get(first)
    assert story is not None
    await tx.receipts.issue(story, Opened(lookup=Lookup(secrets.token_bytes(32)), key=DataKey.new()))
