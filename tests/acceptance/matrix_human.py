"""A person on Matrix who talks with the bot: reads numbered lines, and answers with a number, words or a reaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from storage.address import Account, Address
from storage.private import Private
from tests.homeserver.chat import Chat, Seen
from tests.homeserver.people import MatrixPerson

STALE = "Эта кнопка от прежнего вопроса"
"""What is said to an answer to a prompt that is not the present one."""
_LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class Surroundings(Protocol):
    """Where the person is, and who counts what they do."""

    @property
    def editors_room(self) -> str: ...

    def happened(self) -> None: ...

    def log(self) -> str: ...


_BY_NUMBER = (
    "Да, ",
    "Согласиться",
    "Оставить как было",
    "Одобрить",
    "Передать на одобрение",
    "Отправить",
    "Отказать и сообщить",
    "Снять",
    "Открыть",
    "Выпустить сегодня",
)
"""What can't be taken back: no reaction decides it."""


class MatrixHuman:
    """Reads what is new in the private chat with the bot. Number, words and reaction take turns."""

    def __init__(self, scene: Surroundings, person: MatrixPerson, name: str, bot: str) -> None:
        self.scene = scene
        self.person = person
        self.name = name
        self._bot = bot
        self._chat: Chat | None = None
        self._read_up_to = -1
        self._pressed: set[str] = set()
        self._label = ""
        """of the choice that was made last"""
        self._choices = 0

    @property
    def account(self) -> Account:
        return Account(platform="matrix", person=Private(self.person.user_id))

    @property
    def address(self) -> Address:
        return Address(platform="matrix", bot="main", chat=Private(self.person.user_id))

    @property
    def chat(self) -> Chat:
        assert self._chat is not None
        return self._chat

    async def meets(self) -> None:
        """Invites the bot to an encrypted chat; ready when the bot is there."""
        self._chat = await self.person.direct(self._bot)
        await self._chat.waits_for_room(lambda room: self._bot in room.members)

    async def joins_chat(self) -> None:
        """Takes the bot's own invitation."""
        self._chat = await self.person.accepts(self._bot)

    async def says(self, text: str) -> None:
        await self._has_sent(await self.chat.says(text))

    async def sends_photos(self, photos: list[bytes], caption: str) -> None:
        for number, photo in enumerate(photos):
            name, said = f"IMG_{number}.jpg", caption if number == 0 else ""
            sent = await self.chat.sends_file("m.image", photo, name=name, mime="image/jpeg", caption=said)
            self._read_up_to = await self.chat.place(sent)
        self.scene.happened()

    async def sends_voice(self, data: bytes) -> None:
        await self._has_sent(await self.chat.sends_voice(data))

    async def sends_video(self, data: bytes) -> None:
        await self._has_sent(await self.chat.sends_file("m.video", data, name="video.mp4", mime="video/mp4"))

    async def expects(self, words: str) -> Seen:
        return await self._finds(lambda seen: words in seen.text, words)

    async def receives(self, kind: str) -> bytes:
        """What is in the newest file of this kind."""
        return await self.chat.downloads(await self._finds(lambda seen: seen.kind == kind, kind))

    async def presses(self, label: str, *, about: str = "") -> None:
        """The newest prompt that offers this and was not answered yet."""

        def fits(seen: Seen) -> bool:
            return about in seen.text and _number(seen, label) is not None and not _tokens(seen) & self._pressed

        seen = await self._finds(fits, f"{about} [{label}]")
        await self._choose(seen, label)
        self.scene.happened()

    async def opens(self, card: Seen) -> None:
        """By a reaction to the card. The homeserver takes no second one of the same: then by an answer."""
        self._read_up_to = await self.chat.place()
        number = _number(card, "Открыть")
        assert number is not None, card.text
        room = self.person.chat(self.scene.editors_room)
        if card.event_id in self._pressed:
            await room.says(str(number), reply_to=card.event_id)
        else:
            self._pressed.add(card.event_id)
            await room.reacts(card.event_id, _key(number))
        self.scene.happened()

    async def leaves(self) -> None:
        await self.person.leaves(self.chat)
        self.scene.happened()

    async def _has_sent(self, event_id: str) -> None:
        self._read_up_to = await self.chat.place(event_id)
        self.scene.happened()

    async def _choose(self, seen: Seen, label: str) -> None:
        """Numbers and words are meant for the newest message of the bot: an older one takes only a reaction."""
        number = _number(seen, label)
        assert number is not None
        self._pressed |= _tokens(seen)
        self._label = label
        newest = (await self._theirs())[-1]
        whole = next(words for found, words in _LINE.findall(seen.text) if int(found) == number)
        manner = self._choices % 3 if newest.event_id == seen.event_id else 2
        if manner == 2 and newest.event_id == seen.event_id and whole.startswith(_BY_NUMBER):
            manner = 0
        self._choices += 1
        if manner == 2:
            self._read_up_to = seen.place
            await self.chat.reacts(seen.event_id, _key(number))
        else:
            self._read_up_to = await self.chat.place(await self.chat.says(str(number) if manner == 0 else whole))

    async def _theirs(self) -> list[Seen]:
        return [seen for seen in await self.chat.sees() if seen.sender == self._bot]

    async def _finds(self, fits: Callable[[Seen], bool], what: str) -> Seen:
        def newest(seen: list[Seen]) -> Seen | None:
            new = (one for one in reversed(seen) if one.sender == self._bot and one.place > self._read_up_to)
            return next((one for one in new if fits(one)), None)

        try:
            return await self.chat.waits(newest, what)
        except AssertionError as error:
            raise AssertionError(f"{self.name}: {error}\nlog:\n{self.scene.log()[-4000:]}") from None


def _number(seen: Seen, label: str) -> int | None:
    """The number of the last line that says so: a story may have numbered lines of its own above."""
    return next((int(number) for number, words in reversed(_LINE.findall(seen.text)) if label in words), None)


def _key(number: int) -> str:
    return "🔟" if number == 10 else "".join(f"{digit}\ufe0f\u20e3" for digit in str(number))


def _tokens(seen: Seen) -> set[str]:
    """Which prompt it is; choices that stand for a command belong to their message alone."""
    carried = seen.content.get("org.tamizdat.tokens", [])
    return {f"{seen.event_id}{one}" if one.startswith("!") else one.partition(".")[0] for one in carried}
