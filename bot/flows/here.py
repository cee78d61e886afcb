"""Where a turn has got to: the flow, the step, the draft, and who is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.flows.conversation import Asked
from bot.flows.flow import Answer, Enter, Flow, Picked, Reads, Who
from bot.flows.turn import Turn
from bot.texts.fluent import Language
from bot.types import Choice
from storage.ids import AnchorId, new_id


@dataclass(frozen=True, kw_only=True)
class Here:
    turn: Turn
    who: Who
    flow: Flow[Any]
    step: str
    draft: Any
    draft_id: bytes
    trail: tuple[str, ...]
    asked: Asked
    offers: tuple[Choice, ...]
    """what came after it, for whoever types numbers"""
    anchor: AnchorId
    expires: int | None
    in_room: bool | None
    """as far as it was looked up"""
    is_new: bool
    """nothing was kept of this chat before"""
    undeleted: int = 0
    """messages that were to be deleted and stand here still; the person has not been told"""
    proving: bool = False
    held: str = ""
    ended: bool = False
    """a draft has ended in this turn: its key is destroyed"""
    forgotten: bool = False
    """the person wants nothing to be kept of this chat"""

    @property
    def reads(self) -> Reads:
        texts = self.turn.texts
        return Reads(
            tx=self.turn.tx,
            who=self.who,
            languages=texts.languages,
            joinable=self.turn.rooms.joinable.get(self.who.chat.platform, {}),
            platforms=self.turn.rooms.platforms,
            has_begun=self.has_begun,
            say=partial(texts.say, platform=self.who.chat.platform),
        )

    @property
    def has_begun(self) -> bool:
        """Whether something is unfinished here that is worth keeping."""
        return self.flow.precious is not None and self.draft != self.flow.draft()

    def entering(self, flow: Flow[Any], enter: Enter) -> Here:
        """At the beginning of another flow; what was unfinished in this one has ended."""
        return replace(
            self.speaking(enter.language),
            flow=flow,
            step=enter.step or flow.steps[0].name,
            draft=enter.draft if enter.draft is not None else flow.draft(),
            draft_id=new_id(),
            trail=(),
            expires=None,
            proving=False,
            held="",
            ended=self.ended or self.flow.precious is not None,
        )

    def held_back(self, answer: Answer | None) -> Here:
        """Until a proof is there: a choice is then carried out, words have to be sent again."""
        return replace(self, proving=True, held=answer.value if isinstance(answer, Picked) else "")

    def speaking(self, language: Language | None) -> Here:
        """None: as before."""
        who = replace(self.who, language=language or self.who.language)
        return replace(self, who=who, turn=replace(self.turn, who=who))

    def going(self, step: str, draft: Any) -> Here:
        """A step that is gone back to by going on takes the trail back with it: "back" never runs in a circle."""
        trail = self.trail
        if step in trail:
            trail = trail[: trail.index(step)]
        elif step != self.step:
            trail = (*trail, self.step)
        return replace(self, step=step, draft=draft, trail=trail)
