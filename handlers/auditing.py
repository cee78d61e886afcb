"""What goes into the audit trail, and its own day: the rooms are shown its head, old entries go.

The head is a mark of everything noted so far. Whoever keeps it can prove later that nothing was taken out or changed
before it (`tamizdat audit verify --head`), also against somebody who holds the server.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from handlers.contributors.own import AboutAStory
from handlers.cooling import rest
from handlers.policy import AUDIT_DAYS, EDITORS_LANGUAGE
from storage.audit import PRUNED_AT_ONCE
from storage.audit_chain import Actor
from storage.audit_check import Broken, verify
from storage.clock import DAY, MINUTE
from storage.errors import VaultError
from storage.ids import ID_BYTES, AnchorId, EditorId
from storage.store import Transaction
from storage.story import Story

log = logging.getLogger(__name__)

AUDIT = "audit"
"""timer and job"""
E = TypeVar("E", bound=AboutAStory)


class Action(StrEnum):
    """Everything that is noted."""

    SUBMITTED = "submitted"
    ADDED = "added"
    ANSWERED = "answered"
    AGREED = "agreed"
    DECLINED = "declined"
    ASKED_FOR_CHANGES = "asked_for_changes"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    ASKED_TO_TAKE_DOWN = "asked_to_take_down"
    RECEIPT_ISSUED = "receipt_issued"
    RECEIPT_SPOILED = "receipt_spoiled"
    MOVED = "moved"
    MOVE_CANCELLED = "move_cancelled"
    CLAIMED = "claimed"
    ASKED = "asked"
    SENT_BACK = "sent_back"
    REWRITTEN = "rewritten"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    REJECTED = "rejected"
    RESCHEDULED = "rescheduled"
    STOPPED = "stopped"
    URGED = "urged"
    PUBLISHED = "published"
    CORRECTION_PROPOSED = "correction_proposed"
    CORRECTION_CONFIRMED = "correction_confirmed"
    CORRECTION_DROPPED = "correction_dropped"
    RETRACTED = "retracted"
    ORIGINALS_ASKED = "originals_asked"
    ORIGINALS_AGREED = "originals_agreed"
    ORIGINALS_OPENED = "originals_opened"
    EXPORT_ASKED = "export_asked"
    EXPORT_AGREED = "export_agreed"
    DELETION_ASKED = "deletion_asked"
    DELETION_AGREED = "deletion_agreed"
    PAIR_DROPPED = "pair_dropped"
    DESTROYED = "destroyed"
    LETTER_APPROVED = "letter_approved"
    LETTER_SCHEDULED = "letter_scheduled"
    LETTER_STOPPED = "letter_stopped"
    LETTER_SENT = "letter_sent"
    LETTER_CORRECTION_WRITTEN = "letter_correction_written"
    LETTER_CORRECTION_APPROVED = "letter_correction_approved"
    LETTER_CORRECTION_DROPPED = "letter_correction_dropped"
    LETTER_CORRECTED = "letter_corrected"
    LETTER_RETRACTION_WISHED = "letter_retraction_wished"
    LETTER_RETRACTED = "letter_retracted"
    LETTER_DELETED = "letter_deleted"
    TEMPLATE_CHANGED = "template_changed"
    BLOCKED = "blocked"
    WENT_COLD = "went_cold"
    EXPORTED = "exported"
    THAWED = "thawed"
    READERS_ASKED = "readers_asked"
    READERS_EXPORTED = "readers_exported"
    ENROLLED = "enrolled"
    ROLE_CHANGED = "role_changed"
    ROLE_WISHED = "role_wished"
    EDITOR_REMOVED = "editor_removed"
    LOCKED_OUT = "locked_out"
    BROADCAST_PAUSED = "broadcast_paused"
    BROADCAST_RESUMED = "broadcast_resumed"
    BROADCAST_CANCELLED = "broadcast_cancelled"
    FACTOR_ENROLLED = "factor_enrolled"
    FACTOR_RESET = "factor_reset"


def noted(action: Action, apply: Callable[[Turn, E], Awaitable[None]]) -> Callable[[Turn, E], Awaitable[None]]:
    """The same effect, with a line in the trail that is written with it or not at all; the story rests from then on."""

    async def apply_and_note(turn: Turn, effect: E) -> None:
        story = await turn.tx.stories.find(effect.story)
        if story is not None:  # by its present key: the effect may destroy it
            await note(turn, action, story)
        await apply(turn, effect)
        if await turn.tx.stories.is_there(effect.story):
            await rest(turn.tx, effect.story)

    return apply_and_note


async def note(turn: Turn, action: Action, story: Story | None = None, *, actor: Actor | None = None) -> None:
    """By whoever's turn it is. A story that can't be read any more goes without its name: nothing stops a deletion.

    Of a story that editors have not been shown, nothing: the order of the trail would tell when it came.
    """
    if story is not None and not story.details.is_shown:
        return
    by = actor if actor is not None else _actor(turn)
    try:
        await turn.tx.audit.note(action, actor=by, story=story)
    except VaultError:
        await turn.tx.audit.note(action, actor=by)


def _actor(turn: Turn) -> EditorId | Actor:
    who = turn.who
    return Actor.SYSTEM if who is None else Actor.AUTHOR if who.editor is None else who.editor.id


async def order_audit(turn: Turn, subject: bytes) -> None:
    """Soon after midnight (UTC), and at every start."""
    await turn.post.order(turn.tx, AUDIT, b"")
    midnight = turn.tx.now - turn.tx.now % DAY + DAY
    await turn.tx.timers.set(AUDIT, subject, midnight + 5 * MINUTE)


async def audit_job(tools: Tools, _payload: bytes) -> Closing | None:
    """Old entries go, the rest is checked, and the editors are shown the head, or that something is wrong."""
    await _prune(tools)
    verdict = await verify(tools.store)
    if isinstance(verdict, Broken):
        log.error(
            "the audit trail is not whole from entry %d on: %s (`tamizdat audit verify`)", verdict.at, verdict.why
        )
        said = msg("audit-is-broken", number=verdict.at)
    elif verdict.head is not None:
        said = msg("audit-head", entries=verdict.count, code=verdict.head.code)
    else:
        return None

    async def close(tx: Transaction) -> None:
        if isinstance(verdict, Broken) or await _is_news(tx):
            await _show(tools.turn(tx), said)

    return close


async def _prune(tools: Tools) -> None:
    gone: object = PRUNED_AT_ONCE
    while gone == PRUNED_AT_ONCE:
        async with tools.write() as tx:
            gone = await tx.audit.prune(tx.work.today - timedelta(days=AUDIT_DAYS))


async def _is_news(tx: Transaction) -> bool:
    """Something was noted since the last head, which was shown yesterday; a day that has just begun is not over."""
    days = await tx.audit.days()
    return days is not None and days[0] < tx.work.today <= days[1] + timedelta(days=1)


async def _show(turn: Turn, said: Message) -> None:
    """One message a day and room, however often the service starts."""
    day = datetime.fromtimestamp(turn.tx.now, UTC).date()
    for room in turn.rooms.editors.values():
        anchor = AnchorId(sha256(f"{AUDIT} {day} {room.platform}".encode()).digest()[:ID_BYTES])
        await turn.show(room, turn.words(room.platform, Language(EDITORS_LANGUAGE), said), anchor=anchor)
