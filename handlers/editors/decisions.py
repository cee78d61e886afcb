"""What editors' decisions do. Each looks at the story again: whoever comes second is told how it stands.

What was announced by the step itself raises Conflict when the story has moved on meanwhile: the turn runs anew.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from bot.types import Choice, calling
from handlers.editors.card import payload, show_card, status_message
from handlers.editors.moment import moment_of
from handlers.editors.release_lines import comes_out
from handlers.editors.sight import visible, visible_in_turn
from handlers.notices import tell_author
from handlers.policy import WIPE_SECONDS
from handlers.progress import note_progress
from handlers.publication.schedule import schedule
from storage.editors import Editor
from storage.errors import Conflict
from storage.ids import StoryId
from storage.private import Private
from storage.story import APPROVALS_NEEDED, OPEN, Contact, Status, Story


class AskAuthor(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: Private[str]


class SendBack(msgspec.Struct, frozen=True, kw_only=True):
    """The author is asked to change the text: what was agreed to counts no more."""

    story: StoryId
    wish: Private[str]


class SaveVersion(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    moment: str
    """`moment.moment_of` what the editor had before their eyes"""
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
    moment: str
    reason: Private[str]


async def ask_author(turn: Turn, effect: AskAuthor) -> None:
    story, _ = await standing(turn, effect.story)
    await _ask(turn, story, effect.question)
    await show_card(turn, story)


async def send_back(turn: Turn, effect: SendBack) -> None:
    story, _ = await standing(turn, effect.story)
    wish = turn.words(story.details.origin, Language(story.language), msg("sent-back", wish=effect.wish))
    await _ask(turn, story, Private(wish.text))
    if story.status is not Status.SUBMITTED:
        details = msgspec.structs.replace(story.details, offered=None)
        story = await turn.tx.stories.move(story, Status.SUBMITTED, details)
    await note_progress(turn, story)


async def _ask(turn: Turn, story: Story, question: Private[str]) -> None:
    if story.details.contact is Contact.NEVER:
        raise Conflict("Its author has asked not to be asked.")
    await turn.tx.questions.ask(story, question)
    await tell_author(turn, story, msg("notice-question"), command="question", label=msg("notice-question-open"))


async def save_version(turn: Turn, effect: SaveVersion) -> None:
    story, editor = await standing(turn, effect.story, effect.moment)
    story = await turn.tx.stories.add_version(story, effect.text, editor=editor.id)
    await note_progress(turn, story)


async def offer(turn: Turn, effect: Offer) -> None:
    found = await _still(turn, effect.story, lambda story: _may_be_offered(story, effect.version))
    if found is None:
        return
    story, _ = found
    if story.details.contact is Contact.NEVER:
        await _say(turn, story.id, msg("desk-contact-never"))
        return
    if await turn.tx.stories.routes.find(story.id) is None:
        await _say(turn, story.id, msg("desk-no-route"))
        return
    story = await turn.tx.stories.offer(story)
    await note_progress(turn, story)
    await tell_author(turn, story, msg("notice-consent"), command="consent", label=msg("notice-consent-open"))
    waits = story.details.contact is Contact.RETURN
    await _say(turn, story.id, msg("desk-offered-waits") if waits else msg("desk-offered"))


async def approve(turn: Turn, effect: Approve) -> None:
    """With the second person's approval it is decided when the story comes out."""
    found = await _still(turn, effect.story, lambda story: _may_be_approved(story, effect.version))
    if found is None:
        return
    story, editor = found
    approvals = await turn.tx.stories.approve(story, editor.id)
    if approvals >= APPROVALS_NEEDED:
        story = await schedule(turn, story)
        await _say(turn, story.id, msg("desk-approved-second"), comes_out(story))
    else:
        await _say(turn, story.id, msg("desk-approved", missing=APPROVALS_NEEDED - approvals))
    await note_progress(turn, story)


async def reject(turn: Turn, effect: Reject) -> None:
    story, _ = await standing(turn, effect.story, effect.moment)
    await tell_author(turn, story, msg("notice-decided"), command="mine", label=msg("notice-decided-open"))
    details = msgspec.structs.replace(story.details, reason=effect.reason)
    await note_progress(turn, await turn.tx.stories.move(story, Status.REJECTED, details))


async def standing(turn: Turn, story_id: StoryId, moment: str | None = None) -> tuple[Story, Editor]:
    """An open story, in the moment that the editor saw. Raises Conflict when it was one a moment ago."""
    story, editor = await visible_in_turn(turn, story_id, lambda story: story.status in OPEN)
    if moment is not None and moment != await moment_of(turn.tx, story):
        raise Conflict("The story was changed in the same moment.")
    return story, editor


def _may_be_offered(story: Story, version: int) -> bool:
    return story.status is Status.SUBMITTED and story.details.latest == version


def _may_be_approved(story: Story, version: int) -> bool:
    return story.status is Status.AGREED and story.details.offered == version


async def _still(turn: Turn, story_id: StoryId, is_so: Callable[[Story], bool]) -> tuple[Story, Editor] | None:
    """None when it is so no more: the editor is told how the story stands."""
    found = await visible(turn.tx, turn.person, story_id)
    if found is None:
        await _say(turn, story_id, msg("desk-no-story"))
        return None
    story, _ = found
    if is_so(story):
        return found
    await _say(turn, story_id, status_message(story, len(await turn.tx.stories.approvers(story))))
    return None


async def _say(turn: Turn, story: StoryId, *sentences: Message) -> None:
    """To the editor whose turn it is, with the way back to the desk."""
    chat, language = turn.person.chat, turn.person.language
    again = turn.words(chat.platform, language, msg("desk-again"))
    button = Choice(label=again.text, token=calling("start", payload(story)))
    said = Rich.join(" ", [turn.words(chat.platform, language, sentence) for sentence in sentences])
    await turn.show(chat, said, buttons=((button,),), wipe_after=WIPE_SECONDS)
