"""Which newsletter lies open before an editor, and what is on its way to it."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Enter, Words
from storage.ids import LetterId, TemplateId
from storage.private import Private

LETTERS_NAME = "letters"
_PREFIX = "n_"


class Arriving(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that is being prepared."""

    item: bytes
    caption: Private[str]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many readers get it, as it was then."""

    content: int
    """`Details.content`"""
    readers: int


class Open(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId = LetterId(b"")
    language: str = ""
    """the edition that is looked at"""
    arriving: tuple[Arriving, ...] = ()
    counted: Counted | None = None
    template: TemplateId = TemplateId(b"")
    part: str = ""
    """of the template: greeting, footer"""


def to_letter(letter: LetterId, notice: Words | None = None, *effects: object, step: str = "letter") -> Enter:
    return Enter(flow=LETTERS_NAME, draft=Open(letter=letter), step=step, notice=notice, effects=effects)


def link_to(letter: LetterId) -> str:
    """What a deep link to it carries. It authorises nothing."""
    return _PREFIX + letter.hex()


def letter_of(payload: str) -> LetterId | None:
    """None for anything that is not a link to a newsletter."""
    digits = payload.removeprefix(_PREFIX)
    if digits == payload or len(digits) != 32 or any(digit not in "0123456789abcdef" for digit in digits):
        return None
    return LetterId(bytes.fromhex(digits))
