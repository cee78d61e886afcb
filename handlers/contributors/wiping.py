"""What stands in a person's chat goes, both sides; what follows this effect stays."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn


class WipeChat(msgspec.Struct, frozen=True, kw_only=True):
    """The chat of the person whose turn it is."""


async def wipe_chat(turn: Turn, _effect: WipeChat) -> None:
    await turn.wipe(turn.person.chat)
