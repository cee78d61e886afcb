"""The real service on a real homeserver: what it needs before it starts, its lives and deaths."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping

from tests.acceptance.service import REAL, ROOT, Home
from tests.databases import Newsroom


def furnish(newsroom: Newsroom, url: str, bot: str, editors: str, channels: Mapping[str, str]) -> Home:
    """A config file, and folders that are still empty. editors: a room id; channels: language → room id."""
    rooms = "".join(f'{language} = "{room}"\n' for language, room in channels.items())
    return Home.with_config(
        newsroom,
        f'[matrix]\nhomeserver = "{url}"\nuser = "{bot}"\neditors_room = "{editors}"\n[matrix.channels]\n{rooms}',
    )


async def begin(home: Home, *answers: str) -> str:
    """`tamizdat init` in a newsroom whose config is there; what it is answered, line by line. Returns what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *REAL, "init"),
        cwd=home.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TMPDIR": str(home.temporary)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate("".join(f"{answer}\n" for answer in answers).encode())
    with home.log.open("ab") as log:
        log.write(said)
    assert process.returncode == 0, said.decode()
    return said.decode()
