"""Once a week, on its Monday or as soon after it as the service runs: how many read us, and how many messages reached
readers in the week before; never who."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.flows.program import Tools
from handlers.statistics.series import LANGUAGE, RHYTHM
from storage.figures import delivered_between
from storage.readership import everybody
from storage.weeks import FEWEST, READERS, SENT, monday


async def count_readers(tools: Tools) -> None:
    """By what few have in common nothing is kept: a handful of readers of one kind would be somebody.

    The same readers are counted twice, by language and by rhythm. Rhythms go by fives: with exact numbers, what is
    missing of one list would be the difference to the other.
    """
    async with tools.store.read() as tx:
        week = monday(tx.work.today)
        if await tx.weeks.is_counted(week):
            return
    counts, rhythms = Counter[str](), Counter[str]()
    async for reader in everybody(tools.store):
        counts.update((READERS, LANGUAGE + reader.language))
        rhythms[RHYTHM + reader.wishes.rhythm.every] += 1
    counts.update({name: count // FEWEST * FEWEST for name, count in rhythms.items()})
    many = {name: count for name, count in counts.items() if count >= FEWEST}
    async with tools.write() as tx:
        last = week - timedelta(weeks=1)
        await tx.weeks.put(last, {SENT: await delivered_between(tx.work, last, week)})
        await tx.weeks.put(week, {READERS: 0, **many})
