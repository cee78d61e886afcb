"""People who answer as soon as they are asked. They live in the fake's process, so that nobody waits for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.bench import dialogue
from tests.fakes.telegram import Bot, FakeTelegram, Person
from tests.fakes.telegram.call import Upload
from tests.fakes.telegram.model import Json

TURNS = dialogue.STEPS + 1
"""Of one person: `/start`, then every answer."""


class WatchedTelegram(FakeTelegram):
    """Tells of every call that was carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.on_call: Callable[[Bot, str, Json], None] = lambda bot, method, given: None

    def call(self, bot: Bot, method: str, given: Json, files: dict[str, Upload]) -> Any:
        result = super().call(bot, method, given, files)
        self.on_call(bot, method, given)
        return result


class Crowd:
    """`count` people, all of whom go through the dialogue at once. Raises AssertionError at a wrong reply."""

    def __init__(self, bot: Bot, people: list[Person], photo: bytes | None, photos: int) -> None:
        self._bot = bot
        self._people = {person.id: person for person in people}
        self._photo = photo
        self._with_photo = {person.id for person in people[:photos]}
        self._step = dict.fromkeys(self._people, 0)
        self._asked_at: dict[int, float] = {}
        self._left = len(people)
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self.waits: list[float] = []
        """seconds from an update being there to its reply"""
        self.began = self.finished = 0.0

    def begin(self) -> None:
        self.began = time.monotonic()
        for person in self._people.values():
            self._asked_at[person.id] = time.monotonic()
            person.starts(self._bot)

    def see(self, chat: int, text: str) -> None:
        """A reply has arrived."""
        now = time.monotonic()
        step = self._step[chat] = self._step[chat] + 1
        wanted = dialogue.THANKS if step > dialogue.STEPS else dialogue.number(step)
        if not text.startswith(wanted):
            self._fail(f"{wanted!r} was expected, and not {text!r}")
            return
        self.waits.append(now - self._asked_at[chat])
        if step <= dialogue.STEPS:
            self._loop.call_soon(self._answer, chat, step)
            return
        self._left -= 1
        if not self._left:
            self.finished = now
            self.ended.set_result(None)

    def _answer(self, chat: int, step: int) -> None:
        person = self._people[chat]
        self._asked_at[chat] = time.monotonic()
        if step == dialogue.PHOTO_STEP and self._photo is not None and chat in self._with_photo:
            person.sends_photo(self._photo, self._bot)
        else:
            person.says(dialogue.ANSWER.format(step=step), self._bot)

    def _fail(self, why: str) -> None:
        if not self.ended.done():
            self.ended.set_exception(AssertionError(why))
