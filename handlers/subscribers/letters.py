"""A newsletter in a reader's chat, piece by piece: the next one comes when it is asked for."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.types import calling
from handlers.broadcasting.titles import LETTER
from handlers.letters.rendering import pages, with_ways
from handlers.letters.sending import place_meant, reading_on
from handlers.publication.pieces import PHOTO
from handlers.subscribers.keeping import expected
from storage.ids import LetterId
from storage.letter import Letter, LetterStatus
from storage.subscriber import Subscriber


class ReadLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    language: str
    number: int
    """of the text, from 0; behind the last one come the pictures"""


async def read_letter(turn: Turn, effect: ReadLetter) -> None:
    letter = await turn.tx.letters.find(effect.letter)
    if letter is not None and letter.status is LetterStatus.SENT:
        reader = await turn.tx.subscribers.find(turn.person.person)
        await show_further(turn, letter, effect.language, effect.number, command="letter", reader=reader)
    else:
        who = turn.person
        await turn.show(who.chat, turn.words(who.chat.platform, who.language, msg("reader-letter-is-gone")))


async def show_further(
    turn: Turn, letter: Letter, language: str, number: int, *, command: str, reader: Subscriber | None = None
) -> None:
    """Nothing for a language or a place that there is not. reader: whose copy is to be corrected with the others."""
    chat = turn.person.chat
    if language not in letter.details.editions or number < 0:
        return
    shown = pages(turn, letter, language, chat.platform)
    is_text = number < len(shown.texts)
    place = number if is_text else PHOTO
    kept = await expected(turn, LETTER, letter.id, reader, place=place, note=language.encode())
    on = None
    if is_text and shown.has_more_than(number):
        on = reading_on(letter.id, language, number + 1, command=command)
    for content in (shown.texts[number],) if is_text else shown.pictures:
        whole = with_ways(turn, content, language, chat.platform, on=on, leave=calling("leave"))
        await turn.show(chat, whole.text, buttons=whole.buttons, media=whole.media, kept=kept)


async def read_letter_now(_reads: Reads, argument: str) -> Outcome:
    letter, language, number = place_meant(argument)
    return Stay(effects=(ReadLetter(letter=letter, language=language, number=number),), quiet=True)
