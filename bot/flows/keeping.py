"""What stays of a turn: where the chat stands, and the timer of a draft that is not finished."""

from __future__ import annotations

from bot.flows.conversation import Conversation, save
from bot.flows.here import Here
from storage.clock import coarse
from storage.codec import encode
from storage.conversations import Stored
from storage.ids import ChatHash
from storage.store import Transaction

DRAFT_TIMER = "draft"
_SLACK = 3600
"""The draft's timer is moved only when it is off by an hour: one write less in most turns."""


async def keep(tx: Transaction, chat: ChatHash, here: Here, stored: Stored | None, before: int | None) -> None:
    """`before`: when the draft would have expired, as it was kept until now."""
    precious = here.flow.precious
    expires = tx.now + precious(here.draft) if precious is not None else None
    if expires is None:
        if before is not None:
            await tx.timers.cancel(DRAFT_TIMER, chat)
    elif before is None or abs(expires - before) > _SLACK:  # also when the clock was put back
        await tx.timers.set(DRAFT_TIMER, chat, coarse(expires + _SLACK))
    rolling = here.flow.rolling(here.draft)
    if rolling is not None:  # what was written is in the draft from now on, and need not stand in the chat
        await tx.messages.hasten(here.who.chat, tx.now + rolling)
    await save(tx, chat, _record(here, expires), stored, fresh_key=here.ended)


async def shred(tx: Transaction, chat: ChatHash) -> None:
    """Nothing stays."""
    await tx.conversations.shred(chat)
    await tx.timers.cancel(DRAFT_TIMER, chat)


def _record(here: Here, expires: int | None) -> Conversation:
    return Conversation(
        chat=here.who.chat,
        person=here.who.person,
        language=here.who.language,
        flow=here.flow.name,
        step=here.step,
        draft=encode(here.draft),
        draft_id=here.draft_id,
        trail=here.trail,
        asked=here.asked,
        offers=here.offers,
        anchor=here.anchor,
        expires=expires,
        undeleted=here.undeleted,
        proving=here.proving,
        held=here.held,
    )
