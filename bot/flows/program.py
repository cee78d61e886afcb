"""The whole list of what people can do, as `handlers` fills it in and the roof hands it to the engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.flows.flow import Command, Flow, Step
from bot.flows.gate import Rules
from bot.flows.script import Script
from bot.flows.turn import Turn
from bot.types import File
from storage.store import Store, Transaction

Apply = Callable[[Turn, Any], Awaitable[None]]
"""Carries out one effect in the turn's transaction."""
AtTime = Callable[[Turn, bytes], Awaitable[None]]
"""Does what a timer was set for; its subject is an id or a hash."""
Closing = Callable[[Transaction], Awaitable[None]]
"""What a job writes in the transaction that ends it."""


class Tools(Protocol):
    """What a job may use: it runs outside of any transaction."""

    @property
    def store(self) -> Store: ...

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that lets people's turns go first."""
        ...

    def download(self, platform: str, file: File) -> AsyncIterator[bytes]: ...

    def turn(self, tx: Transaction) -> Turn: ...


JobKind = Callable[[Tools, bytes], Awaitable[Closing | None]]
"""Slow work. It may run again after a crash; what it returns is written together with its end."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """Not everything is said in every language. Where a flow is not, the person first says how to go on."""

    languages: tuple[str, ...]
    """in which everything is said"""
    everywhere: frozenset[str]
    """the flows that are said in every language that there are texts in"""
    step: Step[Any, Any]
    """asks; it answers with `Stay(language=…)`, and the flow goes on as if nothing had been"""


@dataclass(frozen=True, kw_only=True)
class Program:
    home: str
    """the flow in which a chat is when nothing else goes on"""
    flows: tuple[Flow[Any], ...]
    commands: tuple[Command, ...]
    effects: Mapping[type, Apply]
    timers: Mapping[str, AtTime]
    standing: tuple[str, ...]
    """timers that always run: set at every start, and each sets itself again"""
    jobs: Mapping[str, JobKind]
    scripts: Mapping[str, Script] = field(default_factory=dict)
    """by the kind of broadcast: what it says, and to whom"""
    one_by_one: frozenset[str] = frozenset()
    """kinds of jobs of which a process does one at a time, whichever of them: they wait for the same thing, and all
    other jobs pass by"""
    gone: Callable[[Turn], Awaitable[None]]
    """what follows when a person has blocked us"""
    wipe_after: int
    """seconds until what was written in a private chat is deleted there"""

    tongue: Tongue | None = None
    """None: everything is said in every language"""
    rules: Rules | None = None
    """what each editor may do; None: every editor everything"""

    def said_in(self, flow: Flow[Any], language: str) -> bool:
        tongue = self.tongue
        return tongue is None or language in tongue.languages or flow.name in tongue.everywhere

    def step(self, flow: Flow[Any], name: str, language: str) -> Step[Any, Any]:
        """The one that asks and answers: that of the flow, or the question of how to go on."""
        if self.tongue is None or self.said_in(flow, language):
            return flow.step(name)
        return self.tongue.step

    def flow(self, name: str) -> Flow[Any]:
        return next((flow for flow in self.flows if flow.name == name), self.flow_home)

    @property
    def flow_home(self) -> Flow[Any]:
        return next(flow for flow in self.flows if flow.name == self.home)

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.name == name), None)
