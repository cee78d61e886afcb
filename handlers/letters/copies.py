"""A newsletter in its readers' chats: corrected where it stands, taken back as far as a platform lets us."""

from __future__ import annotations

from typing import NamedTuple

from bot.flows.script import ChangeScript, Deed
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from bot.types import Content, calling
from handlers.letters.rendering import pages, with_ways
from handlers.letters.sending import Variant, first_message, reading_on
from handlers.publication.pieces import PHOTO
from handlers.publication.publish import leaving
from storage.broadcast import Broadcast
from storage.ids import LetterId
from storage.letter import Letter, LetterStatus
from storage.openings import Copy
from storage.subscriber import Subscriber


class Place(NamedTuple):
    platform: str
    language: str
    """in which this copy was sent"""
    number: int
    """`storage.openings.Copy.place`: of the text, from 0"""


class LetterCorrectionScript(ChangeScript[Letter, Place]):
    """Whatever its readers wish by now: they have it. In languages that were never corrected it stays."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> Letter | None:
        letter = await turn.tx.letters.find(LetterId(broadcast.subject))
        return letter if letter is not None and letter.status is LetterStatus.SENT else None

    def variant_of(self, subject: Letter, reader: Subscriber, copy: Copy) -> Place | None:
        if copy.place == PHOTO:
            return None
        return _place(subject, reader, copy.note.decode() or reader.language, copy.place)

    def deed_of(self, variant: Place) -> Deed:
        return Deed.EDIT

    async def render(self, turn: Turn, subject: Letter, variant: Place) -> Content:
        platform, language, number = variant
        if number == 0:
            return first_message(turn, subject, language, platform)
        shown = pages(turn, subject, language, platform)
        content = shown.texts[number] if number < len(shown.texts) else Content(text=Rich.plain("…"))
        on = reading_on(subject.id, language, number + 1) if shown.has_more_than(number) else None
        return with_ways(turn, content, language, platform, on=on, leave=calling("leave"))


class LetterRetractionScript(ChangeScript[LetterId, Variant]):
    """It needs nothing of the letter."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> LetterId:
        return LetterId(broadcast.subject)

    def variant_of(self, subject: LetterId, reader: Subscriber, copy: Copy) -> Variant:
        return Variant(reader.chat.platform, reader.language)

    def deed_of(self, variant: Variant) -> Deed:
        return Deed.ERASE

    async def render(self, turn: Turn, subject: LetterId, variant: Variant) -> Content:
        platform, language = variant.platform, Language(variant.language)
        words = turn.words(platform, language, msg("reader-letter-withdrawn"))
        return Content(text=words, buttons=((leaving(turn, language, platform),),))


def _place(letter: Letter, reader: Subscriber, language: str, number: int) -> Place | None:
    edition = letter.details.editions.get(language)
    return None if edition is None or edition.captions is None else Place(reader.chat.platform, language, number)
