"""Who leaves gets nothing more: neither what is published later nor what waits for them already."""

from __future__ import annotations

from bot.flows.turn import Turn


async def stop_reading(turn: Turn) -> None:
    """Also when the platform says that this person has blocked the bot: their stories wait for their own dates."""
    await turn.tx.subscribers.leave(turn.person.person)
    await turn.tx.outbox.drop_broadcasts(turn.person.chat)
