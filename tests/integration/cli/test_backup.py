"""A newsroom moves to another place by its back-up, its ring and its root key."""

from __future__ import annotations

from pathlib import Path

from tests.integration.cli.desk import Desk
from tests.integration.cli.test_editors import enrol


async def backed_up(desk: Desk) -> Path:
    said = await desk.succeeds("backup", "copies", "--keys-to", "ring-copies")
    assert "Writing the back-up: " in said
    (archive,) = (desk.folder / "copies").iterdir()
    return archive


async def test_there_and_back(newsroom_desk: Desk) -> None:
    await enrol(newsroom_desk, "Anna", "712345678")
    newsroom_desk.processes = True
    archive = await backed_up(newsroom_desk)
    keys = [path.name for path in (newsroom_desk.folder / "ring-copies").iterdir()]
    assert all(name.startswith(f"{archive.stem}.") for name in keys)
    for name in ("data/newsroom", "keys/newsroom/ring", "keys/newsroom/ring.lock"):
        (newsroom_desk.folder / name).rename(newsroom_desk.folder / name.replace("/", "-"))
    said = await newsroom_desk.succeeds("restore", archive, "--keys-from", "ring-copies")
    assert "rows and 0 files are back" in said
    assert "Some may have come back" not in said
    assert "0 messages, answers and releases may go on now" in await newsroom_desk.succeeds("outbox", "release")
    newsroom_desk.processes = False
    assert "Anna" in await newsroom_desk.succeeds("editors", "list")


async def test_doctor_knows_of_it(newsroom_desk: Desk) -> None:
    await backed_up(newsroom_desk)
    assert "✓ Back-ups: the last one is of 20" in (await newsroom_desk.run("doctor")).out


async def test_archive_and_ring_in_one_folder_are_refused(newsroom_desk: Desk) -> None:
    assert "give them another folder" in await newsroom_desk.refuses("backup", "copies", "--keys-to", "copies")


async def test_nothing_is_restored_over_a_newsroom(newsroom_desk: Desk) -> None:
    archive = await backed_up(newsroom_desk)
    assert "already" in await newsroom_desk.refuses("restore", archive, "--keys-from", "ring-copies")


async def test_an_archive_that_is_not_there(newsroom_desk: Desk) -> None:
    assert "no such file" in await newsroom_desk.refuses("restore", "tamizdat.backup", "--keys-from", "ring-copies")


async def test_an_archive_from_before_anybody_was_remembered_says_so(newsroom_desk: Desk) -> None:
    archive = await backed_up(newsroom_desk)
    keys = newsroom_desk.folder / "keys/newsroom"
    for path in (newsroom_desk.folder / "data/newsroom", keys / "ring", keys / "tombstones"):
        path.rename(newsroom_desk.folder / path.name)
    (newsroom_desk.folder / f"ring-copies/{archive.stem}.tombstones").unlink()
    assert "Some may have come back who had left" in await newsroom_desk.succeeds(
        "restore", archive, "--keys-from", "ring-copies"
    )


async def test_doctor_looks_for_copies_that_should_be_gone(newsroom_desk: Desk) -> None:
    await backed_up(newsroom_desk)
    old = newsroom_desk.folder / "ring-copies/tamizdat-2020-01-01.ring"
    old.touch()
    lines = (await newsroom_desk.run("doctor")).out.splitlines()
    wrong = next(line for line in lines if line.startswith("✗") and "ring-copies" in line)
    assert "no copy older than 7 days" in wrong
    assert "1 files of copies older" in await newsroom_desk.succeeds("backup", "copies", "--keys-to", "ring-copies")
    assert not old.exists()
