"""People who go through the dialogue at their leisure, and strangers who try receipts. Lives in the fake's process."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from itertools import cycle

from storage.vault.words import words
from tests.bench import dialogue
from tests.fakes.telegram import Bot, FakeTelegram, Person

PAUSES = 0.0, 1.0
"""seconds of thinking before an answer"""
STRANGERS = 1000
FOUND = "Ваша история нашлась"
_RIGHT_EVERY = 4.0
"""seconds"""


class Town:
    """`ids`: of people whom nobody has seen yet. Raises AssertionError at a wrong reply."""

    def __init__(
        self,
        telegram: FakeTelegram,
        bot: Bot,
        ids: Iterator[int],
        people: int,
        chance: random.Random,
        pauses: tuple[float, float],
    ) -> None:
        self._telegram, self._bot, self._ids, self._chance, self._pauses = telegram, bot, ids, chance, pauses
        self._people = {person.id: person for person in (telegram.person(next(ids)) for _ in range(people))}
        self._step = dict.fromkeys(self._people, 0)
        self._since: dict[int, float] = {}
        self._owners: dict[int, float] = {}
        self._ended = False
        self._all_found = asyncio.Event()
        self._failed: str | None = None
        self.waits: list[float] = []
        """seconds from an update being there to its reply, of those who talk"""
        self.found: list[float] = []
        """seconds until a right receipt had found its story"""
        self.guessed = 0

    async def live(self, seconds: float, guesses: float, right: str) -> None:
        """`guesses` a second. `right`: seven words that lead to a story; empty: nobody has any."""
        for person in self._people.values():
            self._later(person.id)
        until = asyncio.create_task(asyncio.sleep(seconds))
        others = []
        if guesses:
            others.append(asyncio.create_task(self._guess(guesses)))
        if right:
            others.append(asyncio.create_task(self._come_back(right)))
        await until
        self._ended = True
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._owners:  # what they wait for comes after what came before them
            await self._all_found.wait()
        if self._failed is not None:
            raise AssertionError(self._failed)

    def see(self, chat: int, text: str) -> None:
        """A message has arrived."""
        now = time.monotonic()
        if chat in self._owners and FOUND in text:
            self.found.append(now - self._owners.pop(chat))
            if self._ended and not self._owners:
                self._all_found.set()
        if chat not in self._people or self._ended:
            return
        step = self._step[chat] = self._step[chat] + 1
        wanted = dialogue.THANKS if step > dialogue.STEPS else dialogue.number(step)
        if not text.startswith(wanted):
            self._failed = f"{wanted!r} was expected, and not {text!r}"
        self.waits.append(now - self._since[chat])
        self._later(chat)

    def _later(self, chat: int) -> None:
        asyncio.get_running_loop().call_later(self._chance.uniform(*self._pauses), self._go_on, chat)

    def _go_on(self, chat: int) -> None:
        if self._ended:
            return
        step = self._step[chat]
        self._since[chat] = time.monotonic()
        if step in (0, dialogue.STEPS + 1):
            self._step[chat] = 0
            self._people[chat].says("/start", self._bot)
        else:
            self._people[chat].says(dialogue.ANSWER.format(step=step), self._bot)

    async def _guess(self, pace: float) -> None:
        for stranger in cycle([self._stranger() for _ in range(STRANGERS)]):
            stranger.says(f"/receipt {' '.join(self._chance.sample(words(), 7))}", self._bot)
            self.guessed += 1
            await asyncio.sleep(self._chance.uniform(0, 2 / pace))

    async def _come_back(self, right: str) -> None:
        while True:
            await asyncio.sleep(_RIGHT_EVERY)
            owner = self._stranger()
            self._owners[owner.id] = time.monotonic()
            owner.says(f"/receipt {right}", self._bot)

    def _stranger(self) -> Person:
        return self._telegram.person(next(self._ids))
