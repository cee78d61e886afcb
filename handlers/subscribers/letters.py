"""A newsletter in a reader's chat, piece by piece: the next one comes when it is asked for."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.types import Content, calling
from handlers.letters.rendering import pages, with_ways
from handlers.letters.sending import place_meant, reading_on
from storage.ids import LetterId
from storage.letter import Letter, LetterStatus


class ReadLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    language: str
    number: int
    """of the text, from 0; behind the last one come the pictures"""


async def read_letter(turn: Turn, effect: ReadLetter) -> None:
    letter = await turn.tx.letters.find(effect.letter)
    if letter is not None and letter.status is LetterStatus.SENT:
        await show_further(turn, letter, effect.language, effect.number, command="letter")
    else:
        who = turn.person
        await turn.show(who.chat, turn.words(who.chat.platform, who.language, msg("reader-letter-is-gone")))


async def show_further(turn: Turn, letter: Letter, language: str, number: int, *, command: str) -> None:
    """Nothing for a language or a place that there is not."""
    chat = turn.person.chat
    if language not in letter.details.editions or number < 0:
        return
    shown = pages(turn, letter.details, language, chat.platform)
    if number < len(shown.texts):
        following = reading_on(letter.id, language, number + 1, command=command)
        on = following if shown.has_more_than(number) else None
        await _show(turn, with_ways(turn, shown.texts[number], language, chat.platform, on=on, leave=calling("leave")))
        return
    for picture in shown.pictures:
        await _show(turn, with_ways(turn, picture, language, chat.platform, on=None, leave=calling("leave")))


async def _show(turn: Turn, content: Content) -> None:
    await turn.show(turn.person.chat, content.text, buttons=content.buttons, media=content.media)


async def read_letter_now(_reads: Reads, argument: str) -> Outcome:
    letter, language, number = place_meant(argument)
    return Stay(effects=(ReadLetter(letter=letter, language=language, number=number),), quiet=True)
