"""What the command line says about itself; the list loads no command, and every command that it names is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.group import COMMANDS
from tests.integration.cli.desk import Desk

HEAVY = ("sqlalchemy", "alembic", "aiohttp", "telegram", "nio", "handlers")


def test_the_installed_script_names_every_command() -> None:
    script = Path(sys.executable).with_name("tamizdat")
    said = subprocess.run([script, "--help"], check=True, capture_output=True, text=True).stdout
    for command in ("run", "init", "doctor", "keys", "editors", "migrate", "backup", "restore"):
        assert f"\n  {command} " in said
    for name, (_, line) in COMMANDS.items():
        assert f"\n  {name}" in said
        assert line in said


@pytest.mark.parametrize("name", COMMANDS)
async def test_every_command_that_is_listed_is_there(desk: Desk, name: str) -> None:
    assert (await desk.succeeds(name, "--help")).startswith(f"Usage: tamizdat {name} ")


def test_the_list_waits_for_no_library() -> None:
    program = f"import sys, bot.cli; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_service_loads_a_platforms_library_when_it_is_configured() -> None:
    program = "import sys, bot.app; print([name for name in ('telegram', 'nio') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
