"""`run`, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket

import pytest

from tests.fakes.telegram.fake import FakeTelegram
from tests.integration.cli.desk import TOKEN, Desk, check_calm
from tests.patience import PATIENCE
from tests.ports import held_port

pytestmark = pytest.mark.usefixtures("processes")


async def run_until_open(desk: Desk, stop: signal.Signals) -> str:
    """All that is said from the start to the end; the log says when the newsroom is open."""
    with held_port() as port:
        return await _run_until_open(desk, stop, port)


async def _run_until_open(desk: Desk, stop: signal.Signals, port: int) -> str:
    process = await desk.start("run", TAMIZDAT_DEMO_PORT=str(port))
    assert process.stdout is not None
    assert process.stderr is not None
    log = ""
    async with asyncio.timeout(PATIENCE):
        while "the newsroom is open" not in log:
            line = (await process.stderr.readline()).decode()
            assert line, log
            log += line
        process.send_signal(stop)
        out, rest = await process.communicate()
    assert process.returncode == 0
    check_calm(said := out.decode() + log + rest.decode())
    return said


async def test_the_demo_needs_nothing(desk: Desk) -> None:
    first = await run_until_open(desk, signal.SIGTERM)
    assert "Back up the root key now" in first
    assert "demo only" in first
    assert "This is the demo" in first
    assert (desk.folder / "data/demo/this-is-a-demo").exists()
    again = await run_until_open(desk, signal.SIGINT)
    assert "Back up the root key now" not in again


async def test_a_port_that_is_taken(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = await desk.run("run", TAMIZDAT_DEMO_PORT=str(port))
    assert done.code == 2
    assert f"Port {port} of 127.0.0.1 is taken" in done.err


async def test_a_config_written_by_hand_gets_its_key_at_the_first_start(desk: Desk, telegram: FakeTelegram) -> None:
    desk.config(api_url=telegram.url)
    assert "Back up the root key now" in await run_until_open(desk, signal.SIGTERM)
    assert (desk.folder / "keys/newsroom/root.key").exists()


async def test_a_token_that_was_revoked_ends_it(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    newsroom_desk.config(api_url=telegram.url, token=f"9{TOKEN}")
    assert "Telegram refuses the bot's token" in (await newsroom_desk.run("run")).err


async def test_one_service_a_folder(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    newsroom_desk.config(api_url=telegram.url)
    first = await newsroom_desk.start("run")
    assert first.stderr is not None
    async with asyncio.timeout(PATIENCE):
        assert "the newsroom is open" in (await first.stderr.readline()).decode()
    second = await newsroom_desk.run("run")
    assert second.code == 2
    assert "Another service is running" in second.err
    assert "Code: " in await newsroom_desk.succeeds("editors", "enrol", "Anna")  # works beside it
    first.terminate()
    await first.communicate()
    assert first.returncode == 0
