"""What editors' decisions do. Each looks at the story again: whoever comes second is told how it stands."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from bot.types import Choice, Token
from handlers.editors.card import payload, show_card, status_message
from handlers.notices import tell_author
from handlers.policy import WIPE_SECONDS
from handlers.progress import note_progress
from handlers.publication.publish import publish
from storage.ids import StoryId
from storage.private import Private
from storage.story import APPROVALS_NEEDED, OPEN, Status, Story


class AskAuthor(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: Private[str]


class SaveVersion(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    text: Private[str]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """The author is asked to agree to this version."""

    story: StoryId
    version: int


class Approve(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    reason: Private[str]


async def ask_author(turn: Turn, effect: AskAuthor) -> None:
    story = await _open_story(turn, effect.story)
    if story is not None:
        await turn.tx.questions.ask(story, effect.question)
        await tell_author(turn, story, msg("notice-question"), command="question", label=msg("notice-question-open"))
        await show_card(turn, story)


async def save_version(turn: Turn, effect: SaveVersion) -> None:
    story = await _open_story(turn, effect.story)
    if story is not None:
        await note_progress(turn, await turn.tx.stories.add_version(story, effect.text))


async def offer(turn: Turn, effect: Offer) -> None:
    story = await _open_story(turn, effect.story)
    if story is None or story.status is not Status.SUBMITTED or story.details.latest != effect.version:
        await _say_how_it_stands(turn, effect.story)
        return
    if await turn.tx.stories.routes.find(story.id) is None:
        await _say(turn, msg("desk-no-route"), story.id)
        return
    story = await turn.tx.stories.offer(story)
    await note_progress(turn, story)
    await tell_author(turn, story, msg("notice-consent"), command="consent", label=msg("notice-consent-open"))
    await _say(turn, msg("desk-offered"), story.id)


async def approve(turn: Turn, effect: Approve) -> None:
    """The second person's approval publishes."""
    story, editor = await _open_story(turn, effect.story), turn.person.editor
    if editor is None or story is None or story.status is not Status.AGREED:
        await _say_how_it_stands(turn, effect.story)
        return
    if story.details.offered != effect.version:
        await _say_how_it_stands(turn, effect.story)
        return
    approvals = await turn.tx.stories.approve(story, editor.id)
    if approvals >= APPROVALS_NEEDED:
        story = await turn.tx.stories.move(story, Status.PUBLISHED)
        await publish(turn, story)
        await tell_author(turn, story, msg("notice-published"))
        await _say(turn, msg("desk-published"), story.id)
    else:
        await _say(turn, msg("desk-approved", missing=APPROVALS_NEEDED - approvals), story.id)
    await note_progress(turn, story)


async def reject(turn: Turn, effect: Reject) -> None:
    story = await _open_story(turn, effect.story)
    if story is not None:
        await tell_author(turn, story, msg("notice-rejected", reason=effect.reason))
        await note_progress(turn, await turn.tx.stories.move(story, Status.REJECTED))


async def _open_story(turn: Turn, story_id: StoryId) -> Story | None:
    story = await turn.tx.stories.get(story_id)
    who = turn.person
    if story is None or who.editor is None or story.details.origin != who.chat.platform:
        return None
    return story if story.status in OPEN else None


async def _say_how_it_stands(turn: Turn, story_id: StoryId) -> None:
    story = await turn.tx.stories.get(story_id)
    if story is None:
        await _say(turn, msg("desk-no-story"), story_id)
    else:
        await _say(turn, status_message(story, len(await turn.tx.stories.approvers(story))), story_id)


async def _say(turn: Turn, words: Message, story: StoryId) -> None:
    """To the editor whose turn it is, with the way back to the desk."""
    language = turn.person.language
    button = Choice(label=turn.words(language, msg("desk-again")).text, token=Token(f"!start:{payload(story)}"))
    await turn.show(turn.person.chat, turn.words(language, words), buttons=((button,),), wipe_after=WIPE_SECONDS)
