"""What a thief of the files, a reader of the logs, or an exception may show."""

from __future__ import annotations

import traceback
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import insert, literal_column, select, text
from sqlalchemy.engine import Row

from storage.address import Reference
from storage.audit_chain import Actor
from storage.counts import Outcome
from storage.crypto import Kind
from storage.deliveries import Line
from storage.errors import Conflict, StorageError
from storage.ids import AnchorId, BroadcastId, LetterId, RowId, SubscriberId, TemplateId, new_id
from storage.jobs import Job
from storage.openings import Copy
from storage.outbox import Parcel
from storage.private import Private
from storage.recipients import Page
from storage.shards import Shard
from storage.store import Store, Transaction
from storage.stories import Stories
from storage.tables import blob_chunks, leases, metadata, settings
from storage.vault import DataKey, Lookup, Opened, Purpose
from storage.vault.newsroom import draw
from storage.vault.totp import TimeStep
from tests.databases import Newsroom
from tests.integration.storage.people import MARKER, account, agreed_story, chat, first_waiting, says, tell_story

LOWEST, HIGHEST = SubscriberId(b"\0" * 16), SubscriberId(b"\xff" * 16)


async def fill_every_table(tx: Transaction) -> None:
    """Each with the marker in everything that is somebody's."""
    await tx.inbox.put([says("1", MARKER)])
    await tx.inbox.set_cursor(b"s" * 32, "17")
    await tx.work.connection.execute(insert(leases).values(name=b"l" * 32, owner=new_id(), until=tx.now))
    await tx.outbox.add(chat(), MARKER.encode(), anchor=AnchorId(new_id()))
    lane, key_id, key = await tx.lanes.open(Purpose.QUEUE_OUT, chat())
    reference = Reference(chat=chat(), message=Private(MARKER))
    await tx.messages.remember([(reference, tx.now + 60)], key_id, key)
    await tx.messages.set_anchor(AnchorId(new_id()), reference, key_id, key)
    await tx.jobs.add("photo", MARKER.encode())
    await tx.timers.set("expire", lane, tx.now + 60)
    await tx.conversations.save(tx.messages.chat_hash(chat()), MARKER.encode(), None, fresh_key=False)
    story = await agreed_story(tx)
    editor = await tx.editors.add(account(), MARKER)
    await tx.stories.approve(story, editor)
    await tx.second_factors.enrol(editor, Private(MARKER.encode()), TimeStep(0))
    await tx.questions.ask(story, Private(MARKER))
    await tx.editors.new_code(MARKER)
    await tx.subscribers.join(account(), chat(), "ru")
    await tx.suppressions.add(account())
    await tx.weeks.one_more("left")
    await send_something(tx)
    await tx.pace.hold("telegram:main", 1, slower=False)
    await tx.crypto.put(Kind.DIRECT, {MARKER: MARKER.encode()})
    await tx.audit.note("approve", actor=Actor.AUTHOR, story=story)
    await tx.blocks.put(account(), tx.work.today + timedelta(days=7))
    await tx.letters.create(LetterId(new_id()), Private(MARKER), "telegram")
    await tx.letters.templates.create(TemplateId(new_id()), Private(MARKER))
    newsroom = Stories(replace(tx.work, newsroom=draw().key.public))
    await newsroom.wrap_for_newsroom(story.id, story.key_id)
    await tx.receipts.issue(story, Opened(lookup=Lookup(b"r" * 32), key=DataKey.new()))


async def send_something(tx: Transaction) -> None:
    """A broadcast under way, one of whose readers has a copy."""
    begun = await tx.broadcasts.begin("story", new_id())
    broadcast = await tx.broadcasts.find(begun or BroadcastId(b""))
    assert broadcast is not None
    assert await tx.cutting.are_cut(broadcast)
    shard = await tx.shards.lease(broadcast, b"o" * 16)
    assert shard is not None
    (one,) = (await tx.recipients.page(broadcast, shard, None, 1)).recipients
    copy = Reference(chat=one.reader.chat, message=Private(MARKER))
    line = Line(shard=shard, reader=one.reader.id, outcome=Outcome.SENT, key_id=one.reader.key_id, copy=copy)
    await tx.deliveries.write([line])
    await tx.openings.expect([broadcast.id], one.reader.id, one.reader.key_id)
    await tx.openings.add([broadcast.id], one.reader.id, Copy(place=1, message=Private(MARKER)))


async def all_rows(store: Store) -> dict[str, list[Row[tuple[object, ...]]]]:
    async with store.read() as tx:
        return {
            table.name: list((await tx.work.connection.execute(select(table))).all())
            for table in metadata.sorted_tables
            if table is not blob_chunks
        }


async def test_no_row_shows_what_is_somebody_s(store: Store) -> None:
    async with store.write() as tx:
        await fill_every_table(tx)
    rows = await all_rows(store)
    assert [name for name, found in rows.items() if not found and name not in ("blobs",)] == []
    shown = "\n".join(repr(row) for found in rows.values() for row in found).encode()
    for form in (MARKER.encode(), repr(MARKER.encode())[2:-1].encode(), MARKER.encode("utf-16-le")):
        assert form not in shown


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_no_file_on_the_disk_holds_plain_text(store: Store, newsroom: Newsroom) -> None:
    async with store.write() as tx:
        await fill_every_table(tx)
    files = [path for path in newsroom.home.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") and path.stat().st_size > 0 for path in files)
    for path in files:
        content = path.read_bytes()
        assert MARKER.encode() not in content, path
        assert "Снегирь".encode() not in content, path


async def test_two_stories_of_one_account_can_t_be_joined(store: Store) -> None:
    """No value of any open column leads from one story to the other, also not over rows of other tables."""
    async with store.write() as tx:
        first = await agreed_story(tx)
    async with store.write() as tx:
        second = await tell_story(tx)
        await tx.questions.ask(second, Private("Когда?"))
    groups = linked(await all_rows(store))
    assert groups[first.id] != groups[second.id]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_no_hidden_number_tells_what_was_made_together(store: Store) -> None:
    async with store.read() as tx:
        listed = text("SELECT name FROM pragma_table_list WHERE wr = 0 AND schema = 'main'")
        names = (await tx.work.connection.execute(listed)).scalars()
        counted = {name for name in names if not name.startswith("sqlite_")}
    # the queues, whose order is their purpose; and tables that hold no rows of ours on SQLite
    assert counted == {"inbox", "outbox", "blob_chunks", "alembic_version"}


def linked(rows: dict[str, list[Row[tuple[object, ...]]]]) -> dict[bytes, int]:
    """Numbers the groups of rows that share ids, keys or hashes (16 bytes or more) anywhere."""
    parent: dict[bytes, bytes] = {}

    def root(value: bytes) -> bytes:
        while parent.setdefault(value, value) != value:
            value = parent[value]
        return value

    for name, found in rows.items():
        if name == settings.name:
            continue
        for row in found:
            names = [value for value in row if isinstance(value, bytes) and 16 <= len(value) <= 32]
            for left, right in combinations(names, 2):
                parent[root(left)] = root(right)
    numbers: dict[bytes, int] = defaultdict(lambda: len(numbers))
    return {value: numbers[root(value)] for value in list(parent)}


async def copies(tx: Transaction) -> Page:
    """Of the broadcast, as they are corrected."""
    (original,) = await tx.broadcasts.open()
    await tx.broadcasts.cancel(original.id)
    begun = await tx.broadcasts.begin("correction", original.subject, over=original.id)
    correction = await tx.broadcasts.find(begun or BroadcastId(b""))
    assert correction is not None
    shard = Shard(broadcast=correction.id, number=0, low=LOWEST, high=HIGHEST, owner=b"o" * 16)
    return await tx.recipients.page(correction, shard, None, 10)


def shown(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


async def test_an_error_of_the_database_shows_no_value(store: Store) -> None:
    async def wrong_type() -> None:
        async with store.write() as tx:
            statement = settings.insert().values(name=MARKER, value=MARKER)
            await tx.work.connection.execute(statement)

    async def no_such_table() -> None:
        async with store.write() as tx:
            await tx.work.connection.execute(select(literal_column(f"'{MARKER}'")).select_from(text("nowhere")))

    async def twice() -> None:
        async with store.write() as tx:
            for _ in range(2):
                await tx.work.connection.execute(settings.insert().values(name=MARKER, value=b""))

    for fail, kind in ((wrong_type, StorageError), (no_such_table, StorageError), (twice, Conflict)):
        with pytest.raises(kind) as caught:
            await fail()
        assert MARKER not in shown(caught.value), fail
        assert caught.value.__suppress_context__


async def test_nothing_that_is_handed_out_shows_its_content(store: Store) -> None:
    async with store.write() as tx:
        await fill_every_table(tx)
        story = await tell_story(tx)
        parcel: Parcel = (await tx.outbox.lease(b"o" * 16, 1))[0]
        job: Job | None = await tx.jobs.lease()
        handed = [
            await first_waiting(tx),
            parcel,
            job,
            story,
            await tx.stories.text(story),
            await tx.stories.routes.find(story.id),
            await tx.editors.all(),
            await tx.questions.all(story),
            await tx.subscribers.find(account()),
            await copies(tx),
            await tx.conversations.load(tx.messages.chat_hash(chat())),
        ]
    assert None not in handed
    for thing in handed:
        for text_ in (repr(thing), str(thing), f"{thing}"):
            assert MARKER not in text_
            assert repr(MARKER.encode())[2:-1] not in text_


async def test_a_row_that_was_moved_to_another_place_does_not_open(store: Store) -> None:
    async with store.write() as tx:
        first = await tx.jobs.add("photo", b"first")
        second = await tx.jobs.add("photo", b"second")
        await _swap_bodies(tx, first, second)
    async with store.write() as tx:
        assert [await tx.jobs.lease(), await tx.jobs.lease()] == [None, None]
        assert await tx.jobs.count() == 2  # put aside, not lost


async def _swap_bodies(tx: Transaction, first: RowId, second: RowId) -> None:
    jobs = metadata.tables["jobs"]
    bodies = {row.id: row.body for row in (await tx.work.connection.execute(select(jobs))).all()}
    for row, body in ((first, bodies[second]), (second, bodies[first])):
        await tx.work.connection.execute(jobs.update().where(jobs.c.id == row).values(body=body))
