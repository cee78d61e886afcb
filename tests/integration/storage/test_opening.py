"""Opening the store: what does not belong together is refused, and nothing is made in the place of what is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from storage.errors import AlreadyRunning, DataMissing, KeyMissing, SchemaMismatch, VaultError, WrongKey
from storage.opening import open_store
from storage.rotation import rotate
from storage.service_lock import service_lock
from storage.vault import KeyRing, RootKey
from tests.databases import ROOT, MakeNewsroom, Newsroom
from tests.integration.storage.people import account, tell_story


def made_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


async def begun(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    async with store.write() as tx:
        await tell_story(tx)
    await store.close()


async def still_there(newsroom: Newsroom) -> bool:
    store = await newsroom.open()
    async with store.read() as tx:
        found = bool(await tx.contributors.stories(account()))
    await store.close()
    return found


async def test_a_first_start_in_an_empty_place_makes_everything(engine: str, make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(engine)
    await newsroom.prepare(migrated=False)
    await begun(newsroom)
    assert await still_there(newsroom)
    await newsroom.remove()


async def test_rows_without_their_ring_are_refused_and_no_ring_is_made(newsroom: Newsroom) -> None:
    await begun(newsroom)
    newsroom.ring.rename(newsroom.home / "aside")
    with pytest.raises(KeyMissing, match="restore"):
        await newsroom.open()
    assert not newsroom.ring.exists()
    (newsroom.home / "aside").rename(newsroom.ring)
    assert await still_there(newsroom)


async def test_another_root_key_is_refused(newsroom: Newsroom) -> None:
    await begun(newsroom)
    with pytest.raises(WrongKey):
        await newsroom.open(root=RootKey.new())


async def test_another_newsroom_s_ring_is_refused(newsroom: Newsroom, make_newsroom: MakeNewsroom) -> None:
    await begun(newsroom)
    other = make_newsroom("sqlite")
    await other.prepare()
    await begun(other)
    shutil.copy(other.ring, newsroom.ring)
    with pytest.raises(WrongKey, match="does not belong"):
        await newsroom.open()


async def test_a_ring_that_is_older_than_the_database_is_refused(newsroom: Newsroom) -> None:
    await begun(newsroom)
    shutil.copy(newsroom.ring, newsroom.home / "old")
    store = await newsroom.open()
    await rotate(store, lambda _done, _total: None)
    await store.close()
    shutil.copy(newsroom.home / "old", newsroom.ring)
    with pytest.raises(WrongKey, match="newest copy"):
        await newsroom.open()


async def test_a_ring_without_its_data_is_not_a_first_start(engine: str, make_newsroom: MakeNewsroom) -> None:
    newsroom, unmounted = make_newsroom(engine), make_newsroom(engine)
    await newsroom.prepare()
    await begun(newsroom)
    await unmounted.prepare(migrated=False)
    unmounted.ring = newsroom.ring
    with pytest.raises(DataMissing, match="disk"):
        await unmounted.open()
    await newsroom.remove()
    await unmounted.remove()


async def test_a_start_that_was_killed_before_its_first_row_goes_on(newsroom: Newsroom) -> None:
    KeyRing.create(newsroom.ring, ROOT)
    await begun(newsroom)
    assert await still_there(newsroom)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_foreign_tables_are_left_alone(engine: str, make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(engine)
    await newsroom.prepare(migrated=False)
    connection = sqlite3.connect(newsroom.data / "tamizdat.sqlite")
    connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    with pytest.raises(SchemaMismatch):
        await newsroom.open()
    assert not newsroom.ring.exists()


@pytest.mark.parametrize("ring", ["ring", "keys/ring", "../data/keys/ring"])
async def test_keys_among_the_data_are_refused(tmp_path: Path, ring: str) -> None:
    with pytest.raises(VaultError, match="folder of their own"):
        await open_store(root=ROOT, ring=tmp_path / "data" / ring, data=tmp_path / "data")
    assert made_in(tmp_path) == []


async def test_a_data_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    with pytest.raises(VaultError, match="chmod 700"):
        await open_store(root=ROOT, ring=tmp_path / "keys" / "ring", data=data)


async def test_nobody_else_can_read_what_a_first_start_makes(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = await open_store(root=ROOT, ring=tmp_path / "keys" / "ring", data=tmp_path / "data")
    finally:
        os.umask(before)
    async with store.write() as tx:
        await tell_story(tx)
    made = made_in(tmp_path)
    assert {path.name for path in made} >= {"tamizdat.sqlite", "tamizdat.sqlite-wal", "ring"}
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    await store.close()


async def test_a_second_service_on_one_folder_is_refused_until_the_first_has_ended(newsroom: Newsroom) -> None:
    newsroom.data.mkdir(mode=0o700, exist_ok=True, parents=True)
    pipe = asyncio.subprocess.PIPE
    arguments = ("-m", "tests.integration.storage.beside", "serve", *newsroom.place)
    first = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe)
    assert first.stdout is not None
    assert await first.stdout.readline() == b"serving\n"
    with pytest.raises(AlreadyRunning, match="stop it first"), service_lock(newsroom.data):
        pass
    await begun(newsroom)  # what works beside the service
    first.kill()
    await first.communicate()
    with service_lock(newsroom.data):
        pass
