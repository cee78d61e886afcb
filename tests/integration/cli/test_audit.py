"""`audit verify` and `audit show`, on a newsroom in which something has happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from sqlalchemy import delete

from bot.config import Settings
from bot.opening import open_newsroom
from storage.address import Account
from storage.audit_chain import Actor
from storage.ids import EditorId
from storage.private import Private
from storage.store import Store
from storage.tables import audit
from tests.clock import Clock
from tests.integration.cli.desk import Desk
from tests.integration.storage.people import tell_story

GONE = EditorId(b"gone" * 4)


@asynccontextmanager
async def opened(desk: Desk, days: int = 0) -> AsyncIterator[Store]:
    """The newsroom so many days after 1 March."""
    settings = Settings(
        file=None, data=desk.folder / "data/newsroom", keys=desk.folder / "keys/newsroom", database=None
    )
    store, clock = await open_newsroom(settings), Clock()
    clock.pass_(days=days)
    store.clock = clock
    yield store
    await store.close()


async def two_days_of_work(desk: Desk) -> str:
    """Returns how the trail names the story."""
    async with opened(desk) as store, store.write() as tx:
        story = await tell_story(tx)
        await tx.audit.note("submit", actor=Actor.AUTHOR, story=story)
        anna = await tx.editors.add(Account(platform="telegram", person=Private("712345678")), "Anna K.")
        await tx.audit.note("enrol", actor=Actor.SYSTEM)
    async with opened(desk, days=1) as store, store.write() as tx:
        await tx.audit.note("send_back", actor=anna, story=story)
        await tx.audit.note("approve", actor=GONE, story=story)
        return (await tx.audit.subject(story)).hex()[:8]


def head_in(said: str) -> str:
    return said.rsplit(maxsplit=1)[-1]


async def cut_off(desk: Desk) -> None:
    async with opened(desk) as store, store.write() as tx:
        await tx.work.connection.execute(delete(audit).where(audit.c.seq > 2))


async def test_nothing_was_noted_yet(newsroom_desk: Desk) -> None:
    assert await newsroom_desk.succeeds("audit", "show") == "Nothing was noted yet.\n"
    assert await newsroom_desk.succeeds("audit", "verify") == "The audit trail is empty: nothing was noted yet.\n"


async def test_who_did_what_is_shown_in_columns(newsroom_desk: Desk) -> None:
    story = await two_days_of_work(newsroom_desk)
    lines = [
        f"1  2026-03-01  author                submit     story {story}",
        "2  2026-03-01  system                enrol",
        f"3  2026-03-02  Anna K.               send back  story {story}",
        f"4  2026-03-02  former editor 676f6e  approve    story {story}",
    ]
    assert (await newsroom_desk.succeeds("audit", "show")).splitlines() == lines
    [last] = (await newsroom_desk.succeeds("audit", "show", "--last", "1")).splitlines()
    assert last.split() == lines[-1].split()


async def test_a_whole_trail_names_its_head(newsroom_desk: Desk) -> None:
    await two_days_of_work(newsroom_desk)
    said = await newsroom_desk.succeeds("audit", "verify")
    assert "Checking entries: 4 of 4" in said
    assert "The audit trail is whole: 4 entries." in said
    head = head_in(said)
    assert f"The head {head} is in it." in await newsroom_desk.succeeds("audit", "verify", "--head", head.lower())


async def test_what_was_pruned_is_said(newsroom_desk: Desk) -> None:
    async with opened(newsroom_desk) as store, store.write() as tx:
        await tx.audit.note("enrol", actor=Actor.SYSTEM)
    old = head_in(await newsroom_desk.succeeds("audit", "verify"))
    await two_days_of_work(newsroom_desk)
    async with opened(newsroom_desk, days=1) as store, store.write() as tx:
        assert await tx.audit.prune(date(2026, 3, 2)) == 3
    said = await newsroom_desk.succeeds("audit", "verify", "--head", old)
    assert "whole: 3 entries, 4 to 6; older ones were pruned by rule." in said
    assert f"The head {old} is older than the first entry that is kept: nothing can be said of it." in said
    assert "prune audit" in (shown := await newsroom_desk.succeeds("audit", "show", "--last", "1"))
    assert "up to entry 3" in shown


@pytest.mark.usefixtures("processes")
async def test_a_trail_that_was_cut_off_ends_with_1(newsroom_desk: Desk) -> None:
    await two_days_of_work(newsroom_desk)
    await cut_off(newsroom_desk)
    done = await newsroom_desk.run("audit", "verify")
    assert (done.code, done.out) == (1, "Checking entries: 2 of 4\n")
    assert "not whole. The end is cut off: entry 3 and what followed it are gone." in done.err
    assert "tell the other admins" in done.err


async def test_another_past_is_told_by_a_head(newsroom_desk: Desk) -> None:
    await two_days_of_work(newsroom_desk)
    head = head_in(await newsroom_desk.succeeds("audit", "verify"))
    other = f"{head[:-1]}{'A' if head[-1] != 'A' else 'B'}"
    done = await newsroom_desk.run("audit", "verify", "--head", other)
    assert done.code == 1
    assert "not the one whose head was posted: entry 4 is missing or another one." in done.err


async def test_what_is_no_head_is_refused(newsroom_desk: Desk) -> None:
    assert "A head looks like 248-" in await newsroom_desk.refuses("audit", "verify", "--head", "248")
