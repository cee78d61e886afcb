"""What the broadcast of a newsletter says to each reader."""

from __future__ import annotations

from typing import NamedTuple

from bot.flows.script import SayScript
from bot.flows.turn import Turn
from bot.types import Content, Token, calling
from handlers.letters.readership import is_for
from handlers.letters.rendering import pages, with_ways
from storage.broadcast import Broadcast
from storage.ids import LetterId
from storage.letter import Letter, LetterStatus
from storage.subscriber import Subscriber


class Variant(NamedTuple):
    platform: str
    language: str


class LetterScript(SayScript[Letter, Variant]):
    async def load(self, turn: Turn, broadcast: Broadcast) -> Letter | None:
        letter = await turn.tx.letters.find(LetterId(broadcast.subject))
        return letter if letter is not None and letter.status is LetterStatus.SENT else None

    def variant(self, subject: Letter, reader: Subscriber, now: int) -> Variant | None:
        return Variant(reader.chat.platform, reader.language) if is_for(subject.details, reader, now) else None

    def note_of(self, variant: Variant) -> bytes:
        return variant.language.encode()

    async def render(self, turn: Turn, subject: Letter, variant: Variant) -> Content:
        return first_message(turn, subject, variant.language, variant.platform)


def first_message(turn: Turn, letter: Letter, language: str, platform: str, *, command: str = "letter") -> Content:
    """`command`: which opens what follows."""
    shown = pages(turn, letter, language, platform)
    on = reading_on(letter.id, language, 1, command=command) if shown.has_more_than(0) else None
    return with_ways(turn, shown.texts[0], language, platform, on=on, leave=calling("leave"))


def reading_on(letter: LetterId, language: str, number: int, *, command: str = "letter") -> Token:
    return calling(command, f"{letter.hex()}-{language}-{number}")


def place_meant(argument: str) -> tuple[LetterId, str, int]:
    """What `reading_on` carries: letter, language, number. Nonsense becomes a letter that does not exist."""
    digits, _, rest = argument.partition("-")
    language, _, number = rest.partition("-")
    try:
        return LetterId(bytes.fromhex(digits)), language, int(number)
    except ValueError:
        return LetterId(b""), "", 0
