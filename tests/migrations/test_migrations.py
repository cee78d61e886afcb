"""Every step of the migrations, each with data in it.

A new step gets a module `step_<number>.py` beside this file with two functions, and its line in STEPS:

    async def fill(connection)    rows as the step before left them, written with plain SQL
    async def check(connection)   what must have become of them
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import pytest

from storage import schema
from storage.connection import Connection
from storage.opening import open_database
from tests.databases import MakeNewsroom
from tests.migrations import (
    step_0001,
    step_0002,
    step_0003,
    step_0004,
    step_0005,
    step_0006,
    step_0007,
    step_0008,
    step_0009,
    step_0010,
    step_0011,
    step_0012,
    step_0013,
    step_0014,
    step_0015,
    step_0016,
)

OnConnection = Callable[[Connection], Awaitable[None]]


class Step(NamedTuple):
    number: str
    before: str | None
    fill: OnConnection
    check: OnConnection


STEPS = [
    Step("0001", None, step_0001.fill, step_0001.check),
    Step("0002", "0001", step_0002.fill, step_0002.check),
    Step("0003", "0002", step_0003.fill, step_0003.check),
    Step("0004", "0003", step_0004.fill, step_0004.check),
    Step("0005", "0004", step_0005.fill, step_0005.check),
    Step("0006", "0005", step_0006.fill, step_0006.check),
    Step("0007", "0006", step_0007.fill, step_0007.check),
    Step("0008", "0007", step_0008.fill, step_0008.check),
    Step("0009", "0008", step_0009.fill, step_0009.check),
    Step("0010", "0009", step_0010.fill, step_0010.check),
    Step("0011", "0010", step_0011.fill, step_0011.check),
    Step("0012", "0011", step_0012.fill, step_0012.check),
    Step("0013", "0012", step_0013.fill, step_0013.check),
    Step("0014", "0013", step_0014.fill, step_0014.check),
    Step("0015", "0014", step_0015.fill, step_0015.check),
    Step("0016", "0015", step_0016.fill, step_0016.check),
]


def test_every_step_is_tested() -> None:
    assert [step.number for step in STEPS][-1] == schema.newest()


LATEST = 3
"""steps that are tried on PostgreSQL too in `make test`: one that was released does not change any more"""


@pytest.mark.parametrize(
    ("engine", "step"),
    [
        *(pytest.param("sqlite", step, id=f"sqlite-{step.number}") for step in STEPS),
        *(
            pytest.param("postgresql", step, id=f"postgresql-{step.number}", marks=pytest.mark.soak)
            for step in STEPS[:-LATEST]
        ),
        *(pytest.param("postgresql", step, id=f"postgresql-{step.number}") for step in STEPS[-LATEST:]),
    ],
)
async def test_a_step_keeps_what_is_there(engine: str, make_newsroom: MakeNewsroom, step: Step) -> None:
    newsroom = make_newsroom(engine)
    await newsroom.prepare(migrated=False)
    database = open_database(newsroom.data, newsroom.ring, newsroom.url)
    if step.before is not None:
        await schema.migrate(database, step.before)
        async with database.write() as connection:
            await step.fill(connection)
    await schema.migrate(database, step.number)
    if step.before is None:
        async with database.write() as connection:
            await step.fill(connection)
    async with database.read() as connection:
        await step.check(connection)
    await database.close()
    await newsroom.remove()
