"""What editors write of a newsletter, kept. Whatever changes it, approvals fall: it is a draft again.

Effects raise Conflict when it has changed since their step looked at it: the turn then runs anew.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.letters.card import drop_card, show_card
from handlers.letters.sight import draft_in_turn
from handlers.policy import LETTER_DRAFT_DAYS, LETTER_SENT_DAYS
from handlers.upkeep import order_emptying
from storage.errors import Conflict
from storage.ids import BlobId, LetterId
from storage.letter import Details, Letter, LetterStatus
from storage.private import Private

RETIRE_LETTER = "letter-retire"
"""The timer that ends a newsletter; its subject is the letter's id."""


class CreateLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    title: Private[str]


class ChangeLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    revision: int
    """that the editor has before their eyes"""
    details: Details
    """as it is to be"""
    keeps: tuple[BlobId, ...] = ()
    drops: tuple[BlobId, ...] = ()


class DeleteLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId


async def create_letter(turn: Turn, effect: CreateLetter) -> None:
    letter = await turn.tx.letters.create(effect.letter, effect.title, turn.person.chat.platform)
    await set_retirement(turn, letter)


async def change_letter(turn: Turn, effect: ChangeLetter) -> None:
    letter, _ = await draft_in_turn(turn, effect.letter)
    if letter.revision != effect.revision:
        raise Conflict("Somebody else has changed the letter in the same moment.")
    letter = await turn.tx.letters.change(letter, effect.details)
    await turn.tx.blobs.keep(effect.keeps)
    await turn.tx.blobs.shred(effect.drops)
    await set_retirement(turn, letter)
    await show_card(turn, letter)


async def delete_letter(turn: Turn, effect: DeleteLetter) -> None:
    letter, _ = await draft_in_turn(turn, effect.letter)
    await note(turn, Action.LETTER_DELETED)
    await _destroy(turn, letter)


async def retire_letter(turn: Turn, subject: bytes) -> None:
    """The day has come, unless it waits for a later one to be sent."""
    letter = await turn.tx.letters.find(LetterId(subject))
    if letter is None:
        return
    if letter.status is LetterStatus.SCHEDULED or _kept_until(letter) > turn.tx.work.today:
        await set_retirement(turn, letter)
    else:
        await _destroy(turn, letter)


async def set_retirement(turn: Turn, letter: Letter) -> None:
    """Called whenever it has changed."""
    day = max(_kept_until(letter), turn.tx.work.today + timedelta(days=1))
    due = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    await turn.tx.timers.set(RETIRE_LETTER, letter.id, due)


async def _destroy(turn: Turn, letter: Letter) -> None:
    await turn.tx.blobs.shred([one.blob for one in letter.details.pictures])
    await drop_card(turn, letter)
    await turn.tx.letters.shred(letter)
    await turn.tx.timers.cancel_all(letter.id)
    await order_emptying(turn)


def _kept_until(letter: Letter) -> date:
    days = LETTER_SENT_DAYS if letter.status is LetterStatus.SENT else LETTER_DRAFT_DAYS
    return letter.since + timedelta(days=days)
