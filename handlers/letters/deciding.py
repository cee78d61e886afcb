"""From approval to sending: two persons approve, one of the editors sends or chooses a time, any of them stops that.

Effects raise Conflict when the letter has moved on since their step looked at it: the turn then runs anew, and whoever
comes second is told.
"""

from __future__ import annotations

import logging

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.broadcasting.beginning import begin
from handlers.broadcasting.titles import LETTER
from handlers.letters.card import show_card, with_card
from handlers.letters.changing import set_retirement
from handlers.letters.sight import draft_in_turn
from handlers.policy import LETTER_LATE_SECONDS
from storage.audience import Audience
from storage.errors import Conflict
from storage.ids import LetterId
from storage.letter import Letter, LetterStatus
from storage.story import APPROVALS_NEEDED

SEND_LETTER = "letter-send"
"""The timer of a scheduled one; its subject is the letter's id."""

log = logging.getLogger(__name__)


class ApproveLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    content: int
    """`Details.content`, as the editor has read it"""


class SendLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    content: int
    second: int | None
    """None: now"""


class StopLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A scheduled one is not sent; its approvals count on."""

    letter: LetterId


def may_be_sent(letter: Letter) -> bool:
    details = letter.details
    return (
        letter.status is LetterStatus.DRAFT and len(details.approvals) >= APPROVALS_NEEDED and bool(details.languages)
    )


async def approve_letter(turn: Turn, effect: ApproveLetter) -> None:
    letter, editor = await draft_in_turn(turn, effect.letter)
    if letter.details.content != effect.content:
        raise Conflict("The letter has changed in the same moment.")
    letter = await turn.tx.letters.approve(letter, editor.id)
    letter = await turn.tx.letters.move(letter, letter.status, with_card(letter.details))
    await set_retirement(turn, letter)
    await note(turn, Action.LETTER_APPROVED)
    await show_card(turn, letter)


async def send_letter(turn: Turn, effect: SendLetter) -> None:
    letter, editor = await draft_in_turn(turn, effect.letter)
    if letter.details.content != effect.content or not may_be_sent(letter):
        raise Conflict("The letter has changed in the same moment.")
    details = msgspec.structs.replace(letter.details, sender=editor.id, goes_out=effect.second)
    if effect.second is None:
        await _send(turn, msgspec.structs.replace(letter, details=details))
        return
    if effect.second <= turn.tx.now:
        raise Conflict("That moment has just passed.")
    letter = await turn.tx.letters.move(letter, LetterStatus.SCHEDULED, details)
    await turn.tx.timers.set(SEND_LETTER, letter.id, effect.second)
    await note(turn, Action.LETTER_SCHEDULED)
    await show_card(turn, letter)


async def stop_letter(turn: Turn, effect: StopLetter) -> None:
    letter, _ = await draft_in_turn(turn, effect.letter, status=LetterStatus.SCHEDULED)
    await note(turn, Action.LETTER_STOPPED)
    await show_card(turn, await _unscheduled(turn, letter))


async def send_due(turn: Turn, subject: bytes) -> None:
    """Its time has come, unless editors have decided otherwise."""
    letter = await turn.tx.letters.find(LetterId(subject))
    if letter is None or letter.status is not LetterStatus.SCHEDULED or letter.details.goes_out is None:
        return
    late = turn.tx.now - letter.details.goes_out
    if late < 0:
        await turn.tx.timers.set(SEND_LETTER, letter.id, letter.details.goes_out)
    elif late > LETTER_LATE_SECONDS:
        log.warning(
            "a newsletter was due %d hours ago, while the service was off: it waits for an editor", late // 3600
        )
        await show_card(turn, await _unscheduled(turn, letter), msg("letter-was-missed"))
    else:
        await _send(turn, letter)


async def _send(turn: Turn, letter: Letter) -> None:
    letter = await turn.tx.letters.move(letter, LetterStatus.SENT, letter.details)
    await set_retirement(turn, letter)
    await note(turn, Action.LETTER_SENT)
    await show_card(turn, letter)
    audience = Audience(languages=letter.details.languages)
    await begin(turn, LETTER, letter.id, audience, once=f"{LETTER} {letter.id.hex()}")


async def _unscheduled(turn: Turn, letter: Letter) -> Letter:
    details = msgspec.structs.replace(letter.details, goes_out=None, sender=None)
    letter = await turn.tx.letters.move(letter, LetterStatus.DRAFT, details)
    await set_retirement(turn, letter)
    return letter
