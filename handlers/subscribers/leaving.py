"""Who leaves gets nothing more, also of what is being sent just now."""

from __future__ import annotations

from bot.flows.turn import Turn


async def stop_reading(turn: Turn) -> None:
    await turn.tx.subscribers.leave(turn.person.person)


async def bot_was_blocked(turn: Turn) -> None:
    """The platform says so. Their stories wait for their own dates; what they read by another of our bots goes on."""
    reader = await turn.tx.subscribers.find(turn.person.person)
    if reader is None or reader.chat == turn.person.chat:
        await stop_reading(turn)
