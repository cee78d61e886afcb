"""A story's card in the editors' room: the truth, some minutes late where its author has changed it (`following.py`),
never the text. It opens the private chat."""

from __future__ import annotations

from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from bot.types import Topic
from handlers.deadlines import is_overdue, kept_until
from handlers.editors.colleagues import names
from handlers.editors.following import drop_later, follow, has_followed, is_authors
from handlers.editors.pair_lines import pair_lines
from handlers.editors.release_lines import release_lines
from handlers.policy import EDITORS_LANGUAGE
from handlers.publication.page import version_of
from handlers.publication.times import moment_of
from storage.ids import StoryId
from storage.questions import Question
from storage.story import APPROVALS_NEEDED, OPEN, Status, Story

_PREFIX = "s_"
_LINK = "card-opens"


def payload(story: StoryId) -> str:
    """What a deep link to this story carries. It authorises nothing: the desk asks who is there."""
    return _PREFIX + story.hex()


def story_of(payload: str) -> StoryId | None:
    """None for anything that is not a link to a story."""
    digits = payload.removeprefix(_PREFIX)
    if digits == payload or len(digits) != 32 or any(digit not in "0123456789abcdef" for digit in digits):
        return None
    return StoryId(bytes.fromhex(digits))


def status_message(story: Story, approvals: int) -> Message:
    goes_out = story.details.goes_out
    if story.status is Status.AGREED:
        return msg("status-agreed", approvals=approvals, needed=APPROVALS_NEEDED)
    if story.status is Status.SCHEDULED and goes_out is not None:
        moment = moment_of(goes_out)
        return msg("status-scheduled-for", day=moment.date(), time=f"{moment:%H:%M}")
    return msg(f"status-{story.status}")


def files_message(story: Story) -> Message:
    return msg("card-files", photos=len(story.details.photos), recordings=len(story.details.recordings))


async def show_card(turn: Turn, story: Story, *, bottom: bool = False) -> None:
    """Sends the card, edits it where it stands, or has it stand below all others; not before its time has come.

    Raises Conflict when the story has moved on meanwhile: an older card must not take the place of a newer one.
    """
    room = turn.rooms.room_for(story.details.origin)
    if room is None or not story.details.is_shown:
        return
    if is_authors(turn):
        await follow(turn, story)
        return
    # A timer does not wait: it holds its own row, for which whoever changes the story may be waiting.
    await turn.tx.stories.hold(story, wait=turn.who is not None)
    if turn.who is None and not bottom and await _stands_in_digest(turn, story):
        return
    language = Language(EDITORS_LANGUAGE)
    buttons = ((turn.opening(room.platform, language, msg(_LINK), payload(story.id)),),)
    lines = [turn.words(room.platform, language, line) for line in await _lines(turn, story, room.platform)]
    topic = Topic(name=story.details.alias, closed=story.status not in OPEN)
    await turn.show(
        room, Rich.join("\n", lines), buttons=buttons, anchor=story.details.card, bottom=bottom, topic=topic
    )


async def _stands_in_digest(turn: Turn, story: Story) -> bool:
    """In place of a card: until an editor has done something about it."""
    return story.details.is_one_of_many and await turn.tx.messages.anchor(story.details.card) is None


async def _lines(turn: Turn, story: Story, platform: str) -> list[Message]:
    details = story.details
    lines = [
        msg("card-title", alias=details.alias),
        status_message(story, len(await turn.tx.stories.approvers(story))),
        msg("card-facts", language=story.language, version=version_of(story)),
        files_message(story),
    ]
    if details.claimed is not None and story.status in OPEN:
        name = (await names(turn.tx, platform)).get(details.claimed)
        lines += [] if name is None else [msg("desk-caretaker", name=name)]
    lines += _exchange_lines(await turn.tx.questions.all(story))
    if details.cold is not None:
        lines.append(msg("card-cold", since=details.cold.since))
    return [*lines, *_urgent_lines(turn, story), *release_lines(story), *pair_lines(story, turn.tx.now)]


def _exchange_lines(questions: list[Question]) -> list[Message]:
    """How much was asked, answered and left unanswered, and what the author added unasked."""
    lines = []
    asked = [question for question in questions if question.question.reveal()]
    if asked:
        answered = sum(question.answer is not None for question in asked)
        lines.append(msg("card-questions", asked=len(asked), answered=answered))
    skipped = sum(question.skipped for question in asked)
    if skipped:
        lines.append(msg("card-skipped", skipped=skipped))
    if len(questions) > len(asked):
        lines.append(msg("card-additions", additions=len(questions) - len(asked)))
    return lines


def _urgent_lines(turn: Turn, story: Story) -> list[Message]:
    """What waits for editors longer than it should."""
    if is_overdue(story, turn.tx.work.today):
        return [msg("card-overdue", since=story.since, until=kept_until(story))]
    if story.status is Status.PUBLISHED and story.details.wishes_retraction:
        return [msg("card-take-down")]
    return []


async def show_followed(turn: Turn, subject: bytes) -> None:
    await has_followed(turn, StoryId(subject))
    story = await turn.tx.stories.find(StoryId(subject))
    if story is not None:
        await show_card(turn, story)


async def drop_card(turn: Turn, story: Story) -> None:
    room = turn.rooms.room_for(story.details.origin)
    if room is None or not story.details.is_shown:
        return
    if is_authors(turn):
        await drop_later(turn, story)
    else:
        await turn.erase(room, story.details.card)
