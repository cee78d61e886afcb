"""`editors` and `keys`, on a newsroom that has begun."""

from __future__ import annotations

import re
from base64 import b32decode
from pathlib import Path

import pytest

from bot.config import Settings
from bot.opening import open_newsroom
from bot.types import Menu, Outgoing
from storage.address import Account
from storage.clock import SystemClock
from storage.codec import decode
from storage.private import Private
from storage.vault.totp import TimeStep, code_of
from tests.integration.cli.desk import Desk
from tests.integration.cli.terminal import Terminal


async def enrol(desk: Desk, name: str, person: str, *, database: str | None = None) -> None:
    await redeem(desk, await desk.succeeds("editors", "enrol", name), "telegram", person, database)


async def redeem(desk: Desk, said: str, platform: str, person: str, database: str | None = None) -> None:
    """What the console has said is sent to the bot."""
    found = re.search(r"^Code: ([A-Z2-9]{12})$", said, re.MULTILINE)
    assert found
    assert f"/enrol {found[1]}" in said
    assert "within 10 minutes" in said
    settings = Settings(
        file=None,
        data=desk.folder / "data/newsroom",
        keys=desk.folder / "keys/newsroom",
        database=None if database is None else Private(database),
    )
    store = await open_newsroom(settings)
    async with store.write() as tx:
        account = Account(platform=platform, person=Private(person))
        assert await tx.editors.redeem(found[1], account) is not None
        assert await tx.editors.redeem(found[1], account) is None
    await store.close()


async def waiting(desk: Desk) -> list[Outgoing]:
    """What is to be sent when the service runs."""
    settings = Settings(
        file=None, data=desk.folder / "data/newsroom", keys=desk.folder / "keys/newsroom", database=None
    )
    store = await open_newsroom(settings)
    async with store.write() as tx:
        parcels = await tx.outbox.lease(b"test", 10)
    await store.close()
    return [decode(Outgoing, parcel.body) for parcel in parcels]


async def test_an_editor_comes_and_goes(newsroom_desk: Desk) -> None:
    assert "Nobody is enrolled yet" in await newsroom_desk.succeeds("editors", "list")
    await enrol(newsroom_desk, "Anna K.", "712345678")
    said = await newsroom_desk.succeeds("editors", "list")
    assert "Anna K." in said
    assert "712345678" not in said
    assert said.rstrip().endswith(": admin"), "the first one"
    assert "Anna K. is no longer an editor" in await newsroom_desk.succeeds("editors", "remove", "Anna K.")
    assert "Nobody is enrolled yet" in await newsroom_desk.succeeds("editors", "list")
    assert "no such editor" in await newsroom_desk.refuses("editors", "remove", "Anna K.")
    assert await waiting(newsroom_desk) == [Menu(language="", editors=False)]  # the commands go with the next start


async def test_a_newsroom_has_admins_editors_and_translators(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    await enrol(newsroom_desk, "Boris", "712345679")
    said = await newsroom_desk.succeeds("editors", "enrol", "Vera", "--role", "translator")
    await redeem(newsroom_desk, said, "telegram", "712345670")
    assert "The new translator" in said
    assert [line.partition(": ")[2] for line in (await newsroom_desk.succeeds("editors", "list")).splitlines()] == [
        "admin",
        "editor",
        "translator",
    ]
    await newsroom_desk.succeeds("editors", "role", "Boris", "admin")
    assert (await newsroom_desk.succeeds("editors", "list")).count("admin") == 2
    assert "role changed" in await newsroom_desk.succeeds("audit", "show")


async def test_an_app_gets_its_secret_at_the_terminal_and_loses_it_there(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    assert "at a terminal" in await newsroom_desk.refuses("editors", "second-factor", "Anna")
    terminal = await Terminal.start(newsroom_desk, "editors", "second-factor", "Anna")
    await terminal.expects("Key: ")
    await terminal.expects("The code that the app shows now")
    key = re.search(r"Key: ([A-Z2-7 ]{39})", terminal.screen)
    assert key
    terminal.types("000000")
    await terminal.expects("That is not the code")
    secret = Private(b32decode(key[1].replace(" ", "")))
    terminal.types(code_of(secret, TimeStep(SystemClock().now() // 30)))
    await terminal.expects("Anna has a second factor now")
    assert await terminal.ends() == 0
    await terminal.close()
    assert "admin, second factor" in await newsroom_desk.succeeds("editors", "list")
    assert "1 enrolled, 1 with a second factor" in (await newsroom_desk.run("doctor")).out
    await newsroom_desk.succeeds("editors", "second-factor", "Anna", "--reset")
    assert "second factor" not in await newsroom_desk.succeeds("editors", "list")
    assert "factor reset" in await newsroom_desk.succeeds("audit", "show")


async def test_of_two_with_one_name_the_letters_tell_who_goes(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    await enrol(newsroom_desk, "Anna", "712345679")
    assert "Several editors have this name" in await newsroom_desk.refuses("editors", "remove", "Anna")
    letters = re.findall(r"telegram, ([0-9a-f]{6})\)", await newsroom_desk.succeeds("editors", "list"))
    await newsroom_desk.succeeds("editors", "remove", letters[0])
    assert letters[1] in await newsroom_desk.succeeds("editors", "list")


async def test_an_editor_with_two_accounts_is_one_person_and_goes_with_both(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    await redeem(newsroom_desk, await newsroom_desk.succeeds("editors", "link", "Anna"), "matrix", "@anna:paper.test")
    (line,) = (await newsroom_desk.succeeds("editors", "list")).splitlines()
    assert line.startswith("Anna  (matrix and telegram, ")
    assert "✓ Editors: 1 enrolled" in (await newsroom_desk.run("doctor")).out
    await newsroom_desk.succeeds("editors", "remove", "Anna")
    assert "Nobody is enrolled yet" in await newsroom_desk.succeeds("editors", "list")
    assert await waiting(newsroom_desk) == [Menu(language="", editors=False)] * 2
    assert "no such editor" in await newsroom_desk.refuses("editors", "link", "Anna")


async def test_a_name_must_be_one(newsroom_desk: Desk) -> None:
    assert "between 1 and 60 characters" in await newsroom_desk.refuses("editors", "enrol", "  ")


async def test_rotation_replaces_the_ring_and_everything_still_opens(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    ring = newsroom_desk.folder / "keys/newsroom/ring"
    before = ring.read_bytes()
    said = await newsroom_desk.succeeds("keys", "rotate")
    assert "Re-wrapping keys: 2 of 2" in said or "Re-wrapping keys: 3 of 3" in said
    assert "Key 2 is in force" in said
    assert ring.read_bytes() != before
    assert "Anna" in await newsroom_desk.succeeds("editors", "list")


@pytest.mark.usefixtures("processes")
async def test_migrating_what_is_new_changes_nothing(newsroom_desk: Desk) -> None:
    assert "nothing was changed" in await newsroom_desk.succeeds("migrate")


async def test_a_newsroom_on_the_demos_data_is_refused(newsroom_desk: Desk) -> None:
    (Path(newsroom_desk.folder) / "data/newsroom/this-is-a-demo").touch()
    assert "was used by the demo" in await newsroom_desk.refuses("run")
