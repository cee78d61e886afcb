"""`doctor` says what is not right and what to do; it ends with 1, and changes nothing."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli import newsroom_checks
from bot.config import load
from tests.fakes.telegram.fake import FakeTelegram
from tests.integration.cli.desk import TOKEN, Desk


async def examine(desk: Desk) -> list[str]:
    done = await desk.run("doctor")
    assert done.err == ""
    assert done.code == 1
    return done.out.splitlines()


def remedy(lines: list[str], what: str) -> str:
    """Of the check that failed."""
    place = next(number for number, line in enumerate(lines) if line.startswith(f"✗ {what}"))
    return lines[place + 1]


@pytest.mark.usefixtures("processes")
async def test_before_the_first_start(desk: Desk) -> None:
    lines = await examine(desk)
    assert remedy(lines, "Newsroom in data/demo") == "  → There is none yet: run `tamizdat run`."
    assert list(desk.folder.iterdir()) == []


async def test_a_wrong_config(desk: Desk) -> None:
    desk.config("[service]\ndata = 5").chmod(0o600)
    assert remedy(await examine(desk), "Config").startswith("  → config.toml: [service] data: must be text")


async def test_a_new_newsroom(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    editors = telegram.supergroup("Editors")
    editors.promotes(telegram.bot("newsroom_bot"))
    newsroom_desk.config(api_url=telegram.url, editors=str(editors.id))
    lines = await examine(newsroom_desk)
    assert "✓ Keys: root key and ring open, and belong to this database" in lines
    assert "✓ Database: SQLite finds it sound" in lines
    assert "✓ Telegram: the bot's token (@newsroom_bot)" in lines
    assert "✓ Telegram: the editors' room: the bot's rights" in lines
    assert "tamizdat editors enrol NAME" in remedy(lines, "Editors: 0 enrolled")
    assert "tamizdat backup" in remedy(lines, "Back-ups: none was made yet")
    assert any("snapshots" in line for line in lines)


async def test_a_token_that_was_revoked(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    newsroom_desk.config(api_url=telegram.url, token=f"9{TOKEN}")
    assert "@BotFather" in remedy(await examine(newsroom_desk), "Telegram: the bot's token")


async def test_modes_that_let_others_look(newsroom_desk: Desk) -> None:
    (newsroom_desk.folder / "data/newsroom").chmod(0o755)
    (newsroom_desk.folder / "keys/newsroom/root.key").chmod(0o644)
    lines = await examine(newsroom_desk)
    assert remedy(lines, "data/newsroom") == "  → Run: chmod 700 data/newsroom"
    assert remedy(lines, "keys/newsroom/root.key") == "  → Run: chmod 600 keys/newsroom/root.key"


async def test_another_newsrooms_ring(newsroom_desk: Desk) -> None:
    for name in ("root.key", "ring", "ring.lock"):
        (newsroom_desk.folder / "keys/newsroom" / name).unlink()
    newsroom_desk.config('[service]\ndata = "other"')
    await newsroom_desk.succeeds("init")
    newsroom_desk.config()
    assert "does not belong to this database" in remedy(await examine(newsroom_desk), "Keys")


async def test_data_that_are_gone_are_not_made_anew(newsroom_desk: Desk) -> None:
    data = newsroom_desk.folder / "data/newsroom"
    data.rename(newsroom_desk.folder / "elsewhere")
    assert "not mounted?" in remedy(await examine(newsroom_desk), "Database")
    assert not data.exists()


async def test_a_database_of_a_newer_program(newsroom_desk: Desk) -> None:
    with sqlite3.connect(newsroom_desk.folder / "data/newsroom/tamizdat.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "run the newer program" in remedy(await examine(newsroom_desk), "Database")
    assert "run the newer program" in await newsroom_desk.refuses("migrate")


async def test_a_damaged_database(newsroom_desk: Desk) -> None:
    file = newsroom_desk.folder / "data/newsroom/tamizdat.sqlite"
    content = bytearray(file.read_bytes())
    content[100:140] = b"\xff" * 40
    file.write_bytes(content)
    assert await examine(newsroom_desk)


async def test_an_old_backup(newsroom_desk: Desk) -> None:
    newsroom_desk.write("2026-01-02\n", "data/newsroom/last-backup")
    assert "tamizdat backup" in remedy(await examine(newsroom_desk), "Back-ups: the last one is of 2026-01-02")


async def test_what_was_put_aside_and_what_does_not_leave(newsroom_desk: Desk) -> None:
    with sqlite3.connect(newsroom_desk.folder / "data/newsroom/tamizdat.sqlite") as database:
        row = (b"1" * 16, b"2" * 32, 1, b"")
        database.execute("INSERT INTO inbox (id, lane, attempts, not_before, body) VALUES (?, ?, 5, ?, ?)", row)
        database.execute(
            "INSERT INTO outbox (id, lane, urgency, attempts, not_before, body) VALUES (?, ?, 0, 0, ?, ?)", row
        )
    database.close()
    lines = await examine(newsroom_desk)
    assert "see the log" in remedy(lines, "Inbox: 0 waiting, 1 put aside")
    assert "is the service running" in remedy(lines, "Outbox: 1 waiting")


async def test_a_ring_that_is_due(newsroom_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(newsroom_desk.folder / "config.toml")
    for days, due in ((7, False), (8, True)):
        later = datetime.now(UTC).date() + timedelta(days=days)
        monkeypatch.setattr(newsroom_checks, "_today", lambda later=later: later)
        (found,) = [found async for found in newsroom_checks.newsroom(settings) if found.what.startswith("Key ring")]
        assert (found.ok, "tamizdat keys rotate" in found.remedy) == (not due, True)
