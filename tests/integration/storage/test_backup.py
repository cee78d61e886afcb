"""Back-ups: of one moment, sealed, and good on either engine; what is not whole is refused before it is let in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import backup as backup_module
from storage.archive import ArchiveWriter, Rows, read_archive
from storage.backup import Made, backup
from storage.broadcast import State
from storage.copies import COPY_DAYS
from storage.departed import Departed
from storage.errors import ArchiveDamaged, NotEmpty, StorageError, WrongKey
from storage.ids import BlobId
from storage.inbox import Arrival
from storage.quarantine import QUARANTINE
from storage.restore import Restored, restore
from storage.rotation import rotate
from storage.store import Store
from storage.tables import broadcasts, inbox, jobs, outbox, shards, stories, wraps
from storage.vault import RootKey
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, ROOT, MakeNewsroom, Newsroom
from tests.integration.storage.people import MARKER, account, chat, first_waiting, story_ids, tell_story
from tests.integration.storage.test_secrecy import all_rows, fill_every_table

PHOTO = bytes(range(256)) * 1000


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def fill(store: Store) -> BlobId:
    async with store.write() as tx:
        await fill_every_table(tx)
    blob = await store.blobs.save(pieces(PHOTO))
    async with store.write() as tx:
        await tx.blobs.keep([blob])
    return blob


async def back_up(store: Store, newsroom: Newsroom, root: RootKey = ROOT) -> Made:
    home = newsroom.home
    return await backup(store, home / "copies", root, ring=newsroom.ring, keys_target=home / "ring copies")


async def bring_back(made: Made, into: Newsroom, root: RootKey = ROOT, *, speaking: Collection[str] = ()) -> Restored:
    return await restore(made.copy, root, data=into.data, ring=into.ring, database=into.url, speaking=speaking)


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> AsyncIterator[Newsroom]:
    """An empty place on each engine."""
    newsroom = make_newsroom(request.param)
    await newsroom.prepare(migrated=False)
    yield newsroom
    await newsroom.remove()


async def test_a_newsroom_comes_back_on_either_engine(store: Store, newsroom: Newsroom, elsewhere: Newsroom) -> None:
    blob = await fill(store)
    before = await all_rows(store)
    made = await back_up(store, newsroom)
    restored = await bring_back(made, elsewhere)
    assert (restored.rows, restored.files, restored.quarantined) == (made.rows, 1, 4)
    assert restored.departed == Departed(stories=0, readers=0, rest=0)
    again = await elsewhere.open()
    after = await all_rows(again)
    for name, rows in before.items():
        if name not in (inbox.name, jobs.name, outbox.name, broadcasts.name, shards.name, "alembic_version"):
            assert sorted(map(repr, rows)) == sorted(map(repr, after[name])), name
    assert b"".join([piece async for piece in again.blobs.load(blob)]) == PHOTO
    async with again.write() as tx:
        assert await tx.contributors.stories(account())
        await tx.inbox.put([Arrival(event="2", chat=chat(), body=b"a new message")])  # the counters go on
        assert [row.not_before for row in (await tx.work.connection.execute(select(outbox))).all()] == [QUARANTINE]
        assert await tx.outbox.lease(b"o" * 16, 10) == []
    await again.close()


async def test_what_would_speak_waits_for_a_person(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom, clock: Clock
) -> None:
    """A broadcast half done, an event that was never answered, a message, a release: all may be days old."""
    async with store.write() as tx:
        await tx.jobs.add("issue", b"which one")
        broadcast = await tx.broadcasts.begin("story", b"a story")
        assert broadcast is not None
        assert await tx.jobs.lease() is not None
        await tx.inbox.put([Arrival(event="1", chat=chat(), body=b"asked long ago")])
        await tx.outbox.add(chat(), b"said long ago")
        await tx.timers.set("publish", b"a story", tx.now + 60)
        await tx.timers.set("retire", b"a story", tx.now + 60)
    made = await back_up(store, newsroom)
    clock.pass_(days=3)
    assert (await bring_back(made, elsewhere, speaking=("publish",))).quarantined == 5
    again = await elsewhere.open()
    async with again.write() as tx:
        await tx.jobs.take_up_again()  # as every start does
        await tx.outbox.take_up_again()
        assert await tx.inbox.unpark() == 0
        assert await tx.jobs.lease() is None
        assert await tx.broadcasts.open() == []
        assert await tx.outbox.lease(b"o" * 16, 10) == []
        assert await first_waiting(tx) is None
        assert [timer.kind for timer in await tx.timers.due(10)] == ["retire"]  # what deletes goes on
        assert await tx.outbox.in_quarantine() == 5
        await tx.inbox.put([Arrival(event="2", chat=chat(), body=b"asked now")])
        waiting = await first_waiting(tx)
        assert waiting is not None
        assert waiting.body == b"asked now"
        assert await tx.outbox.release_quarantine() == 5
        job = await tx.jobs.lease()
        assert job is not None
        assert (job.kind, job.body) == ("issue", b"which one")
        assert [one.state for one in await tx.broadcasts.open()] == [State.RUNNING]
        assert [parcel.body for parcel in await tx.outbox.lease(b"o" * 16, 10)] == [b"said long ago"]
        assert {timer.kind for timer in await tx.timers.due(10)} == {"publish", "retire"}
    await again.close()


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_content_and_keys_lie_apart_named_by_the_day_and_only_ours(store: Store, newsroom: Newsroom) -> None:
    await fill(store)
    newsroom.ring.with_name("signing.key").write_bytes(b"sealed by the root key")
    for _ in range(2):  # the second one of a day takes the place of the first
        made = await back_up(store, newsroom)
    assert [path.name for path in made.copy.archive.parent.iterdir()] == ["tamizdat-2026-03-01.backup"]
    assert sorted(path.suffixes for path in made.copy.ring.parent.iterdir()) == [
        [".ring"],
        [".signing", ".key"],
        [".tombstones"],
        [".wraps"],
    ]
    for path in (made.copy.archive, *made.copy.ring.parent.iterdir()):
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert MARKER.encode() not in made.copy.archive.read_bytes()
    tables = [record.table for record in read_archive(made.copy.archive, ROOT) if isinstance(record, Rows)]
    assert wraps.name not in tables
    assert stories.name in tables


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_all_copies_are_destroyed_after_seven_days(store: Store, newsroom: Newsroom, clock: Clock) -> None:
    folders = [newsroom.home / "copies", newsroom.home / "ring copies"]
    for number in range(COPY_DAYS + 3):
        made = await back_up(store, newsroom)
        assert bool(made.forgotten) == (number >= COPY_DAYS)
        clock.pass_(days=1)
    for folder in folders:
        days = sorted({path.name[9:19] for path in folder.iterdir()})
        assert (len(days), days[0]) == (COPY_DAYS, "2026-03-04")


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_archive_and_ring_never_lie_in_one_folder(store: Store, newsroom: Newsroom) -> None:
    copies = newsroom.home / "copies"
    for keys_target in (copies, copies / "keys"):
        with pytest.raises(StorageError, match="another folder"):
            await backup(store, copies, ROOT, ring=newsroom.ring, keys_target=keys_target)


async def test_a_service_that_writes_meanwhile_is_seen_at_one_moment(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom
) -> None:
    """Every story was told together with its author's list: the copy never has one without the other."""
    async with store.write() as tx:
        for number in range(40):
            await tell_story(tx, number)
    stop = asyncio.Event()

    async def write_on() -> int:
        number = 100
        while not stop.is_set():
            async with store.write() as tx:
                await tell_story(tx, number)
            number += 1
        return number - 100

    writing = asyncio.create_task(write_on())
    made = await back_up(store, newsroom)
    stop.set()
    assert await writing > 0
    copy = make_newsroom("sqlite")
    await copy.prepare(migrated=False)
    await bring_back(made, copy)
    again = await copy.open()
    rows = await all_rows(again)
    assert len(rows["stories"]) == len(rows["versions"]) == len(rows["routes"]) == len(rows["accounts"]) >= 40
    async with again.read() as tx:
        listed = [await tx.contributors.stories(account(number)) for number in range(200)]
        assert {story for stories in listed for story in stories} == set(await story_ids(tx))
    await again.close()


async def test_keys_rotated_in_the_middle_of_a_back_up_do_not_spoil_it(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store)
    other = await newsroom.open()
    tried: list[bool] = []

    async def rotated_behind_the_snapshot(connection: AsyncConnection, ring: Path, root: RootKey) -> bytes | None:
        assert await ring_for(connection, ring, root) is not None  # now the snapshot is taken
        if not tried:
            await rotate(other, lambda _done, _total: None)
        content = await ring_for(connection, ring, root)
        tried.append(content is not None)
        return content

    ring_for = backup_module._ring_for
    monkeypatch.setattr(backup_module, "_ring_for", rotated_behind_the_snapshot)
    made = await back_up(store, newsroom)
    await other.close()
    assert tried == [False, True]
    copy = make_newsroom("sqlite")
    await copy.prepare(migrated=False)
    await bring_back(made, copy)
    again = await copy.open()
    async with again.write() as tx:
        await tx.outbox.release_quarantine()
        assert await first_waiting(tx) is not None
    await again.close()


async def refused(made: Made, into: Newsroom, kind: type[Exception], root: RootKey = ROOT) -> None:
    """And nothing is left behind that a later start or restore would stumble over."""
    with pytest.raises(kind):
        await bring_back(made, into, root)
    assert not into.ring.exists()
    assert not (into.data / "files").exists()
    assert not into.ring.parent.exists() or list(into.ring.parent.iterdir()) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_damaged_archive_changes_nothing(store: Store, newsroom: Newsroom, elsewhere: Newsroom) -> None:
    await fill(store)
    made = await back_up(store, newsroom)
    whole = made.copy.archive.read_bytes()
    cut_at_a_chunk = len(whole) - (64 * 1024 + 16)
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    renamed = bytearray(whole)
    renamed[10] ^= 1
    for content in (whole[:-1], whole[:cut_at_a_chunk], whole[:20], b"", bytes(flipped), bytes(renamed), whole + b"x"):
        made.copy.archive.write_bytes(content)
        await refused(made, elsewhere, ArchiveDamaged)
    made.copy.archive.write_bytes(whole)
    wrapped = made.copy.wraps.read_bytes()
    made.copy.wraps.write_bytes(wrapped[:-1])
    await refused(made, elsewhere, ArchiveDamaged)
    made.copy.wraps.write_bytes(wrapped)
    assert (await bring_back(made, elsewhere)).files == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_an_archive_that_was_never_finished_is_refused(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom
) -> None:
    made = await back_up(store, newsroom)
    writer = ArchiveWriter(made.copy.archive, ROOT)
    writer.finish()  # sealed to its end, but with no record in it
    writer.close()
    await refused(made, elsewhere, ArchiveDamaged)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_wrong_keys_change_nothing(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom, make_newsroom: MakeNewsroom
) -> None:
    await fill(store)
    made = await back_up(store, newsroom)
    await refused(made, elsewhere, WrongKey, RootKey.new())
    wrapped = made.copy.wraps.read_bytes()
    made = await back_up(store, newsroom)
    own = made.copy.wraps.read_bytes()
    made.copy.wraps.write_bytes(wrapped)  # of an earlier back-up
    await refused(made, elsewhere, WrongKey)
    made.copy.wraps.write_bytes(own)
    await rotate(store, lambda _done, _total: None)
    made.copy.ring.write_bytes(newsroom.ring.read_bytes())  # the ring of another day
    await refused(made, elsewhere, WrongKey)


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_a_place_that_is_not_empty_is_left_alone(store: Store, newsroom: Newsroom) -> None:
    await fill(store)
    made = await back_up(store, newsroom)
    before = await all_rows(store)
    with pytest.raises(NotEmpty):
        await bring_back(made, newsroom)
    ring = newsroom.ring
    newsroom.ring = newsroom.home / "other keys" / "ring"
    with pytest.raises(NotEmpty):
        await bring_back(made, newsroom)
    newsroom.ring = ring
    assert await all_rows(store) == before


async def test_a_restore_that_failed_half_way_is_no_newsroom(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store)
    made = await back_up(store, newsroom)
    copy = make_newsroom("sqlite")
    await copy.prepare(migrated=False)
    monkeypatch.setattr("storage.restore._quarantine", _fail)
    with pytest.raises(ZeroDivisionError):
        await bring_back(made, copy)
    monkeypatch.undo()
    assert not copy.ring.exists()
    with pytest.raises(NotEmpty):
        await bring_back(made, copy)  # its files lie there: somebody has to look


async def _fail(*_: object) -> int:
    raise ZeroDivisionError


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_progress_counts_to_the_end(store: Store, newsroom: Newsroom) -> None:
    await fill(store)
    steps: list[tuple[int, int]] = []
    await backup(
        store,
        newsroom.home / "copies",
        ROOT,
        ring=newsroom.ring,
        keys_target=newsroom.home / "ring copies",
        on_progress=lambda done, total: steps.append((done, total)),
    )
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
