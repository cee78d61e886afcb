"""Which newsletters an editor may see: until one is sent, those that were begun where they work (`sight.py` has the
same for stories). Every look at one, and every decision on one, begins here.
"""

from __future__ import annotations

from bot.flows.flow import Who
from bot.flows.turn import Turn
from storage.editors import Editor
from storage.errors import Conflict
from storage.ids import LetterId
from storage.letter import OUT, Letter, LetterStatus
from storage.store import Transaction


def may_see(who: Who, letter: Letter) -> bool:
    return who.editor is not None and (letter.details.origin in who.origins or letter.status in OUT)


async def visible(tx: Transaction, who: Who, letter_id: LetterId) -> Letter | None:
    """None when it is gone, or not for them: the same answer for both."""
    letter = await tx.letters.find(letter_id)
    return letter if letter is not None and may_see(who, letter) else None


def may_correct(who: Who, letter: Letter) -> bool:
    """Where it was begun: until readers have it, what a correction says is as little for other places as a draft."""
    return who.editor is not None and letter.details.origin in who.origins and letter.status is LetterStatus.SENT


async def draft_in_turn(
    turn: Turn, letter_id: LetterId, *, status: LetterStatus = LetterStatus.DRAFT
) -> tuple[Letter, Editor]:
    """For effects. Raises Conflict when it stands otherwise by now: the turn runs anew."""
    letter, editor = await visible(turn.tx, turn.person, letter_id), turn.person.editor
    if letter is None or editor is None or letter.status is not status:
        raise Conflict("The letter has moved on in the same moment.")
    return letter, editor
