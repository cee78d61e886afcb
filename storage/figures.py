"""Counts over open columns: nothing is opened, nobody is named."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from storage.story import Status
from storage.tables import broadcasts, stories, subscribers
from storage.work import Work


async def published_since(work: Work, day: date) -> int:
    """Stories that came out on this day or later, and are still out."""
    counted = select(func.count()).where(stories.c.status == Status.PUBLISHED, stories.c.since >= day)
    return int((await work.connection.execute(counted)).scalar_one())


async def readers_by_language(work: Work) -> dict[str, int]:
    counted = select(subscribers.c.language, func.count()).group_by(subscribers.c.language)
    return {language: int(count) for language, count in (await work.connection.execute(counted)).all()}


async def delivered_between(work: Work, first: date, before: date) -> int:
    """Messages that reached their readers, of broadcasts that began from that day on and have ended. Corrections of
    what readers had are not among them."""
    counted = select(func.coalesce(func.sum(broadcasts.c.sent), 0)).where(
        broadcasts.c.day >= first, broadcasts.c.day < before, broadcasts.c.origin.is_(None)
    )
    return int((await work.connection.execute(counted)).scalar_one())
