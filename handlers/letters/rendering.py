"""A newsletter as its readers get it: one message each; what does not fit comes when it is asked for.

With a picture and few words it is the picture with the words under it; else the text, and the pictures at the end. A
correction changes the words only: they stay under the picture, or without one.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.marks import parse_marks
from bot.texts.rich import Rich
from bot.texts.split import split
from bot.types import Button, Choice, Content, Link, Media, Token
from handlers.letters.variables import filled
from handlers.policy import LETTER_CAPTION
from handlers.publication.page import caption_of, media_of
from handlers.publication.publish import PIECE
from storage.letter import OUT, Letter


@dataclass(frozen=True, kw_only=True)
class Pages:
    texts: tuple[Content, ...]
    """without the buttons that lead on and out"""
    pictures: tuple[Content, ...]
    """that stand behind the last text"""

    def has_more_than(self, number: int) -> bool:
        """Whether anything comes behind the text with this number."""
        return number + 1 < len(self.texts) or bool(self.pictures)


def pages(turn: Turn, letter: Letter, language: str, platform: str) -> Pages:
    """Raises KeyError for a language that it is not written in."""
    details = letter.details
    edition = details.editions[language]
    is_caption = is_under_a_picture(turn, letter, language, platform)
    pieces = split(_text(turn, letter, language, platform), LETTER_CAPTION if is_caption else PIECE)
    media: tuple[Media, ...] = tuple(map(media_of, details.pictures))
    above = media[0] if is_caption else None
    links = tuple((Link(label=one.label.reveal(), url=one.url.reveal()),) for one in edition.buttons)
    first, *rest = pieces
    return Pages(
        texts=(Content(text=first, buttons=links, media=above), *(Content(text=piece) for piece in rest)),
        pictures=tuple(Content(text=caption_of(one), media=one) for one in (media if above is None else media[1:])),
    )


def is_under_a_picture(turn: Turn, letter: Letter, language: str, platform: str) -> bool:
    """A message that stands somewhere can't change that: who corrects it leaves it as it was sent."""
    captions = letter.details.editions[language].captions
    if captions is not None:
        return platform in captions
    return bool(letter.details.pictures) and _text(turn, letter, language, platform).utf16_length <= LETTER_CAPTION


def with_ways(turn: Turn, content: Content, language: str, platform: str, *, on: Token | None, leave: Token) -> Content:
    """ "Read on", when there is more, and "leave": one tap from any message."""

    def way(label: str, token: Token) -> tuple[Button, ...]:
        return (Choice(label=turn.words(platform, Language(language), msg(label)).text, token=token),)

    further = (way("button-read-on", on),) if on is not None else ()
    buttons = (*content.buttons, *further, way("button-leave", leave))
    return Content(text=content.text, buttons=buttons, media=content.media)


def _text(turn: Turn, letter: Letter, language: str, platform: str) -> Rich:
    details = letter.details
    values = {
        "date": msg("reader-letter-date", day=letter.since if letter.status in OUT else turn.tx.work.today),
        "stories": msg("reader-letter-stories"),
        "leave": msg("reader-letter-leave"),
    }
    said = {name: turn.words(platform, Language(language), words).text for name, words in values.items()}
    frame = details.frames.get(language)
    greeting, footer = (frame.greeting.reveal(), frame.footer.reveal()) if frame is not None else ("", "")
    parts = (filled(greeting, said), details.editions[language].text.reveal(), filled(footer, said))
    return Rich.join("\n\n", [parse_marks(part) for part in parts if part])
