"""One newsroom with its people on a fake Telegram: what they do, and what they wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from storage.address import Account, Address
from storage.private import Private
from storage.store import Store
from tests.acceptance.service import Home
from tests.fakes.telegram.fake import FakeTelegram
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.places import Room
from tests.fakes.telegram.robots import Bot
from tests.fakes.telegram.seen import Seen

PATIENCE = 40.0
"""seconds until a person gives up waiting: the test has failed"""

AUTHOR, ANNA, BORIS = 0x3A7C51E9B2, 0x4B8D62FAC3, 0x5C9E730BD4
"""More than 2^33: five bytes and six tell them from anything else."""
FIRST_READER = 0x6DAF841CE5
FEW_BYTES = (0x5A31C7E9, 0x61B4D28F, 0x7E93A5C1)
"""Readers whose ids fit into four bytes."""


@dataclass(kw_only=True)
class Scene:
    fake: FakeTelegram
    bot: Bot
    editors: Room
    channel: Room
    home: Home
    on_act: Callable[[int], None] = lambda _number: None
    """told the number of each thing that a person does, right after it"""
    acts: int = field(default=0)

    @classmethod
    def set_up(cls, fake: FakeTelegram, furnish: Callable[[FakeTelegram, Bot, Room, Room], Home]) -> Scene:
        bot = fake.bot("newsroom_bot")
        editors, channel = fake.supergroup("Editors"), fake.channel("Stories")
        for room in (editors, channel):
            room.admits(bot, "administrator")
        return cls(fake=fake, bot=bot, editors=editors, channel=channel, home=furnish(fake, bot, editors, channel))

    def person(self, number: int, name: str) -> Human:
        return Human(self, self.fake.person(number, f"Имя{name}", username=f"{name}_under_cover", language_code="ru"))

    def happened(self) -> None:
        self.acts += 1
        self.on_act(self.acts)

    async def card(self, words: str) -> Seen:
        """The card in the editors' room, once it says so."""
        return await self._expects(self.editors, words)

    async def published(self, words: str) -> Seen:
        return await self._expects(self.channel, words)

    async def settled(self) -> None:
        """Nothing waits in the service any more."""
        async with self.home.store() as store, asyncio.timeout(PATIENCE):
            while await _waiting(store):  # noqa: ASYNC110 - another process's rows make no sound here
                await asyncio.sleep(0.02)

    async def _expects(self, room: Room, words: str) -> Seen:
        def newest() -> Seen | None:
            return next((seen for seen in reversed(room.sees()) if words in seen.text), None)

        return await self.waits(newest, words, room.sees)

    async def waits(self, newest: Callable[[], Seen | None], what: str, sees: Callable[[], list[Seen]]) -> Seen:
        """What `newest` gives at last. Says what there was instead when it never does."""
        try:
            found = await self.fake.wait_for(newest, PATIENCE)
        except TimeoutError:
            visible = "\n---\n".join(seen.text[:300] for seen in sees()[-6:])
            log = self.home.log.read_text()[-4000:]
            raise AssertionError(f"nobody said {what!r}; visible:\n{visible}\nlog:\n{log}") from None
        assert found is not None
        return found


STALE = "Эта кнопка от прежнего вопроса"
"""What is said to a tap on a prompt that is not the present one."""


class Human:
    """Reads the private chat with the bot as a person would: what is new, never the same prompt twice."""

    def __init__(self, scene: Scene, person: Person) -> None:
        self.scene = scene
        self.person = person
        self._read_up_to = 0
        self._pressed: set[str] = set()
        self._label = ""
        """of the button that was pressed last"""

    @property
    def account(self) -> Account:
        return Account(platform="telegram", person=Private(str(self.person.id)))

    @property
    def address(self) -> Address:
        return address(self.person.id)

    def sees(self) -> list[Seen]:
        return self.person.sees(self.scene.bot)

    async def says(self, text: str) -> None:
        self._read_up_to = self.person.says(text, self.scene.bot).message_id
        self.scene.happened()

    async def sends_album(self, photos: list[bytes], caption: str) -> None:
        for number, photo in enumerate(photos):
            sent = self.person.sends_photo(photo, self.scene.bot, caption if number == 0 else "", album="album")
            self._read_up_to = sent.message_id
        self.scene.happened()

    async def sends(self, kind: str, data: bytes) -> None:
        """A voice message, a video."""
        self._read_up_to = self.person.sends_file(kind, self.scene.bot, data).message_id
        self.scene.happened()

    async def follows(self, payload: str) -> None:
        """A link to the bot."""
        self._read_up_to = self.person.starts(self.scene.bot, payload).message_id
        self.scene.happened()

    async def opens(self, card: Seen) -> None:
        """Follows the link of a card."""
        await self.follows((card.button("Открыть").url or "").partition("start=")[2])

    async def expects(self, words: str) -> Seen:
        return await self._finds(lambda seen: words in seen.text, words)

    async def receives(self, kind: str) -> bytes:
        """What is in the newest file of this kind."""
        return self.scene.fake.file(await self._finds(lambda seen: seen.kind == kind, kind))

    async def presses(self, label: str, *, about: str = "") -> None:
        """The newest prompt that has this button and was not pressed yet."""

        def fits(seen: Seen) -> bool:
            tokens = _tokens(seen)
            mine = [button for row in seen.buttons for button in row if label in button.text]
            return about in seen.text and bool(mine) and not tokens & self._pressed

        seen = await self._finds(fits, f"{about} [{label}]")
        self._tap(seen, label)
        self.scene.happened()

    def _tap(self, seen: Seen, label: str) -> None:
        self._pressed |= _tokens(seen)
        self._read_up_to = seen.message_id
        self._label = label
        self.person.taps(seen, label)

    def _tap_again(self, theirs: list[Seen]) -> None:
        """Who has pressed a copy of an older prompt, as a kill can leave, is told so, and presses the present one."""
        new = [seen for seen in theirs if seen.message_id > self._read_up_to]
        if not any(STALE in seen.text for seen in new):
            return
        if any(self._label in button.text for row in new[-1].buttons for button in row):
            self._tap(new[-1], self._label)

    def blocks(self) -> None:
        self.person.blocks(self.scene.bot)
        self.scene.happened()

    async def _finds(self, fits: Callable[[Seen], bool], what: str) -> Seen:
        def newest() -> Seen | None:
            theirs = [seen for seen in self.sees() if seen.sender_id != self.person.id]
            self._tap_again(theirs)
            new = (seen for seen in reversed(theirs) if seen.message_id > self._read_up_to)
            return next((seen for seen in new if fits(seen)), None)

        return await self.scene.waits(newest, what, self.sees)


def address(chat: int) -> Address:
    return Address(platform="telegram", bot="main", chat=Private(str(chat)))


def _tokens(seen: Seen) -> set[str]:
    """Which prompt's buttons these are; buttons that stand for a command belong to their message alone."""
    data = [button.data for row in seen.buttons for button in row if button.data]
    return {f"{seen.message_id}{one}" if one.startswith("!") else one.partition(".")[0] for one in data}


async def _waiting(store: Store) -> bool:
    async with store.read() as tx:
        inbox, parked = await tx.inbox.count()
        assert parked == 0, "a turn failed again and again"
        return bool(inbox or await tx.outbox.count() or await tx.jobs.count())
