"""People who stay for a whole file of tests: their client takes seconds to start, and any number of rooms."""

from __future__ import annotations

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from tests.homeserver.people import MatrixPerson, People
from tests.homeserver.synapse import Synapse


class Company:
    """Lives inside `async with`; nobody is there before somebody is asked for."""

    def __init__(self) -> None:
        self._open = AsyncExitStack()
        self._people: People | None = None
        self._anna: MatrixPerson | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def people(self, synapse: Synapse) -> People:
        """For a test that needs somebody of its own."""
        if self._people is None:
            self._people = await self._open.enter_async_context(People(synapse))
        return self._people

    async def anna(self, synapse: Synapse) -> MatrixPerson:
        """The same one for all tests: each meets her in a room of its own. She talks to signed devices only."""
        if self._anna is None:
            self._anna = await (await self.people(synapse)).person("anna", only_signed=True)
        return self._anna
