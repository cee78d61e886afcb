"""What authors are told unasked: as quietly as they have chosen, and never what it is about."""

from __future__ import annotations

from bot.flows.flow import Words
from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message
from bot.types import Button, Choice, calling
from handlers.policy import WIPE_SECONDS
from storage.story import Contact, Story


async def tell_author(
    turn: Turn,
    story: Story,
    words: Message,
    *,
    command: str = "",
    label: Words | None = None,
    was_asked_for: bool = False,
) -> None:
    """A silent notice that says nothing of the story; none to those who want none, or whose route has expired.

    What waits for them stands in "my stories" in any case. `was_asked_for`: this very notice, by its author.
    """
    if story.details.contact is not Contact.SILENT and not was_asked_for:
        return
    author = await turn.tx.stories.routes.find(story.id)
    if author is None:
        return
    language = Language(story.language)
    buttons: tuple[tuple[Button, ...], ...] = ()
    if label is not None:
        token = calling(command, story.id.hex())
        buttons = ((Choice(label=turn.words(author.platform, language, label).text, token=token),),)
    await turn.show(author, turn.words(author.platform, language, words), buttons=buttons, wipe_after=WIPE_SECONDS)
