"""One store, several workers over it, some chats; and the plain models that they are compared with."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.flows.testing import Person, Stage
from bot.outcomes import Outcome
from bot.texts.fluent import Texts
from bot.types import Choice, Incoming, Outgoing, Said, Show, Tapped
from storage.address import Address
from storage.private import Private
from storage.store import Store
from tests.integration.engine.toy import Model, toy
from tests.integration.storage.people import story_ids


@dataclass(kw_only=True)
class World:
    workers: list[Stage]
    people: list[Person]
    models: list[Model]
    delivered: dict[str, list[Show]] = field(default_factory=dict)
    screens: list[tuple[Show | None, int]] = field(default_factory=list)
    """what each person looks at: the last prompt, and how many were asked by then"""
    events: list[Incoming] = field(default_factory=list)

    @classmethod
    def new(cls, stores: Sequence[Store], texts: Texts, name: str, chats: int) -> World:
        workers = [Stage(store, toy, texts) for store in stores]
        for worker in workers[1:]:
            worker.adapter = workers[0].adapter  # one messenger, whoever speaks to it
            worker.restart()
        people = [workers[0].person(f"{name}-{number}", language="en") for number in range(chats)]
        world = cls(workers=workers, people=people, models=[Model(chat=person.name) for person in people])
        world.screens = [(None, 0)] * chats
        world._listen()
        return world

    async def writes(self, chat: int, text: str, times: int) -> None:
        await self._arrives(chat, Said(text=Private(text)), times)
        self.models[chat].writes(text)

    async def taps(self, chat: int, button: int, times: int) -> None:
        """A button of what this person sees now, which may be behind what was asked by now."""
        show, asked = self.screens[chat]
        if show is None:
            return
        choices = [one for row in show.content.buttons for one in row if isinstance(one, Choice)]
        choice = choices[button % len(choices)]
        await self._arrives(chat, Tapped(token=choice.token), times)
        self.models[chat].taps(choice.label, asked)

    async def repeats(self, which: int) -> None:
        """The platform sends an old event once more."""
        if self.events:
            await self.workers[0].intake.accept([self.events[which % len(self.events)]], source="stage", cursor=None)

    def restarts(self, worker: int) -> None:
        self.workers[worker].restart()

    async def dies(self, worker: int, after: int) -> None:
        """In the middle of its turns, wherever that happens to be."""
        turns = asyncio.create_task(self.workers[worker].dispatcher.settle())
        for _ in range(after):
            await asyncio.sleep(0)
        turns.cancel()
        await asyncio.wait([turns])
        self.workers[worker].restart()

    async def works(self) -> None:
        """All workers at once, until nothing is left."""
        await asyncio.gather(*(worker.dispatcher.settle() for worker in self.workers))
        await asyncio.gather(*(worker.senders.settle() for worker in self.workers))

    def looks(self) -> None:
        for number, (person, model) in enumerate(zip(self.people, self.models, strict=True)):
            if shown := self.delivered.get(person.name):
                self.screens[number] = (shown[-1], model.asked)

    async def handed(self) -> list[str]:
        async with self.workers[0].store.read() as tx:
            found = [await tx.stories.get(story) for story in await story_ids(tx)]
            texts = [(await tx.stories.text(story)).reveal() for story in found if story is not None]
        names = {person.name for person in self.people}
        return sorted(text for text in texts if text.split(" ")[0] in names)

    def check_what_was_said(self) -> None:
        for person, model in zip(self.people, self.models, strict=True):
            shown = self.delivered.get(person.name, [])
            prompts = [_prompt_of(show) for show in shown]
            assert len(set(prompts)) == len(prompts), "a question was delivered twice"
            _check_order([_says(show) for show in shown], model.says)

    async def _arrives(self, chat: int, body: Said | Tapped, times: int) -> None:
        stage = self.workers[0]
        name = f"{self.people[chat].name}:{len(self.events)}"
        event = stage.event(self.people[chat], body, number=None, name=name)
        self.events.append(event)
        await stage.intake.accept([event] * times, source="stage", cursor=None)

    def _listen(self) -> None:
        adapter = self.workers[0].adapter
        perform = adapter.perform

        async def heard(outgoing: Outgoing, chat: Address, *rest: object) -> Outcome:
            if isinstance(outgoing, Show):
                self.delivered.setdefault(chat.chat.reveal(), []).append(outgoing)
            return await perform(outgoing, chat, *rest)  # type: ignore[arg-type]

        adapter.perform = heard  # type: ignore[method-assign, assignment]


NAMES = count()
"""Each example has chats of its own; the store stays."""


def _prompt_of(show: Show) -> str:
    (token, *_) = [one.token for row in show.content.buttons for one in row if isinstance(one, Choice)]
    return token.partition(".")[0]


def _says(show: Show) -> str:
    """The prompt's own words, without the notice that may stand before them."""
    return show.content.text.text.rpartition("\n\n")[2]


def _check_order(seen: list[str], expected: list[tuple[str, bool]]) -> None:
    """Everything that must be seen is, in its order; only a prompt that moves along may be overtaken by a newer one."""
    if not expected:
        assert seen == []
        return
    moving = [place for place, (_, moves) in enumerate(expected) if moves]
    may_be_missing = set(moving[:-1])
    places = {0}  # how much of `expected` may lie behind what was seen so far; equal words leave more than one answer
    for words in seen:
        after: set[int] = set()
        for place in places:
            while place < len(expected):
                if expected[place][0] == words:
                    after.add(place + 1)
                if place not in may_be_missing:
                    break
                place += 1
        assert after, f"{words!r} was said out of its place"
        places = after
    assert any(set(range(place, len(expected))) <= may_be_missing for place in places), "the last was never said"
