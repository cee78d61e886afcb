"""A story's card in the editors' room: always the truth, never the text. It opens the private chat."""

from __future__ import annotations

from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from handlers.policy import EDITORS_LANGUAGE
from storage.ids import StoryId
from storage.story import APPROVALS_NEEDED, Status, Story

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
    if story.status is Status.AGREED:
        return msg("status-agreed", approvals=approvals, needed=APPROVALS_NEEDED)
    return msg(f"status-{story.status}")


async def show_card(turn: Turn, story: Story) -> None:
    """Sends the card, or edits it where it stands."""
    room = turn.rooms.editors.get(story.details.origin)
    if room is None:
        return
    language = Language(EDITORS_LANGUAGE)
    approvals = len(await turn.tx.stories.approvers(story))
    lines = [
        turn.words(language, msg("card-title", alias=story.details.alias)),
        turn.words(language, status_message(story, approvals)),
        turn.words(
            language,
            msg(
                "card-facts",
                language=story.language,
                version=story.details.latest,
                photos=len(story.details.photos),
            ),
        ),
    ]
    asked = [question for question in await turn.tx.questions.all(story) if question.question.reveal()]
    if asked:
        answered = sum(question.answer is not None for question in asked)
        lines.append(turn.words(language, msg("card-questions", asked=len(asked), answered=answered)))
    buttons = ((turn.opening(language, msg(_LINK), payload(story.id)),),)
    await turn.show(room, Rich.join("\n", lines), buttons=buttons, anchor=story.details.card)


async def drop_card(turn: Turn, story: Story) -> None:
    room = turn.rooms.editors.get(story.details.origin)
    if room is not None:
        await turn.erase(room, story.details.card)
