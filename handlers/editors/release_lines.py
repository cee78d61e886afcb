"""What is said of a release: when it comes, and on the card, that one editor has spoken and a second one is needed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.texts.fluent import Message, msg
from handlers.policy import DEMO_RELEASE_SECONDS
from handlers.publication.times import hurries, moment_of
from storage.story import Story


def comes_out(story: Story) -> Message:
    goes_out = story.details.goes_out or 0
    if hurries(goes_out, story.since):
        return msg("release-hurries", seconds=DEMO_RELEASE_SECONDS)
    moment = moment_of(goes_out)
    return msg("release-comes-out", day=moment.date(), time=f"{moment:%H:%M}")


def release_lines(story: Story) -> Iterator[Message]:
    details, correction = story.details, story.details.correction
    if details.urges is not None:
        yield msg("card-urged")
    if correction is not None:
        may = correction.agreed or not correction.meaning
        yield msg("card-correction") if may else msg("correction-waits-for-author")
    if details.retracts is not None:
        yield msg("retract-by-another")
