"""How a story stands, for somebody who waits and is afraid: what is, what comes next, until when we keep it."""

from __future__ import annotations

from datetime import date

from bot.flows.flow import Words
from bot.texts.fluent import Message, msg
from handlers.contributors.waiting import proposal
from handlers.deadlines import kept_until
from storage.clock import day_of
from storage.story import OPEN, Contact, Status, Story


def how_it_stands(story: Story, today: date) -> tuple[Words, ...]:
    return (_status(story, today), *_cold(story), *_until(story, today))


def _status(story: Story, today: date) -> Message:
    since, details = story.since, story.details
    match story.status:
        case Status.SUBMITTED if not details.is_shown:
            return msg("mine-story-sent")
        case Status.SUBMITTED if details.contact is Contact.NEVER:
            return msg("mine-story-submitted-never", since=since)
        case Status.AGREED if details.agreed != details.offered:
            return msg("mine-story-agreed-unasked", since=since)
        case Status.SCHEDULED:
            return _scheduled(story, today)
        case Status.REJECTED if details.reason is not None:
            return msg("notice-rejected", reason=details.reason)
        case Status.PUBLISHED if details.wishes_retraction:
            return msg("mine-story-published-wish", since=since)
        case Status.PUBLISHED if proposal(story) is not None:
            return msg("mine-story-published-correction", since=since)
    return msg(f"mine-story-{story.status}", since=since)


def _cold(story: Story) -> tuple[Message, ...]:
    if story.details.cold is None:
        return ()
    return (msg("mine-cold") if story.status in OPEN else msg("mine-cold-decided"),)


def _scheduled(story: Story, today: date) -> Message:
    """The day only: the hour is nobody's business before it has come."""
    day = day_of(story.details.goes_out) if story.details.goes_out is not None else today
    when = {0: "today", 1: "tomorrow"}.get((day - today).days, "later")
    return msg("mine-story-scheduled", when=when, day=day)


def _until(story: Story, today: date) -> tuple[Message, ...]:
    until = kept_until(story)
    days = max(0, (until - today).days)
    match story.status:
        case Status.SUBMITTED | Status.AGREED:
            return (msg("mine-until-undecided", until=until, days=days),)
        case Status.CONSENT:
            return (msg("mine-until-consent", until=until, days=days),)
        case Status.REJECTED | Status.RETRACTED:
            return (msg("mine-until-rejected", until=until, days=days),)
        case Status.PUBLISHED if days:
            return (msg("mine-until-published", until=until, days=days),)
        case Status.PUBLISHED if not story.details.wishes_retraction:
            return (msg("mine-until-over"),)
    return ()
