"""A small program for the engine's own tests, and the plain model of what a chat in it must come to.

Home leads to four steps: any number of words, a colour, a note, a last look; "back" everywhere. What is handed in at
the end is kept as a story, so that it is in the store or it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Go, Outcome, Picked, Prompt, Stay, Step, Wrote, nothing
from bot.flows.program import Program
from bot.flows.questions import BACK, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.rich import Rich
from storage.private import Private

COLOURS = ("red", "green")
STEPS: dict[str, tuple[str, ...]] = {
    "home": ("begin",),
    "words": ("done", BACK),
    "colour": (*COLOURS, BACK),
    "note": (BACK,),
    "look": ("send", BACK),
}
"""The choices of each step; a choice is also its label."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    words: tuple[str, ...] = ()
    colour: str = ""
    note: str = ""


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    draft: Draft


def said(step: str, draft: Draft) -> str:
    """What the prompt of a step says."""
    return f"{step}: [{' '.join(draft.words)}] [{draft.colour}] [{draft.note}]"


def _prompt(step: str, draft: Draft) -> Prompt:
    choices = rows(*((choice, Rich.plain(choice)) for choice in STEPS[step]))
    return Prompt(text=(Rich.plain(said(step, draft)),), choices=choices, follow=step == "words")


def _answer(step: str, draft: Draft, answer: Answer) -> Outcome:
    match step, answer:
        case "home", Picked("begin"):
            return Enter(flow="toy")
        case "words", Picked("done"):
            return Go("colour", draft)
        case "words", Wrote(text=text):
            return Stay(draft=msgspec.structs.replace(draft, words=(*draft.words, text.reveal())))
        case "colour", Picked(value) if value in COLOURS:
            return Go("note", msgspec.structs.replace(draft, colour=value))
        case "note", Wrote(text=text):
            return Go("look", msgspec.structs.replace(draft, note=text.reveal()))
        case "look", Picked("send"):
            return Finish(effects=(Hand(draft=draft),))
        case _, Wrote():
            return Stay()
    return otherwise(answer)


def _step(name: str) -> Step[Draft, Any]:
    return Step(
        name=name,
        load=nothing,
        ask=lambda draft, _view: _prompt(name, draft),
        answer=lambda draft, _view, answer: _answer(name, draft, answer),
    )


async def _hand(turn: Turn, effect: Hand) -> None:
    chat = turn.person.chat
    await turn.tx.stories.create(
        text=Private(handed(chat.chat.reveal(), effect.draft)),
        language="en",
        alias="toy",
        byline=None,
        attachments=(),
        author=chat,
    )


def handed(chat: str, draft: Draft) -> str:
    return f"{chat} {said('handed', draft)}"


async def _gone(_turn: Turn) -> None:
    """Nobody blocks this bot."""


def toy() -> Program:
    return Program(
        home="home",
        flows=(
            Flow(name="home", draft=Draft, steps=(_step("home"),)),
            Flow(
                name="toy",
                draft=Draft,
                precious=lambda _draft: 86_400,
                steps=tuple(_step(name) for name in ("words", "colour", "note", "look")),
            ),
        ),
        commands=(),
        effects={Hand: _hand},
        timers={},
        standing=(),
        jobs={},
        gone=_gone,
        wipe_after=100_000,
    )


@dataclass(kw_only=True)
class Model:
    """What one chat must come to, when each event counts once and in its order."""

    chat: str
    step: str = "home"
    draft: Draft = field(default_factory=Draft)
    trail: tuple[str, ...] = ()
    asked: int = 0
    """how many questions were asked so far; a button belongs to one of them"""
    says: list[tuple[str, bool]] = field(default_factory=list)
    """the prompts in their order, and whether each moves along (and so may be overtaken by a newer one)"""
    hands: list[str] = field(default_factory=list)

    def writes(self, text: str) -> None:
        # Before anything was asked, a chat's first words can't be a choice.
        if self.asked and text in STEPS[self.step]:
            self._pick(text)
        elif self.step == "words":
            self.draft = msgspec.structs.replace(self.draft, words=(*self.draft.words, text))
        elif self.step == "note":
            self.draft = msgspec.structs.replace(self.draft, note=text)
            self._go("look")
        self._ask()

    def taps(self, choice: str, asked: int) -> None:
        if asked == self.asked:
            self._pick(choice)
        self._ask()

    def _pick(self, choice: str) -> None:
        match self.step, choice:
            case _, "back":
                self._back()
            case "home", _:
                self._to("words")
            case "words", _:
                self._go("colour")
            case "colour", _:
                self.draft = msgspec.structs.replace(self.draft, colour=choice)
                self._go("note")
            case _:
                self.hands.append(handed(self.chat, self.draft))
                self._to("home")

    def _go(self, step: str) -> None:
        self.trail, self.step = (*self.trail, self.step), step

    def _back(self) -> None:
        if self.trail:
            *rest, self.step = self.trail
            self.trail = tuple(rest)
        else:
            self._to("home")

    def _to(self, step: str) -> None:
        self.step, self.draft, self.trail = step, Draft(), ()

    def _ask(self) -> None:
        self.asked += 1
        self.says.append((said(self.step, self.draft), self.step == "words"))
