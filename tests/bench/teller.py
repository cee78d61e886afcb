"""Somebody who sends a whole story at once, in any order, and gets it shown back. Lives in the fake's process."""

from __future__ import annotations

import asyncio
import random
import time

from tests.bench import dialogue, story
from tests.fakes.telegram import Bot, FakeTelegram, Person


class Teller:
    def __init__(self, telegram: FakeTelegram, bot: Bot, person: Person, photo: bytes, order: random.Random) -> None:
        self._files = telegram.world.files
        self._bot = bot
        self._person = person
        self._photo = photo
        self._order = order
        self._recordings = {"video": order.randbytes(story.VIDEO), "voice": order.randbytes(story.VOICE)}
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.began = self.finished = 0.0

    def begin(self) -> None:
        self.began = time.monotonic()
        self._person.says("/story", self._bot)
        things = ["photo"] * story.PHOTOS + [*self._recordings] + ["text"] * story.TEXTS
        self._order.shuffle(things)
        for number, thing in enumerate(things):
            if thing == "text":
                self._person.says(story.TEXT.format(number=number), self._bot)
            elif thing == "photo":
                self._person.sends_photo(self._photo, self._bot, album="album")
            else:
                self._person.sends_file(thing, self._bot, self._recordings[thing])

    def see(self, chat: int, text: str) -> None:
        """A reply has arrived."""
        if chat == self._person.id and text.startswith(dialogue.THANKS):
            self.finished = time.monotonic()
            self.ended.set_result(None)

    def whole(self) -> int:
        """Files that came back: recordings byte for byte, photos as photos."""
        back = [message for message in self._person.sees(self._bot) if message.sender_id == self._bot.id]
        recordings = [message for message in back if message.kind in self._recordings]
        same = sum(
            self._files[message.file_unique_id or ""].data == self._recordings[message.kind] for message in recordings
        )
        return same + sum(message.kind == "photo" for message in back)
