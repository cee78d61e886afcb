"""A list of readers from elsewhere, and one of those that there are."""

from __future__ import annotations

import csv

import pytest

from bot.cli.reader_list import MOST
from bot.config import load
from bot.opening import open_newsroom
from bot.rooms import private_chat
from storage.address import Account
from storage.private import Private
from storage.store import Store
from storage.subscriber import Wishes
from tests.integration.cli.desk import Desk

MATRIX = """
[matrix]
homeserver = "http://127.0.0.1:9"
user = "@newsroom:example.org"
editors_room = "!editors:example.org"
"""
LIST = "name,address,language\nАнна,@anna:example.org,ru\nTom,@tom:example.org,de\nEva,eva@example.org,cs\n"


def person(name: str) -> Account:
    return Account(platform="matrix", person=Private(f"@{name}:example.org"))


async def opened(desk: Desk) -> Store:
    return await open_newsroom(load(desk.folder / "config.toml"))


async def waiting(desk: Desk) -> int:
    """Messages that go out when the service runs."""
    store = await opened(desk)
    async with store.read() as tx:
        waits = await tx.outbox.count()
    await store.close()
    return waits


@pytest.fixture
def on_matrix(newsroom_desk: Desk) -> Desk:
    newsroom_desk.config(MATRIX)
    return newsroom_desk


async def test_who_stands_on_a_list_is_asked_and_nothing_else_becomes_of_them(on_matrix: Desk) -> None:
    on_matrix.write(LIST, "list.csv")
    store = await opened(on_matrix)
    async with store.write() as tx:
        await tx.suppressions.add(person("tom"))
    await store.close()
    said = await on_matrix.succeeds("readers", "import", "list.csv", "--yes")
    assert "Asked: 1." in said
    assert "no list: 1." in said
    assert "Without an address on Matrix: 1 (line 4)" in said
    assert "?start=l_cs" in said
    assert "anna" not in said
    assert await waiting(on_matrix) == 1
    store = await opened(on_matrix)
    async with store.read() as tx:
        assert await tx.subscribers.language_of(person("anna")) is None
    await store.close()
    assert "readers asked" in await on_matrix.succeeds("audit", "show")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("address\n@anna:example.org\n", "language is missing"),
        ("", "address is missing"),
        ("address,language\n@anna:example.org,xx\n", "line 2: there is no such language"),
        ("address,language\n" + "".join(f"@a{n}:b,ru\n" for n in range(MOST + 1)), "at most 1000 at once"),
    ],
    ids=["no language", "empty", "unknown language", "too many"],
)
async def test_a_list_that_is_not_right_asks_nobody(on_matrix: Desk, text: str, problem: str) -> None:
    on_matrix.write(text, "list.csv")
    assert problem in await on_matrix.refuses("readers", "import", "list.csv", "--yes")
    assert await waiting(on_matrix) == 0


async def test_without_matrix_a_list_asks_nobody(newsroom_desk: Desk) -> None:
    newsroom_desk.write(LIST, "list.csv")
    assert "Only on Matrix" in await newsroom_desk.refuses("readers", "import", "list.csv", "--yes")


async def test_readers_are_taken_along(on_matrix: Desk) -> None:
    store = await opened(on_matrix)
    async with store.write() as tx:
        await tx.subscribers.join(person("anna"), private_chat(person("anna")), "ru", Wishes(topics=("war",)))
        await tx.subscribers.join(person("tom"), private_chat(person("tom")), "de")
    await store.close()
    said = await on_matrix.succeeds("readers", "export", "readers.csv", "--yes")
    assert "This file names people" in said
    assert "2 readers: readers.csv" in said
    file = on_matrix.folder / "readers.csv"
    assert file.stat().st_mode & 0o777 == 0o600
    rows = sorted(tuple(row) for row in csv.reader(file.read_text("utf-8").splitlines()[1:]))
    assert rows == [("matrix", "@anna:example.org", "ru", "war"), ("matrix", "@tom:example.org", "de", "all")]
    assert "readers exported" in await on_matrix.succeeds("audit", "show")
    assert "is there already" in await on_matrix.refuses("readers", "export", "readers.csv", "--yes")
