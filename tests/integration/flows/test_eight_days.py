"""Eight days after a story was shredded, whoever has every file, every copy that the rules keep and the root key opens
nothing of it. Before the ring changes they could: what the test looks with is not blind.

The attacker knows the ids of the story's keys, tries each key-encryption key that any ring in any folder still holds,
and looks for wraps at every place of every file: in archives, in SQLite's files, in PostgreSQL's pages and log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from bot.flows.testing import Stage
from handlers.upkeep import SWEEP
from storage.archive import MAGIC, Rows, read_archive
from storage.backup import backup
from storage.clock import day_of
from storage.crypto import Kind
from storage.ids import KeyId
from storage.store import Transaction
from storage.tables import wraps
from storage.vault import Holder, Kek, KekNumber, derive
from storage.vault.ring_file import RingKey, from_file
from storage.vault.secret import fields, label
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, ROOT, Newsroom, PostgreSQL
from tests.integration.flows.people import STORY, Cast

_WRAP = 65
_HEADER = 5
_NONCE = 12


@pytest.fixture
def reads_the_server() -> bool:
    return True


class Attacker:
    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._folders = [newsroom.home]

    async def looks(self) -> None:
        """At what lies on the disks now: PostgreSQL's pages as well, which it writes at leisure."""
        if isinstance(self._newsroom, PostgreSQL):
            await self._newsroom.server.run("CHECKPOINT")
            self._folders = [self._newsroom.home, self._newsroom.server.folder]

    def opens(self, keys: set[KeyId], *, but: str = "nothing") -> set[KeyId]:
        """Which of these data keys they get at, without files whose names end in `but`."""
        rings = self._rings()
        found = set[KeyId]()
        for content in self._contents(but):
            for number, kek in rings:
                header = b"\x01" + number.to_bytes(4)
                places = [match.start() for match in re.finditer(re.escape(header), content)]
                for key_id in keys - found:
                    cipher = AESGCM(derive(kek, "wrap", key_id))
                    place = fields(label("wrap"), header, key_id, Holder.RING.encode())
                    if any(_opens(cipher, content[at : at + _WRAP], place) for at in places):
                        found.add(key_id)
        return found

    def _rings(self) -> list[tuple[KekNumber, Kek]]:
        """Of one newsroom, so that a number is one key."""
        files = [path for path in self._files() if path.name == "ring" or path.suffix == ".ring"]
        keys = [key for file in files for key in from_file(ROOT, file.read_bytes(), file).values()]
        return list({key.number: key.kek for key in keys}.items())

    def _contents(self, but: str) -> Iterator[bytes]:
        for path in self._files():
            content = path.read_bytes()
            assert STORY.encode() not in content, path
            if path.name.endswith(but):
                continue
            if content.startswith(MAGIC):
                rows = [record for record in read_archive(path, ROOT) if isinstance(record, Rows)]
                content = b"".join(cell for one in rows for row in one.cells for cell in row if isinstance(cell, bytes))
            yield content

    def _files(self) -> Iterator[Path]:
        for folder in self._folders:
            yield from (path for path in folder.rglob("*") if path.is_file())


def _opens(cipher: AESGCM, blob: bytes, place: bytes) -> bool:
    try:
        cipher.decrypt(blob[_HEADER : _HEADER + _NONCE], blob[_HEADER + _NONCE :], place)
    except (InvalidTag, ValueError):
        return False
    return True


async def wrapped(tx: Transaction) -> set[KeyId]:
    return {KeyId(key_id) for key_id in (await tx.work.connection.execute(select(wraps.c.key_id))).scalars()}


@BOTH_BUT_POSTGRESQL_IN_SOAK
@pytest.mark.parametrize("manner", ["telegram"])
async def test_nothing_of_it_opens(
    stage: Stage, cast: Cast, newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dated(number: KekNumber) -> RingKey:
        return RingKey(number=number, created=day_of(clock.now()), kek=Kek.new())

    clock.set(datetime.now(UTC) + timedelta(minutes=1))  # the ring's first key is dated by the machine's own clock
    monkeypatch.setattr("storage.vault.ring._new_key", dated)
    store, attacker = stage.store, Attacker(newsroom)

    async def a_day_passes() -> None:
        clock.pass_(days=1)
        await stage.settle()  # with the daily sweep
        home = newsroom.home
        await backup(store, home / "copies", ROOT, ring=newsroom.ring, keys_target=home / "key copies")

    async with store.write() as tx:
        await tx.timers.set(SWEEP, b"", tx.now)  # from then on daily, as at every start
    await cast.review(cast.author, STORY)
    async with store.write() as tx:
        known = await wrapped(tx)  # of the draft, too
        await tx.crypto.put(Kind.MEGOLM, {"a session": b"its keys"})
    await cast.author.presses("Отправить")
    story = await cast.story()
    async with store.read() as tx:
        known |= await wrapped(tx)
    for _ in range(4):
        await a_day_passes()
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    async with store.write() as tx:
        await tx.crypto.drop(Kind.MEGOLM, ["a session"])
        gone = known - await wrapped(tx)
    assert story.key_id in gone
    await attacker.looks()
    assert story.key_id in attacker.opens(gone)  # by the copies
    if isinstance(newsroom, PostgreSQL):
        assert story.key_id in attacker.opens(gone, but=".wraps")  # by what PostgreSQL keeps of rows that are gone
    for _ in range(8):
        await a_day_passes()
    async with store.read() as tx:
        gone = known - await wrapped(tx)
    await attacker.looks()
    assert attacker.opens(gone) == set()
