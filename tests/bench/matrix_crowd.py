"""One bot's people on Matrix, who answer as soon as they are asked."""

from __future__ import annotations

import asyncio
import time

from tests.bench import dialogue
from tests.bench.matrix_device import Json
from tests.bench.matrix_person import Person

START = "!start"


class Crowd:
    """Raises AssertionError at a wrong reply."""

    def __init__(self, bot: str, user: str) -> None:
        """`user`: the bot's whole id."""
        self.bot = bot
        self.people: list[Person] = []
        self._user = user
        self._greeted: list[Person] = []

    async def greet(self, first: int) -> None:
        """Unmeasured: the bot speaks first, as soon as it is in the room; both sides have each other's keys then."""
        greeting = self.people[:first]
        await asyncio.gather(*(self._greet(person) for person in greeting))
        self._greeted = greeting

    async def play(self) -> Json:
        """Everybody at once, from the first question to the thanks."""
        began = time.monotonic()
        waits = await asyncio.gather(*(self._tell(person) for person in self._greeted))
        return {"waits": [wait for one in waits for wait in one], "seconds": time.monotonic() - began}

    async def leave_word(self) -> None:
        await self._greeted[0].says(START)

    async def heard(self) -> float:
        """`time.monotonic()` at which the answer to that was read."""
        await self._hear(self._greeted[0], dialogue.number(1))
        return time.monotonic()

    async def order_broadcast(self) -> None:
        """To everybody: the first of them is the one who may."""
        await self._greeted[0].says(f"!broadcast {self.bot} {len(self.people)}")

    async def read_broadcast(self) -> None:
        """Those who were greeted can."""
        for person in self._greeted:
            await self._hear(person, dialogue.QUESTION)

    async def _greet(self, person: Person) -> None:
        await self._hear(person, dialogue.number(1))
        await person.gives_key(self._user)

    async def _tell(self, person: Person) -> list[float]:
        waits = []
        for step in range(1, dialogue.STEPS + 1):
            asked = time.monotonic()
            await person.says(dialogue.ANSWER.format(step=step))
            await self._hear(person, dialogue.THANKS if step == dialogue.STEPS else dialogue.number(step + 1))
            waits.append(time.monotonic() - asked)
        return waits

    @staticmethod
    async def _hear(person: Person, wanted: str) -> None:
        text = await person.hears()
        assert text.startswith(wanted), f"{wanted!r} was expected, and not {text!r}"
