"""A published story in its readers' chats: corrected where it stands, taken back as far as a platform lets us."""

from __future__ import annotations

from typing import NamedTuple

from bot.flows.script import ChangeScript, Deed
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from bot.types import Content
from handlers.broadcasting.beginning import begin
from handlers.broadcasting.titles import CORRECTION, RETRACTION, STORY
from handlers.digests.listing import listing
from handlers.publication.pieces import LIST, PHOTO, further_ways, listed_in, piece_at
from handlers.publication.publish import first_message, leaving, published_pieces, published_story
from storage.audience import Audience
from storage.broadcast import Broadcast
from storage.ids import StoryId
from storage.openings import Copy
from storage.story import Story
from storage.subscriber import Subscriber


async def correct_copies(turn: Turn, story: Story) -> None:
    """If it is still going out, the rest of its readers wait meanwhile, and get the new text."""
    for broadcast in await turn.tx.broadcasts.of(STORY, story.id):
        await begin(turn, CORRECTION, story.id, over=broadcast.id)


async def take_back_copies(turn: Turn, story: Story) -> None:
    """Nobody else gets it; what is on its way now is waited for, and goes like all others."""
    for broadcast in await turn.tx.broadcasts.of(STORY, story.id):
        await turn.tx.broadcasts.cancel(broadcast.id, "over")
        await begin(turn, RETRACTION, story.id, Audience(languages=(story.language,)), over=broadcast.id)


class Place(NamedTuple):
    platform: str
    language: str
    """of the reader: in it they are told how to go on"""
    number: int
    """`storage.openings.Copy.place`"""
    listed: tuple[StoryId, ...] = ()
    """of a digest"""
    rest: int = 0
    """how many more wait for its reader"""


class CorrectionScript(ChangeScript[Story, Place]):
    """Whatever its readers wish by now: they have it."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> Story | None:
        return await published_story(turn, broadcast)

    def variant_of(self, subject: Story, reader: Subscriber, copy: Copy) -> Place | None:
        return None if copy.place == PHOTO else _place(reader, copy)

    def deed_of(self, variant: Place) -> Deed:
        return Deed.EDIT

    async def render(self, turn: Turn, subject: Story, variant: Place) -> Content:
        platform, language = variant.platform, Language(variant.language)
        if variant.number == 0:
            return await first_message(turn, subject, platform)
        if variant.number == LIST:
            return await _listed_anew(turn, variant)
        pieces, piece = await published_pieces(turn, subject, platform), piece_at(variant.number)
        has_more = piece + 1 < len(pieces) or (piece + 1 == len(pieces) and bool(subject.details.photos))
        ways = further_ways(turn, subject, platform, language, further=piece + 1 if has_more else None)
        return Content(text=pieces[piece] if piece < len(pieces) else Rich.plain("…"), buttons=ways)


class RetractionScript(ChangeScript[Language, Place]):
    """It needs nothing of the story, which its author may have destroyed by now, but the language."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> Language | None:
        (language,) = broadcast.audience.languages or ()
        return Language(language)

    def variant_of(self, subject: Language, reader: Subscriber, copy: Copy) -> Place | None:
        return _place(reader, copy)

    def deed_of(self, variant: Place) -> Deed:
        return Deed.EDIT if variant.number == LIST else Deed.ERASE

    async def render(self, turn: Turn, subject: Language, variant: Place) -> Content:
        if variant.number == LIST:
            return await _listed_anew(turn, variant)
        return _withdrawn(turn, subject, variant.platform)


def _place(reader: Subscriber, copy: Copy) -> Place:
    platform, language = reader.chat.platform, reader.language
    if copy.place != LIST:
        return Place(platform, language, copy.place)
    return Place(platform, language, LIST, listed_in(copy.note), len(reader.waiting))


async def _listed_anew(turn: Turn, digest: Place) -> Content:
    """A digest without what has been taken back, with the first words of the others as they are now."""
    published, language = await turn.tx.stories.all_published(), Language(digest.language)
    left = [story for story in digest.listed if story in published]
    if not left:
        return _withdrawn(turn, language, digest.platform)
    return await listing(turn, left, digest.platform, language, digest.rest)


def _withdrawn(turn: Turn, language: Language, platform: str) -> Content:
    words = turn.words(platform, language, msg("channel-withdrawn"))
    return Content(text=words, buttons=((leaving(turn, language, platform),),))
