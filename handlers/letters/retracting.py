"""A newsletter that was sent, taken back from its readers as far as it can be: two editors want it."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.broadcasting.beginning import begin
from handlers.broadcasting.titles import LETTER, LETTER_RETRACTION
from handlers.letters.card import show_card
from handlers.letters.changing import set_retirement
from handlers.letters.sight import draft_in_turn
from storage.errors import Conflict
from storage.ids import EditorId, LetterId
from storage.letter import Letter, LetterStatus


class RetractLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    enough: bool
    """what the editor was told: that it is taken back with this, or that another must want it too"""


def is_enough(letter: Letter, editor: EditorId) -> bool:
    """Whether this editor's word takes it back; if not, it is the first of two."""
    return letter.details.retracts not in (None, editor)


async def retract_letter(turn: Turn, effect: RetractLetter) -> None:
    """Raises Conflict when it has moved on meanwhile: the turn then runs anew."""
    letter, editor = await draft_in_turn(turn, effect.letter, status=LetterStatus.SENT)
    if is_enough(letter, editor.id) != effect.enough:
        raise Conflict("Somebody else has said so in the same moment.")
    if not effect.enough:
        letter = await turn.tx.letters.amend(letter, msgspec.structs.replace(letter.details, retracts=editor.id))
        await note(turn, Action.LETTER_RETRACTION_WISHED)
    else:
        details = msgspec.structs.replace(letter.details, correction=None)
        letter = await turn.tx.letters.move(letter, LetterStatus.RETRACTED, details)
        await set_retirement(turn, letter)
        await _take_back(turn, letter)
        await note(turn, Action.LETTER_RETRACTED)
    await show_card(turn, letter)


async def _take_back(turn: Turn, letter: Letter) -> None:
    """Nobody else gets it; what is on its way now is waited for, and goes like all others."""
    for broadcast in await turn.tx.broadcasts.of(LETTER, letter.id):
        await turn.tx.broadcasts.cancel(broadcast.id, "over")
        await begin(turn, LETTER_RETRACTION, letter.id, over=broadcast.id)
