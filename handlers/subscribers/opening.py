"""A published story in a private chat, piece by piece: the next one comes when it is asked for."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.types import Button, Choice, Token, calling
from handlers.languages import language_name
from handlers.publication.page import caption_of, load_page
from handlers.publication.publish import piece_meant, published_pieces, reading_on
from storage.ids import StoryId
from storage.story import Status


class ReadOn(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    piece: int
    """from 0; behind the last one come the photos"""
    topic: str = ""
    """of the list that it was found in, to which the reader goes back; empty: of all stories"""


async def read_on(turn: Turn, effect: ReadOn) -> None:
    who, platform = turn.person, turn.person.chat.platform
    story = await turn.tx.stories.get(effect.story)
    if story is None or story.status is not Status.PUBLISHED or effect.piece < 0:
        await turn.show(who.chat, turn.words(platform, who.language, msg("reader-story-is-gone")))
        return
    pieces, photos = await published_pieces(turn, story, platform), (await load_page(turn.tx, story)).photos
    reads_it = await turn.tx.subscribers.language_of(who.person)
    if effect.piece == 0 and story.language != (reads_it or who.language):
        language = language_name(story.language, who.language)
        untranslated = msg("reader-untranslated", language=language)
        await turn.show(who.chat, turn.words(platform, who.language, untranslated))
    if effect.piece < len(pieces):
        more = effect.piece + 1 < len(pieces) or bool(photos)
        buttons = _buttons(turn, effect, effect.piece + 1 if more else None, subscribed=reads_it is not None)
        await turn.show(who.chat, pieces[effect.piece], buttons=buttons)
        return
    for photo in photos:
        buttons = _buttons(turn, effect, None, subscribed=reads_it is not None)
        await turn.show(who.chat, caption_of(photo), media=photo, buttons=buttons)


def _buttons(turn: Turn, reads: ReadOn, further: int | None, *, subscribed: bool) -> tuple[tuple[Button, ...], ...]:
    """ "Read on", when there is more; the list; for those who get the stories "leave"."""
    platform, language = turn.person.chat.platform, turn.person.language

    def button(label: str, token: Token) -> tuple[Button, ...]:
        return (Choice(label=turn.words(platform, language, msg(label)).text, token=token),)

    on = (button("button-read-on", reading_on(reads.story, further, reads.topic)),) if further is not None else ()
    leave = (button("button-leave", calling("leave")),) if subscribed else ()
    return (*on, button("reader-to-list", calling("stories", reads.topic)), *leave)


async def read_now(_reads: Reads, argument: str) -> Outcome:
    story, piece, topic = piece_meant(argument)
    return Stay(effects=(ReadOn(story=story, piece=piece, topic=topic),), quiet=True)
