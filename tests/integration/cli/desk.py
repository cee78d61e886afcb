"""An operator's desk: a folder, and the command line in it.

Most commands run inside the tests' process, in a thread, because a process costs more than what it does; each has a
test that runs it as a process of its own, as do signals and terminals.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.integration.cli.inside import command
from tests.patience import PATIENCE

SECRET = "SecretSecretSecretSecretSecret42xyz"
TOKEN = f"7000000001:{SECRET}"
NOWHERE = "http://127.0.0.1:9"
"""port 9 answers nobody"""


@dataclass(frozen=True, kw_only=True)
class Done:
    code: int
    out: str
    err: str


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes = False
        """each command is one of its own"""
        self._started: list[asyncio.subprocess.Process] = []

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TAMIZDAT_")}
        return kept | {"NO_COLOR": "1", "PYTHONWARNINGS": "default"}

    def config(self, more: str = "", *, api_url: str = NOWHERE, token: str = TOKEN, editors: str = "-1001") -> Path:
        return self.write(
            f'{more}\n[telegram]\ntoken = "{token}"\napi_url = "{api_url}"\neditors_chat = "{editors}"\n', "config.toml"
        )

    def write(self, text: str, name: str, mode: int = 0o600) -> Path:
        file = self.folder / name
        file.write_text(text)
        file.chmod(mode)
        return file

    async def run(self, *args: str | Path, typed: str = "", **environment: str) -> Done:
        """Ends when the command does. Never shows a traceback or the planted secret."""
        if self.processes:
            process = await self.start(*args, **environment)
            said = await asyncio.wait_for(process.communicate(typed.encode()), PATIENCE)
            out, err = (text.decode() for text in said)
            assert process.returncode is not None
            code = process.returncode
        else:
            environment = self.environment() | environment
            words = [str(word) for word in args]
            code, out, err = await asyncio.to_thread(command, words, self.folder, environment, typed)
        check_calm(out + err)
        return Done(code=code, out=out, err=err)

    async def start(self, *args: str | Path, **environment: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *map(str, args)),
            cwd=self.folder,
            env=self.environment() | environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._started.append(process)
        return process

    async def clear(self) -> None:
        """Ends what a test has left running."""
        for process in self._started:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    async def succeeds(self, *args: str | Path, typed: str = "") -> str:
        done = await self.run(*args, typed=typed)
        assert (done.code, done.err) == (0, ""), done
        return done.out

    async def refuses(self, *args: str | Path, **environment: str) -> str:
        """The one line on stderr."""
        done = await self.run(*args, **environment)
        assert (done.code, len(done.err.splitlines())) == (2, 1), done
        return done.err.strip()


def check_calm(text: str) -> None:
    assert "Traceback" not in text, text
    assert 'File "' not in text, text
    assert SECRET not in text, text
