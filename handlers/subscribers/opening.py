"""A published story in a private chat, piece by piece: the next one comes when it is asked for."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.broadcasting.titles import STORY
from handlers.languages import language_name
from handlers.publication.page import caption_of, load_page
from handlers.publication.pieces import PHOTO, further_ways, place_of
from handlers.publication.publish import piece_meant, published_pieces
from handlers.subscribers.keeping import expected
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
    reader = await turn.tx.subscribers.find(who.person)
    if effect.piece == 0 and story.language != (reader.language if reader is not None else who.language):
        language = language_name(story.language, who.language)
        untranslated = msg("reader-untranslated", language=language)
        await turn.show(who.chat, turn.words(platform, who.language, untranslated))
    is_piece = effect.piece < len(pieces)
    place = place_of(effect.piece) if is_piece else PHOTO
    kept = await expected(turn, STORY, story.id, reader, place=place)
    further = effect.piece + 1 if is_piece and (effect.piece + 1 < len(pieces) or photos) else None
    buttons = further_ways(
        turn, story, platform, who.language, further=further, topic=effect.topic, subscribed=reader is not None
    )
    if is_piece:
        await turn.show(who.chat, pieces[effect.piece], buttons=buttons, kept=kept)
        return
    for photo in photos:
        await turn.show(who.chat, caption_of(photo), media=photo, buttons=buttons, kept=kept)


async def read_now(_reads: Reads, argument: str) -> Outcome:
    story, piece, topic = piece_meant(argument)
    return Stay(effects=(ReadOn(story=story, piece=piece, topic=topic),), quiet=True)
