"""Who had joined when a broadcast began: a number that grows with each, noted with every reader who joins.

A number of its own, as rows of old broadcasts go; and no time: a reader's row must not say when they came.
"""

from __future__ import annotations

from sqlalchemy import select, update

from storage.tables import settings
from storage.work import Work

_NAME = "generation"


async def present_generation(work: Work) -> int:
    """Of whoever joins now."""
    value = (await work.connection.execute(select(settings.c.value).where(settings.c.name == _NAME))).scalar()
    return 0 if value is None else int(value)


async def next_generation(work: Work) -> int:
    """Closes the present one, which is returned: who joins from now on is of the next."""
    await work.connection.execute(work.insert_new(settings), {"name": _NAME, "value": b"0"})
    held = select(settings.c.value).where(settings.c.name == _NAME).with_for_update()
    present = int((await work.connection.execute(held)).scalar_one())
    following = update(settings).where(settings.c.name == _NAME).values(value=str(present + 1).encode())
    await work.connection.execute(following)
    return present
