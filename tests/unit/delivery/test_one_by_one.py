"""What an adapter does chat by chat ends, however long the platform takes."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from bot.outcomes import Outcome, Unsure
from bot.platforms import base
from bot.platforms.base import Adapter, OpenBlob, one_by_one
from bot.texts.rich import Rich
from bot.types import Content, Show
from storage.address import Address
from storage.private import Private


class Silent:
    """A platform that never answers."""

    async def perform(self, *_: object) -> Outcome:
        await asyncio.get_running_loop().create_future()
        raise AssertionError("somebody answered")


async def test_a_platform_that_never_answers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "LONGEST_SEND", 0.01)
    show = Show(content=Content(text=Rich.plain("news")))
    deliver = one_by_one(cast(Adapter, Silent()), show, cast(OpenBlob, cast(Any, None)))
    chat = Address(platform="toy", bot="main", chat=Private("anna"))
    assert await deliver(chat, "") == Unsure()
