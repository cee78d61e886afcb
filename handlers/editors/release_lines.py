"""What a card says when one editor has spoken and a second one is needed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.texts.fluent import Message, msg
from storage.story import Story


def release_lines(story: Story) -> Iterator[Message]:
    details, correction = story.details, story.details.correction
    if details.urges is not None:
        yield msg("release-urged-by-another")
    if correction is not None:
        may = correction.agreed or not correction.meaning
        yield msg("card-correction") if may else msg("correction-waits-for-author")
    if details.retracts is not None:
        yield msg("retract-by-another")
