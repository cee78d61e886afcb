"""A published story in a private chat, piece by piece: the next one comes when it is asked for."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.types import Button, Choice, Token
from handlers.languages import language_name
from handlers.publication.page import caption_of, load_page
from handlers.publication.publish import published_pieces, story_and_piece
from storage.ids import StoryId
from storage.story import Status, Story


class ReadOn(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    piece: int
    """from 0; behind the last one come the photos"""


async def read_on(turn: Turn, effect: ReadOn) -> None:
    who = turn.person
    story = await turn.tx.stories.get(effect.story)
    if story is None or story.status is not Status.PUBLISHED or effect.piece < 0:
        await turn.show(who.chat, turn.words(who.language, msg("reader-story-is-gone")))
        return
    pieces, photos = await published_pieces(turn, story), (await load_page(turn.tx, story)).photos
    reads_it = await turn.tx.subscribers.language_of(who.person)
    if effect.piece == 0 and story.language != (reads_it or who.language):
        language = language_name(story.language, who.language)
        await turn.show(who.chat, turn.words(who.language, msg("reader-untranslated", language=language)))
    if effect.piece < len(pieces):
        more = effect.piece + 1 < len(pieces) or bool(photos)
        buttons = _buttons(turn, story, effect.piece + 1 if more else None, subscribed=reads_it is not None)
        await turn.show(who.chat, pieces[effect.piece], buttons=buttons)
        return
    for photo in photos:
        buttons = _buttons(turn, story, None, subscribed=reads_it is not None)
        await turn.show(who.chat, caption_of(photo), media=photo, buttons=buttons)


def _buttons(turn: Turn, story: Story, further: int | None, *, subscribed: bool) -> tuple[tuple[Button, ...], ...]:
    """ "Read on", when there is more; the list; for those who get the stories "leave"."""
    language = turn.person.language

    def button(label: str, token: str) -> tuple[Button, ...]:
        return (Choice(label=turn.words(language, msg(label)).text, token=Token(token)),)

    on = (button("button-read-on", f"!read:{story.id.hex()}-{further}"),) if further is not None else ()
    leave = (button("button-leave", "!leave:"),) if subscribed else ()
    return (*on, button("reader-to-list", "!stories:"), *leave)


async def read_now(_reads: Reads, argument: str) -> Outcome:
    story, piece = story_and_piece(argument)
    return Stay(effects=(ReadOn(story=story, piece=piece),), quiet=True)
