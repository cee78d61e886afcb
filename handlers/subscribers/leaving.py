"""Who leaves gets nothing more, also of what is being sent just now."""

from __future__ import annotations

from bot.flows.turn import Turn


async def stop_reading(turn: Turn) -> None:
    """Also when the platform says that this person has blocked the bot: their stories wait for their own dates."""
    await turn.tx.subscribers.leave(turn.person.person)
