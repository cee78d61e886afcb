"""The same commands on PostgreSQL; its password is never shown."""

from __future__ import annotations

from collections.abc import Callable

from tests.databases import Newsroom, Server
from tests.integration.cli.desk import SECRET, Desk
from tests.integration.cli.test_editors import enrol


async def test_a_newsroom_on_postgresql(desk: Desk, make_newsroom: Callable[[str], Newsroom]) -> None:
    there, back = make_newsroom("postgresql"), make_newsroom("postgresql")
    for newsroom in (there, back):
        await newsroom.prepare(migrated=False)
    url = str(there.url).replace("postgres@", f"postgres:{SECRET}@")
    desk.config(f'[service]\ndatabase = "{url}"')
    assert "There is no newsroom" in await desk.refuses("editors", "list")
    assert "start it once with `tamizdat run`" in await desk.refuses("worker")
    await desk.succeeds("init")
    await enrol(desk, "Anna", "712345678", database=url)
    await desk.succeeds("keys", "rotate")
    await desk.succeeds("backup", "copies", "--keys-to", "ring-copies")
    lines = (await desk.run("doctor")).out.splitlines()
    assert "✓ Database: PostgreSQL" in lines
    assert "✓ PostgreSQL: its write-ahead log is archived nowhere" in lines
    assert any(line.startswith("✓ PostgreSQL's clock: ") for line in lines)
    assert any(line.startswith("✓ Key ring ") for line in lines)
    assert "✓ Editors: 1 enrolled, 0 with a second factor" in lines

    (archive,) = (desk.folder / "copies").iterdir()
    (desk.folder / "keys/newsroom/ring").unlink()
    desk.config(f'[service]\ndatabase = "{back.url}"')
    await desk.succeeds("restore", archive, "--keys-from", "ring-copies")
    assert "Anna" in await desk.succeeds("editors", "list")
    for newsroom in (there, back):
        await newsroom.remove()


async def test_a_database_that_does_not_answer(desk: Desk) -> None:
    desk.config(f'[service]\ndatabase = "postgresql+asyncpg://anna:{SECRET}@127.0.0.1:9/newsroom"')
    await desk.refuses("editors", "list")
    done = await desk.run("doctor")
    assert (done.code, done.err) == (1, "")
    assert "  → PostgreSQL does not answer: is it running, is its address in the config right?" in done.out.splitlines()


async def test_a_database_that_is_not_there(desk: Desk, postgresql: Server) -> None:
    desk.config(f'[service]\ndatabase = "{postgresql.url("nothing_there")}"')
    assert "The database" in await desk.refuses("editors", "list")
