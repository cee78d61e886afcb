"""The moment at which a story becomes public: in the channels of its language, then to every subscriber."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.notices import tell_author
from handlers.policy import SOURCE_DAYS
from handlers.progress import note_progress
from handlers.publication.channels import put_up
from handlers.publication.publish import begin_broadcast
from handlers.publication.sources import set_source_timer
from storage.story import Status, Story


async def come_out(turn: Turn, story: Story) -> Story:
    """Raises Conflict when the story has moved on in the same moment."""
    details = msgspec.structs.replace(story.details, published=story.details.offered)
    story = await turn.tx.stories.move(story, Status.PUBLISHED, details)
    posts = await put_up(turn, story)
    story = await turn.tx.stories.amend(story, msgspec.structs.replace(story.details, posts=posts))
    await begin_broadcast(turn, story)
    await turn.tx.stories.routes.keep(story.id, turn.tx.work.today + timedelta(days=SOURCE_DAYS))
    await set_source_timer(turn, story)
    await tell_author(turn, story, msg("notice-published"))
    await note(turn, Action.PUBLISHED, story)
    await note_progress(turn, story)
    return story
