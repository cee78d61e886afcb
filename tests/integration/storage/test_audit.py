"""The audit trail: written with what it records, one line however many write, pruned without losing its proof."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, text

from storage import audit as audit_module
from storage.audit_chain import START, Actor, Flaw, Note
from storage.audit_check import Broken, Head, Whole, verify
from storage.errors import Unreadable
from storage.rotation import rotate
from storage.store import Store
from storage.story import Story
from storage.tables import wraps
from tests.clock import Clock
from tests.databases import MakeNewsroom, Newsroom
from tests.integration.storage.audit_hands import ANNA, Copy, head_of, note, numbers, put, take, without
from tests.integration.storage.people import tell_story
from tests.integration.storage.test_backup import back_up, bring_back
from tests.patience import PATIENCE

on_both = pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test says otherwise: most of this is the same code on both."""
    return str(getattr(request, "param", "sqlite"))


async def tell(store: Store) -> Story:
    async with store.write() as tx:
        story = await tell_story(tx)
        await tx.audit.note("submit", actor=Actor.AUTHOR, story=story)
    return story


async def whole(store: Store, posted: Head | None = None) -> Whole:
    verdict = await verify(store, posted)
    assert isinstance(verdict, Whole), verdict
    return verdict


@on_both
async def test_who_did_what_to_which_story_is_told_in_order(store: Store, clock: Clock) -> None:
    story = await tell(store)
    clock.pass_(days=1)
    async with store.write() as tx:
        await tx.audit.note("approve", actor=ANNA, story=story)
        await tx.audit.note("publish", actor=Actor.SYSTEM, story=story)
    async with store.read() as tx:
        name = await tx.audit.subject(story)
        entries = await tx.audit.last(10)
        assert await tx.audit.last(1) == entries[-1:]
    assert [(entry.seq, entry.day) for entry in entries] == [
        (1, date(2026, 3, 1)),
        (2, date(2026, 3, 2)),
        (3, date(2026, 3, 2)),
    ]
    assert [entry.note for entry in entries] == [
        Note(action="submit", actor=Actor.AUTHOR, subject=name),
        Note(action="approve", actor=Actor.EDITOR, editor=ANNA, subject=name),
        Note(action="publish", actor=Actor.SYSTEM, subject=name),
    ]
    assert (await whole(store)).count == 3


async def test_what_did_not_happen_is_not_noted(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as tx:
            await tx.audit.note("approve", actor=ANNA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await verify(store) == Whole(count=0, pruned=0, head=None)
    await note(store, "reject")
    assert (await whole(store)).count == 1


async def test_an_action_is_one_of_a_vocabulary_not_somebody_s_words(store: Store) -> None:
    async with store.write() as tx:
        for words in ("", "Снегирь", "she said no", "a" * 33, "reject\n"):
            with pytest.raises(ValueError, match="small letters"):
                await tx.audit.note(words, actor=ANNA)


async def test_a_thief_of_the_rows_sees_numbers_and_days(store: Store) -> None:
    story = await tell(store)
    async with store.write() as tx:
        await tx.audit.note("send_the_author_a_question", actor=ANNA, story=story)
        name = await tx.audit.subject(story)
    copy = await take(store)
    assert len({len(row["body"]) for row in copy.rows}) == 1
    open_ = b"".join(part for row in copy.rows for part in (row["key_id"], row["body"], row["mac"]))
    for secret in (story.id, story.key_id, name, ANNA, b"send_the"):
        assert secret not in open_
    assert bytes(name) not in (story.id, story.key_id)


async def test_a_shredded_story_s_name_leads_nowhere(store: Store) -> None:
    first, second = await tell(store), await tell(store)
    async with store.write() as tx:
        names = [await tx.audit.subject(story) for story in (first, second)]
        await tx.audit.note("shred", actor=Actor.AUTHOR, story=first)
        await tx.stories.shred(first)
    async with store.write() as tx:
        with pytest.raises(Unreadable):
            await tx.audit.note("shred", actor=Actor.AUTHOR, story=first)
    async with store.read() as tx:
        noted = [entry.note.subject for entry in await tx.audit.last(10) if entry.note]
    assert noted == [names[0], names[1], names[0]]
    assert names[0] != names[1]


@on_both
async def test_several_workers_write_one_line(store: Store, newsroom: Newsroom) -> None:
    others = [await newsroom.open() for _ in range(2)]
    await asyncio.gather(*(note(worker, *["claim"] * 8) for worker in (store, *others)))
    for other in others:
        await other.close()
    assert (await whole(store)).count == 24


@on_postgresql
async def test_who_is_not_done_keeps_nobody_from_noting(store: Store) -> None:
    async with asyncio.timeout(PATIENCE), store.write() as slow:
        await slow.audit.note("first_to_begin", actor=ANNA)
        await note(store, "first_to_commit")
    async with store.read() as tx:
        entries = await tx.audit.last(10)
    assert [entry.note and entry.note.action for entry in entries] == ["first_to_commit", "first_to_begin"]


async def test_fresh_keys_of_the_ring_leave_the_trail_whole(store: Store, newsroom: Newsroom) -> None:
    await note(store, "claim", "approve")
    head = await head_of(store)
    await rotate(store, lambda _done, _total: None)
    again = await newsroom.open()
    await note(again, "publish")
    assert (await whole(again, head)).count == 3
    await again.close()


async def test_a_restored_back_up_goes_on_from_where_it_was_made(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom
) -> None:
    await note(store, "claim", "approve")
    elsewhere = make_newsroom("sqlite")
    await elsewhere.prepare(migrated=False)
    made = await back_up(store, newsroom)
    head = await head_of(store)
    await note(store, "publish")
    later = await head_of(store)
    await bring_back(made, elsewhere)
    restored = await elsewhere.open()
    await note(restored, "retract")
    await whole(restored, head)
    assert await verify(restored, later) == Broken(at=3, why=Flaw.POSTED)  # as it must: that day's work is lost
    await restored.close()


async def three_days(store: Store, clock: Clock) -> list[Head]:
    """Two entries each; returns what was posted every evening."""
    heads = []
    for day in range(3):
        clock.pass_(days=int(day > 0))
        await note(store, "claim", "approve")
        heads.append(await head_of(store))
    return heads


def today(clock: Clock) -> date:
    return date(2026, 3, 1) + timedelta(seconds=clock.now() - Clock().now())


@on_both
async def test_pruning_leaves_a_checkpoint_and_proves_the_rest(store: Store, clock: Clock) -> None:
    heads = await three_days(store, clock)
    async with store.write() as tx:
        assert await tx.audit.prune(today(clock)) == 4
        [checkpoint] = await tx.audit.last(1)
    assert checkpoint.note is not None
    assert checkpoint.note.pruned is not None
    assert Head.of(checkpoint.note.pruned) == heads[1]
    assert numbers(await take(store)) == [5, 6, 7]
    for head in heads:  # the first is gone, the second was the last to go, the third is there
        assert await whole(store, head) == Whole(count=3, pruned=4, head=await head_of(store))
    forged = Head(seq=4, mark=heads[0].mark)
    assert await verify(store, forged) == Broken(at=4, why=Flaw.POSTED)
    async with store.write() as tx:
        assert await tx.audit.prune(today(clock)) == 0
    assert (await whole(store)).count == 3


async def test_all_of_it_may_be_old(store: Store, clock: Clock) -> None:
    await three_days(store, clock)
    clock.pass_(days=100)
    async with store.write() as tx:
        assert await tx.audit.prune(today(clock)) == 6
    await note(store, "claim")
    assert await whole(store) == Whole(count=2, pruned=6, head=await head_of(store))


async def test_much_is_pruned_bit_by_bit(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "PRUNED_AT_ONCE", 3)
    await three_days(store, clock)
    removed = []
    for _ in range(3):
        async with store.write() as tx:
            removed.append(await tx.audit.prune(today(clock)))
        await whole(store)
    assert removed == [3, 1, 0]


async def test_today_is_never_pruned(store: Store, clock: Clock) -> None:
    await three_days(store, clock)
    async with store.write() as tx:
        assert await tx.audit.prune(today(clock) + timedelta(days=9)) == 4


async def test_what_was_pruned_can_t_be_read_in_an_older_copy_either(store: Store, clock: Clock) -> None:
    await three_days(store, clock)
    older = await take(store)
    async with store.write() as tx:
        await tx.audit.prune(today(clock))
    await rotate(store, lambda _done, _total: None)
    async with store.read() as tx:
        left = (await tx.work.connection.execute(select(func.count()).select_from(wraps))).scalar_one()
    assert left == 2  # the canary's, and today's
    await put(store, older)
    async with store.read() as tx:
        entries = await tx.audit.last(6)
    assert [entry.note for entry in entries[:4]] == [None] * 4


async def test_what_was_tampered_with_is_not_pruned_away(store: Store, clock: Clock) -> None:
    await three_days(store, clock)
    copy = without(await take(store), 2)
    await put(store, copy)
    async with store.write() as tx:
        assert await tx.audit.prune(today(clock)) is Flaw.REMOVED
    assert await take(store) == copy


async def test_a_checkpoint_can_t_be_made_without_the_root_key(store: Store, clock: Clock) -> None:
    await three_days(store, clock)
    before = await take(store)
    async with store.write() as tx:
        await tx.audit.prune(today(clock))
    after = await take(store)
    await put(store, without(before, 1, 2, 3, 4))  # removed, and nothing said
    assert await verify(store) == Broken(at=1, why=Flaw.REMOVED)
    await put(store, without(after, 5))  # one more than the checkpoint says
    assert await verify(store) == Broken(at=5, why=Flaw.REMOVED)


@on_both
async def test_when_the_ends_are_lost_people_go_on_but_it_is_never_forgiven(store: Store) -> None:
    await note(store, "claim", "approve", "publish")
    copy = without(await take(store), 3)
    for lost in (None, b"", b"damaged" * 20):
        await put(store, Copy(copy.rows, lost))
        assert await verify(store) == Broken(at=0, why=Flaw.ENDS)
        await note(store, "retract")
        assert await verify(store) == Broken(at=3, why=Flaw.ENDS)
    await put(store, Copy([], b"damaged" * 20))
    await note(store, "claim")
    assert await verify(store) == Broken(at=1, why=Flaw.REMOVED)


async def test_a_lost_key_stops_nobody_and_is_found(store: Store, newsroom: Newsroom) -> None:
    await note(store, "claim")
    [row] = (await take(store)).rows
    async with store.write() as tx:
        await tx.work.connection.execute(delete(wraps).where(wraps.c.key_id == row["key_id"]))
    again = await newsroom.open()  # remembers no key
    assert await verify(again) == Broken(at=1, why=Flaw.UNREADABLE)
    await note(again, "approve")
    async with again.read() as tx:
        assert [entry.note is None for entry in await tx.audit.last(9)] == [True, False]
    await again.close()


async def test_a_value_of_another_type_is_found_too(store: Store) -> None:
    """SQLite keeps anything in any column."""
    await note(store, "claim", "approve")
    async with store.write() as tx:
        await tx.work.connection.execute(text("UPDATE audit SET day = 'yesterday' WHERE seq = 2"))
    assert await verify(store) == Broken(at=1, why=Flaw.ALTERED)


async def test_progress_is_told(store: Store) -> None:
    await note(store, *["claim"] * 3)
    told: list[tuple[int, int]] = []
    await verify(store, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (3, 3)]


async def test_a_head_is_read_as_it_was_written_down(store: Store) -> None:
    await note(store, *["claim"] * 12)
    head = await head_of(store)
    assert head.code.startswith("12-")
    assert len(head.code) == len("12-K7QX-M2PA-7RTE")
    for written in (head.code, f"  {head.code.lower()}\n", head.code.replace("-", "")[2:].join(("12-", ""))):
        assert Head.read(written) == head
    for wrong in ("", "12", head.code[:-1], f"{head.code}A", head.code.replace("-", " "), "x-AAAA-AAAA-AAAA"):
        assert Head.read(wrong) is None
    assert Head.of(START).code == "0-AAAA-AAAA-AAAA"
    assert await verify(store, Head.of(START)) == await whole(store)


async def test_an_empty_trail_has_nothing_to_prune_and_stays_whole(store: Store) -> None:
    async with store.write() as tx:
        assert await tx.audit.prune(tx.work.today) == 0
    assert await verify(store) == Whole(count=0, pruned=0, head=None)
