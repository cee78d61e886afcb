"""Corrections of a newsletter that was sent: one editor writes, two approve, and the copies become the new text.

Effects raise Conflict when the letter has moved on since their step looked at it: the turn then runs anew.
"""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.broadcasting.beginning import begin
from handlers.broadcasting.titles import LETTER, LETTER_CORRECTION
from handlers.letters.card import show_card
from handlers.letters.rendering import is_under_a_picture
from handlers.letters.sight import draft_in_turn, may_correct
from storage.editors import Editor
from storage.errors import Conflict
from storage.ids import LetterId
from storage.letter import Correction, Edition, Letter, LetterStatus
from storage.private import Private
from storage.story import APPROVALS_NEEDED


class WriteCorrection(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    revision: int
    """that the editor has before their eyes"""
    texts: dict[str, Private[str]]
    """by language, as they are to be; none: it is dropped"""


class ApproveCorrection(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    content: int
    """`Details.content`, as the editor has read it"""
    enough: bool
    """what the editor was told: that readers get it with this, or that another must approve it too"""


def is_enough(correction: Correction) -> bool:
    """Whether one more approval is the last that it needs."""
    return len(correction.approvals) + 1 >= APPROVALS_NEEDED


async def write_correction(turn: Turn, effect: WriteCorrection) -> None:
    letter, _ = await _correctable(turn, effect.letter)
    if letter.revision != effect.revision:
        raise Conflict("Somebody else has changed it in the same moment.")
    correction = Correction(texts=effect.texts) if effect.texts else None
    letter = await _amend(turn, letter, correction, content=letter.details.content + 1)
    await note(turn, Action.LETTER_CORRECTION_WRITTEN if correction else Action.LETTER_CORRECTION_DROPPED)
    await show_card(turn, letter)


async def approve_correction(turn: Turn, effect: ApproveCorrection) -> None:
    """If it is still going out, the rest of its readers wait meanwhile, and get the new text."""
    letter, editor = await _correctable(turn, effect.letter)
    correction = letter.details.correction
    if correction is None or letter.details.content != effect.content or editor.id in correction.approvals:
        raise Conflict("The correction has changed in the same moment.")
    if is_enough(correction) != effect.enough:
        raise Conflict("Somebody else has approved it in the same moment.")
    if not effect.enough:
        approved = msgspec.structs.replace(correction, approvals=(*correction.approvals, editor.id))
        letter = await _amend(turn, letter, approved, content=letter.details.content)
        await note(turn, Action.LETTER_CORRECTION_APPROVED)
    else:
        letter = await turn.tx.letters.amend(letter, corrected(turn, letter).details)
        for broadcast in await turn.tx.broadcasts.of(LETTER, letter.id):
            await begin(turn, LETTER_CORRECTION, letter.id, over=broadcast.id)
        await note(turn, Action.LETTER_CORRECTED)
    await show_card(turn, letter)


def corrected(turn: Turn, letter: Letter) -> Letter:
    """As it will read, and no correction waits any more."""
    details, texts = letter.details, letter.details.correction.texts if letter.details.correction is not None else {}
    editions = {language: _anew(turn, letter, language, text) for language, text in texts.items()}
    details = msgspec.structs.replace(details, editions=details.editions | editions, correction=None)
    return msgspec.structs.replace(letter, details=details)


def _anew(turn: Turn, letter: Letter, language: str, text: Private[str]) -> Edition:
    edition = letter.details.editions[language]
    captions = edition.captions
    if captions is None:  # what stands now is what was sent
        captions = tuple(one for one in turn.rooms.platforms if is_under_a_picture(turn, letter, language, one))
    return msgspec.structs.replace(edition, text=text, captions=captions)


async def _correctable(turn: Turn, letter_id: LetterId) -> tuple[Letter, Editor]:
    letter, editor = await draft_in_turn(turn, letter_id, status=LetterStatus.SENT)
    if not may_correct(turn.person, letter):
        raise Conflict("It is corrected where it was begun.")
    return letter, editor


async def _amend(turn: Turn, letter: Letter, correction: Correction | None, *, content: int) -> Letter:
    details = msgspec.structs.replace(letter.details, correction=correction, content=content)
    return await turn.tx.letters.amend(letter, details)
