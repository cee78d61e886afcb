"""Somebody who tells the newsroom a whole story at once, in any order, and gets it shown back. Lives in the fake's
process.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.bench import story
from tests.fakes.telegram import Bot, FakeTelegram, Person
from tests.fakes.telegram.seen import Seen

_TO_THE_QUESTION = ("Понимаю, начать", "Коротко и свободно")
_TO_THE_LAST_LOOK = (
    "Оставить все без описаний",
    "Без имени",
    "Другое",
    "Не указывать",
    "Можно: без звука",
    "Согласиться",
)
PATIENCE = 120.0
"""seconds for one answer"""


class Teller:
    def __init__(
        self, telegram: FakeTelegram, bot: Bot, person: Person, photos: list[bytes], order: random.Random
    ) -> None:
        self._telegram = telegram
        self._bot = bot
        self._person = person
        self._photos = photos
        self._order = order
        self._texts = [story.TEXT.format(number=number) for number in range(story.TEXTS)]
        self._recordings = {"video": order.randbytes(story.VIDEO), "voice": order.randbytes(story.VOICE)}
        self._pressed: set[int] = set()

    async def tell(self) -> None:
        """To the last look. Raises TimeoutError when the newsroom does not go on."""
        self._person.says("/story", self._bot)
        for label in _TO_THE_QUESTION:
            await self._press(label)
        await self._sees(lambda seen: "Расскажите свою историю" in seen.text)
        self._send_everything()
        await self._press("Готово", self._is_all)
        for label in _TO_THE_LAST_LOOK:
            await self._press(label)
        await self._sees(lambda seen: "Всё верно?" in seen.text)

    def texts(self) -> int:
        """Messages that are read word for word at the last look."""
        read = "\n".join(seen.text for seen in self._last_look())
        return sum(text in read for text in self._texts)

    def files(self) -> int:
        """Of the last look: recordings byte for byte, photos that are photos, each another one."""
        files = self._telegram.world.files
        back = [(seen.kind, files[seen.file_unique_id].data) for seen in self._last_look() if seen.file_unique_id]
        photos = {data for kind, data in back if kind == "photo"}
        return len(photos) + sum((kind, data) in back for kind, data in self._recordings.items())

    def _send_everything(self) -> None:
        things: list[str | bytes] = [*self._texts, *self._photos, *self._recordings]
        self._order.shuffle(things)
        for thing in things:
            if isinstance(thing, bytes):
                self._person.sends_photo(thing, self._bot, album="album")
            elif thing in self._recordings:
                self._person.sends_file(thing, self._bot, self._recordings[thing])
            else:
                self._person.says(thing, self._bot)

    def _is_all(self, seen: Seen) -> bool:
        characters = re.search(r"Пока в истории ([\d\s]+) знак", seen.text)
        return (
            characters is not None
            and int(re.sub(r"\s", "", characters[1])) == sum(map(len, self._texts))
            and f"{story.PHOTOS} фотографий" in seen.text
            and "2 записи" in seen.text
        )

    async def _press(self, label: str, fits: Callable[[Seen], bool] = lambda _seen: True) -> None:
        def has_button(seen: Seen) -> bool:
            labels = [button.text for row in seen.buttons for button in row]
            return seen.message_id not in self._pressed and any(label in one for one in labels) and fits(seen)

        seen = await self._sees(has_button)
        self._pressed.add(seen.message_id)
        self._person.taps(seen, label)

    async def _sees(self, fits: Callable[[Seen], bool]) -> Seen:
        """The newest of the bot's messages that fits, as soon as there is one."""

        def newest() -> Seen | None:
            return next(
                (seen for seen in reversed(self._person.sees(self._bot)) if self._is_bots(seen) and fits(seen)), None
            )

        found = await self._telegram.wait_for(newest, PATIENCE)
        assert found is not None
        return found

    def _last_look(self) -> list[Seen]:
        seen = [one for one in self._person.sees(self._bot) if self._is_bots(one)]
        begins = max(place for place, one in enumerate(seen) if "Вот что увидят редакторы" in one.text)
        return seen[begins:]

    def _is_bots(self, seen: Seen) -> bool:
        return seen.sender_id == self._bot.id
