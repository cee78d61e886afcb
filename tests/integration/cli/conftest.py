"""Desks: an empty one, and one where a newsroom has begun."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram.fake import FakeTelegram
from tests.integration.cli.desk import TOKEN, Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    folder = tmp_path / "desk"
    folder.mkdir()
    desk = Desk(folder)
    yield desk
    await desk.clear()


@pytest.fixture
def processes(desk: Desk) -> None:
    """Each command of this test is a process of its own."""
    desk.processes = True


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test works on a copy."""
    desk = Desk(tmp_path_factory.mktemp("begun"))
    desk.config()
    subprocess.run(
        [sys.executable, "-m", "bot", "init"],
        cwd=desk.folder,
        env=desk.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return desk.folder


@pytest.fixture
def newsroom_desk(desk: Desk, begun: Path) -> Desk:
    """With a config, keys and an empty database; its Telegram can't be reached."""
    shutil.copytree(begun, desk.folder, dirs_exist_ok=True)
    return desk


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        fake.bot("newsroom_bot", token=TOKEN)
        yield fake
