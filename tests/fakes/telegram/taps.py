"""A tap on a button, as the person who tapped sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.patience import PATIENCE

from .model import Json, Tap

if TYPE_CHECKING:
    from .fake import FakeTelegram


class Tapped:
    """A tap that waits for the bot's answer."""

    def __init__(self, fake: FakeTelegram, tap: Tap) -> None:
        self._fake, self._tap = fake, tap

    @property
    def id(self) -> str:
        return self._tap.id

    @property
    def answer(self) -> Json | None:
        """`{}`, or with text, show_alert, url; None while the button still spins."""
        return self._tap.answer

    async def answered(self, within: float = PATIENCE) -> Json:
        await self._fake.world.wait_for(lambda: self._tap.answer is not None, within)
        return self._tap.answer or {}
