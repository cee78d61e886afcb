"""One newsroom on a fake Telegram: its rooms, its people, its service, and waiting for what must come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.acceptance.human import STALE, Human, address
from tests.acceptance.service import Home
from tests.fakes.telegram.fake import FakeTelegram
from tests.fakes.telegram.places import Room
from tests.fakes.telegram.robots import Bot
from tests.fakes.telegram.seen import Seen
from tests.patience import PATIENCE

__all__ = ["ANNA", "AUTHOR", "BORIS", "FEW_BYTES", "FIRST_READER", "STALE", "Human", "Scene", "address"]

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
        await self.home.settled(PATIENCE)

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
            words = await self.home.last_words()
            raise AssertionError(f"nobody said {what!r}; visible:\n{visible}\n{words}") from None
        assert found is not None
        return found
