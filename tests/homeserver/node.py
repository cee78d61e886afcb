"""A node process with Matrix clients in it, asked over its standard input and output."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.patience import PATIENCE

PLACE = Path(__file__).resolve().parents[2] / ".cache" / "person"
"""Where make puts node and the client's packages."""
PROGRAM = Path(__file__).with_name("person") / "person.mjs"
_LONGEST_LINE = 1 << 28

T = TypeVar("T")


class Node:
    """Runs inside `async with`."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._numbers = itertools.count()
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._news = 0
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(str(PLACE / "node"), str(PROGRAM)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=PLACE,
            limit=_LONGEST_LINE,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        assert self._reading is not None
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self._reading

    async def ask(self, act: str, person: str, **details: Any) -> Any:
        """What the client answers. Raises AssertionError with its words when it can't."""
        assert self._process is not None
        assert self._process.stdin is not None
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        line = json.dumps({"id": number, "act": act, "person": person, **details})
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()
        return await answer

    async def wait_for(self, look: Callable[[], Awaitable[T | None]], patience: float = PATIENCE) -> T:
        """What `look` finds at last: it is asked again whenever a client here has seen something new.

        Raises TimeoutError.
        """
        async with asyncio.timeout(patience):
            while True:
                before = self._news
                found = await look()
                if found is not None:
                    return found
                async with self._changed:
                    await self._changed.wait_for(lambda: self._news != before)  # noqa: B023 - waited for right here

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            if "id" in said:
                self._answer(self._asked.pop(said["id"]), said)
            else:
                async with self._changed:
                    self._news += 1
                    self._changed.notify_all()
        for answer in self._asked.values():
            self._answer(answer, {"error": "the node with the people in it has ended"})

    @staticmethod
    def _answer(answer: asyncio.Future[Any], said: dict[str, Any]) -> None:
        if answer.done():  # whoever asked has given up
            return
        if "error" in said:
            answer.set_exception(AssertionError(said["error"]))
        else:
            answer.set_result(said["result"])
