"""Who may be where and do what: asked before a step is shown or answered, and before anything is carried out.

The rules are `handlers`'. That nothing gets past them is the engine's business: this is the one place where it asks.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.flows.flow import Audience, Effect, Fetch, Step, Words, Work
from bot.flows.here import Here
from bot.flows.turn import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    words: Words
    """why, to whoever is refused"""


@dataclass(frozen=True)
class Unproven:
    """That it really is this person has to be shown first."""


Verdict = Refusal | Unproven | None
"""None: go on."""


class Rules(Protocol):
    @property
    def proving(self) -> Step[Any, Any]:
        """Asks for what is missing, before any flow's own step. Answers `Stay` with the effect that tries it, and the
        flow goes on as if nothing had been; `Back` is "not now".
        """
        ...

    async def entry(self, turn: Turn, flow: str, step: str) -> Verdict:
        """Of a flow for editors. `turn.who.editor` is None for whoever is none."""
        ...

    async def deed(self, turn: Turn, effect: Effect, *, at_work: bool) -> Verdict:
        """`at_work`: a step of a flow for editors wants it; what has no rule is then refused."""
        ...


class Gate:
    """Without rules every editor may do everything."""

    def __init__(self, rules: Rules | None) -> None:
        self._rules = rules

    async def entry(self, here: Here) -> Verdict:
        """Where this turn has got to."""
        if self._rules is None or here.flow.audience is not Audience.EDITORS:
            return None
        step = here.flow.step(here.step).name
        verdict = await self._rules.entry(here.turn, here.flow.name, step)
        if isinstance(verdict, Refusal):
            log.warning("refused: flow=%s step=%s", here.flow.name, step)
        return verdict

    async def deeds(self, here: Here, effects: Sequence[Effect], *, by_step: bool) -> Verdict:
        """All of them or none. What a command wants (not `by_step`) has nothing to do with where the chat stands."""
        at_work = by_step and here.flow.audience is Audience.EDITORS
        for effect in effects:
            if self._rules is None or isinstance(effect, Fetch | Work):
                continue
            verdict = await self._rules.deed(here.turn, effect, at_work=at_work)
            if isinstance(verdict, Refusal):
                log.warning("refused: %s; flow=%s step=%s", type(effect).__name__, here.flow.name, here.step)
            if verdict is not None:
                return verdict
        return None
