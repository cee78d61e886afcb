"""A newsletter's card in the editors' room, from its first approval on: how it stands, never its text."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from handlers.letters.opened import link_to
from handlers.policy import EDITORS_LANGUAGE
from handlers.publication.times import moment_of
from storage.letter import Correction, Details, Letter, LetterStatus
from storage.story import APPROVALS_NEEDED


def standing(letter: Letter) -> Message:
    details = letter.details
    if letter.status is LetterStatus.SENT:
        return msg("letter-is-sent", day=letter.since)
    if letter.status is LetterStatus.RETRACTED:
        return msg("letter-is-retracted", day=letter.since)
    if letter.status is LetterStatus.SCHEDULED and details.goes_out is not None:
        moment = moment_of(details.goes_out)
        return msg("letter-is-scheduled", day=moment.date(), time=f"{moment:%H:%M}")
    return msg("letter-is-draft", approvals=len(details.approvals), needed=APPROVALS_NEEDED)


def _waits(letter: Letter) -> Iterator[Message]:
    """For a second editor."""
    details = letter.details
    if details.correction is not None:
        yield correction_waits(details.correction)
    if letter.status is LetterStatus.SENT and details.retracts is not None:
        yield msg("letter-retract-by-another")


def correction_waits(correction: Correction) -> Message:
    return msg("letter-correction-waits", approvals=len(correction.approvals), needed=APPROVALS_NEEDED)


def with_card(details: Details) -> Details:
    return msgspec.structs.replace(details, is_shown=True)


async def show_card(turn: Turn, letter: Letter, *more: Message) -> None:
    """Sent, or edited where it stands; nothing for a letter that has no card yet."""
    room = turn.rooms.room_for(letter.details.origin)
    if room is None or not letter.details.is_shown:
        return
    language = Language(EDITORS_LANGUAGE)
    lines = (msg("letter-card", title=letter.details.title), standing(letter), *_waits(letter), *more)
    said = Rich.join("\n", [turn.words(room.platform, language, line) for line in lines])
    button = turn.opening(room.platform, language, msg("card-opens"), link_to(letter.id))
    await turn.show(room, said, buttons=((button,),), anchor=letter.details.card)


async def drop_card(turn: Turn, letter: Letter) -> None:
    room = turn.rooms.room_for(letter.details.origin)
    if room is not None and letter.details.is_shown:
        await turn.erase(room, letter.details.card)
