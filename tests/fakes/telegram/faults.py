"""What goes wrong on the way: refusals, silence, slowness, cut connections; and hold points for kill tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from tests.patience import PATIENCE

from .world import World

Cut = Literal["before_read", "before_apply", "after_apply", "mid_body"]
When = Literal["before_apply", "after_apply"]


class Where(TypedDict, total=False):
    """Which requests a rule serves: of one method, to one chat, how many of them, with which chance each."""

    method: str
    chat: int
    times: int | None
    probability: float


@dataclass(slots=True, kw_only=True)
class Fault:
    """One rule. `applied`: whether the platform carried the request out although the bot does not learn of it."""

    kind: Literal["error", "html", "silence", "slow", "cut"]
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    probability: float = 1.0
    applied: bool = False
    code: int = 0
    text: str = ""
    retry_after: int = 0
    seconds: float = 0.0
    cut: Cut = "before_apply"


class Faults:
    """Rules are tried in the order they were made; each serves `times` requests (None: all)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._closed_until = 0.0
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.rules.append(fault)
        return fault

    def too_many(self, retry_after: int, **where: Unpack[Where]) -> Fault:
        text = f"Too Many Requests: retry after {retry_after}"
        return self.add(Fault(kind="error", code=429, text=text, retry_after=retry_after, **where))

    def error(self, code: int, text: str, **where: Unpack[Where]) -> Fault:
        """A refusal in Telegram's form; `text` is the whole description."""
        return self.add(Fault(kind="error", code=code, text=text, **where))

    def html(self, code: int = 502, applied: bool = False, **where: Unpack[Where]) -> Fault:
        """A page like nginx's instead of JSON."""
        return self.add(Fault(kind="html", code=code, applied=applied, **where))

    def silence(self, applied: bool, **where: Unpack[Where]) -> Fault:
        """The request is taken and never answered."""
        return self.add(Fault(kind="silence", applied=applied, **where))

    def slow(self, seconds: float, **where: Unpack[Where]) -> Fault:
        """Carried out at once, answered after `seconds`."""
        return self.add(Fault(kind="slow", applied=True, seconds=seconds, **where))

    def cut(self, when: Cut, **where: Unpack[Where]) -> Fault:
        """The connection breaks. `before_read` is decided before the chat is known."""
        return self.add(Fault(kind="cut", cut=when, applied=when in ("after_apply", "mid_body"), **where))

    def refuse_all(self, seconds: float) -> None:
        """Every connection is cut for so long, by the server's clock."""
        self._closed_until = self._world.monotonic() + seconds

    def clear(self) -> None:
        self.rules.clear()
        self._closed_until = 0.0

    @property
    def is_closed(self) -> bool:
        return self._closed_until > 0 and self._world.monotonic() < self._closed_until

    def pick(self, method: str, chat: int | None, early: bool = False) -> Fault | None:
        """The rule for this request, used up by one. `early`: only cuts before the request is read."""
        for fault in self.rules:
            if (fault.kind == "cut" and fault.cut == "before_read") is not early:
                continue
            if fault.method not in (None, method) or fault.chat not in (None, chat):
                continue
            if fault.probability < 1 and self._world.rng.random() >= fault.probability:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.rules.remove(fault)
            self._world.changed()
            return fault
        return None


class Hold:
    """Stops matching requests at one point until `release()`, or until their connection closes."""

    def __init__(self, world: World, method: str, when: When, chat: int | None) -> None:
        self._world = world
        self._open = asyncio.Event()
        self.method, self.when, self.chat = method, when, chat
        self.held = 0
        # All requests that were ever stopped here.
        self.stopped = 0

    def matches(self, method: str, when: When, chat: int | None) -> bool:
        return self.method == method and self.when == when and self.chat in (None, chat) and not self._open.is_set()

    def release(self) -> None:
        self._open.set()

    async def reached(self, count: int = 1, within: float = PATIENCE) -> None:
        """Waits until `count` requests stand here. Raises TimeoutError."""
        await self._world.wait_for(lambda: self.held >= count, within)

    async def stop_here(self, closed: asyncio.Event) -> None:
        self.held += 1
        self.stopped += 1
        self._world.changed()
        waits = [asyncio.ensure_future(event.wait()) for event in (self._open, closed)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.held -= 1
            for wait in waits:
                wait.cancel()
            self._world.changed()
