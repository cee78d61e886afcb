"""What is kept about an account, looked up: the records that a file of their own tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.flows.conversation import Conversation, load
from bot.flows.flow import Reads
from handlers.contributors.own import own_stories
from handlers.contributors.telling.draft import TELL, Telling
from storage.codec import decode
from storage.editors import Editor
from storage.errors import VaultError
from storage.private import Private
from storage.questions import Question
from storage.story import Story, Version
from storage.subscriber import Subscriber


@dataclass(frozen=True, kw_only=True)
class Draft:
    telling: Telling
    until: datetime | None
    """UTC; never earlier does it go"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One story with all that belongs to it."""

    story: Story
    versions: tuple[tuple[Version, Private[str]], ...] | None
    """the oldest first; None: they do not open"""
    questions: tuple[Question, ...]
    has_words: bool
    """a receipt is in force"""
    has_way: bool
    """its author can be reached"""


@dataclass(frozen=True, kw_only=True)
class Kept:
    messages: int
    """of this chat, noted so that they can be deleted"""
    draft: Draft | None
    stories: tuple[Told, ...]
    reader: Subscriber | None
    is_unlisted: bool
    """has asked not to be added again from a list"""
    blocked: date | None
    """until when nothing new is taken from them"""
    editor: Editor | None
    has_second_factor: bool


async def gathered(reads: Reads) -> Kept:
    tx, who = reads.tx, reads.who
    _, conversation = await load(tx, tx.messages.chat_hash(who.chat))
    editor = await tx.editors.find(who.person)
    return Kept(
        messages=len(await tx.messages.of(who.chat)),
        draft=_draft(conversation),
        stories=tuple([await _told(reads, story) for story in await own_stories(reads)]),
        reader=await tx.subscribers.find(who.person),
        is_unlisted=await tx.suppressions.has(who.person),
        blocked=await tx.blocks.until(who.person),
        editor=editor,
        has_second_factor=editor is not None and await tx.second_factors.is_enrolled(editor.id),
    )


def _draft(conversation: Conversation | None) -> Draft | None:
    """Of a story: what else can be unfinished holds nothing that its person has written about themselves."""
    if conversation is None or conversation.flow != TELL:
        return None
    telling: Telling = decode(Telling, conversation.draft)
    if telling == Telling():
        return None
    expires = conversation.expires
    return Draft(telling=telling, until=None if expires is None else datetime.fromtimestamp(expires, UTC))


async def _told(reads: Reads, story: Story) -> Told:
    stories = reads.tx.stories
    versions: tuple[tuple[Version, Private[str]], ...] | None
    try:
        versions = tuple([(one, await stories.text(story, one.number)) for one in await stories.versions(story)])
    except VaultError:
        versions = None
    return Told(
        story=story,
        versions=versions,
        questions=tuple(await reads.tx.questions.all(story)),
        has_words=await stories.receipts.is_given(story.id),
        has_way=await stories.routes.find(story.id) is not None,
    )
