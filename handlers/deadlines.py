"""How long a story is kept in each status: what authors are told, and when editors are warned."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from handlers.policy import (
    EXTENSION_DAYS,
    MOST_EXTENSIONS,
    REJECTED_DAYS,
    SOURCE_DAYS,
    UNDECIDED_DAYS,
    WAITING_DAYS,
    WARNED_BEFORE_DAYS,
)
from storage.clock import day_of
from storage.copies import COPY_DAYS
from storage.story import Status, Story

KEPT_DAYS = {
    Status.SUBMITTED: UNDECIDED_DAYS,
    Status.CONSENT: WAITING_DAYS,
    Status.AGREED: UNDECIDED_DAYS,
    Status.SCHEDULED: UNDECIDED_DAYS,
    Status.REJECTED: REJECTED_DAYS,
}
"""Days since the last change of status. What is published stays; what it was made of follows a rule of its own."""
_UNDECIDED = frozenset({Status.SUBMITTED, Status.AGREED})
"""It is the editors' turn."""
_EXTENDABLE = frozenset({Status.SUBMITTED, Status.CONSENT, Status.AGREED})


def kept_until(story: Story) -> date:
    """The day on which it is destroyed; of a published one, on which all goes that readers don't have."""
    days = KEPT_DAYS.get(story.status, SOURCE_DAYS)
    day = story.since + timedelta(days=days + story.details.extended_days)
    if story.status is Status.SCHEDULED and story.details.goes_out is not None:
        return max(day, day_of(story.details.goes_out) + timedelta(days=1))  # a release may be moved more than once
    return day


def out_of_backups(today: date) -> date:
    """The day by which what is destroyed today is gone from our back-ups as well."""
    return today + timedelta(days=COPY_DAYS)


def may_be_extended(story: Story) -> bool:
    return story.status in _EXTENDABLE and story.details.extended_days < EXTENSION_DAYS * MOST_EXTENSIONS


def extended(story: Story) -> Story:
    """As it will be; nothing is written."""
    days = story.details.extended_days + EXTENSION_DAYS
    return msgspec.structs.replace(story, details=msgspec.structs.replace(story.details, extended_days=days))


def is_overdue(story: Story, today: date) -> bool:
    """Whether editors have to be reminded of it."""
    return story.status in _UNDECIDED and today >= min(_warnings(story))


def next_warning(story: Story, today: date) -> date | None:
    if story.status not in _UNDECIDED:
        return None
    return min((day for day in _warnings(story) if day > today), default=None)


def _warnings(story: Story) -> list[date]:
    return [kept_until(story) - timedelta(days=days) for days in WARNED_BEFORE_DAYS]
