"""Where every broadcast of the newsroom begins."""

from __future__ import annotations

from bot.flows.turn import Turn
from handlers.broadcasting.progress import follow
from storage.audience import Audience
from storage.ids import BroadcastId


async def begin(
    turn: Turn,
    kind: str,
    subject: bytes,
    audience: Audience | None = None,
    *,
    over: BroadcastId | None = None,
    once: str | None = None,
    told: bool = True,
) -> BroadcastId | None:
    """As `Broadcasts.begin`. told: the editors' rooms are shown how it goes."""
    begun = await turn.post.broadcast(turn.tx, kind, subject, audience, over=over, once=once)
    if begun is not None and told:
        await follow(turn, begun)
    return begun
