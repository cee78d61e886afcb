"""A story's further messages, which a reader has opened: which of them is which, and what stands under each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.types import Button, Choice, Token, calling
from handlers.publication.publish import reading_on
from storage.ids import ID_BYTES, StoryId
from storage.story import Story

PHOTO, LIST = -1, -2
"""The places (`storage.openings.Copy`) of every photo, and of a digest that lists it. What else the digest lists stands
in the copy's note."""


def place_of(piece: int) -> int:
    """The place of an opened piece of the text, from 0: the message that all readers get is another one."""
    return piece + 1


def piece_at(place: int) -> int:
    return place - 1


def further_ways(
    turn: Turn,
    story: Story,
    platform: str,
    language: Language,
    *,
    further: int | None,
    topic: str = "",
    subscribed: bool = True,
) -> tuple[tuple[Button, ...], ...]:
    """ "Read on", when there is more; the list; for those who get the stories "leave"."""

    def button(label: str, token: Token) -> tuple[Button, ...]:
        return (Choice(label=turn.words(platform, language, msg(label)).text, token=token),)

    on = (button("button-read-on", reading_on(story.id, further, topic)),) if further is not None else ()
    leave = (button("button-leave", calling("leave")),) if subscribed else ()
    return (*on, button("reader-to-list", calling("stories", topic)), *leave)


def note_of(listed: Sequence[StoryId]) -> bytes:
    return b"".join(listed)


def listed_in(note: bytes) -> tuple[StoryId, ...]:
    return tuple(StoryId(note[start : start + ID_BYTES]) for start in range(0, len(note), ID_BYTES))
