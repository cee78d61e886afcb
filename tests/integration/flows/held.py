"""Two rules that every prompt is held to, whichever test makes the bot say it.

No line is longer than four sentences: people read this on a phone, some of them afraid. And nobody is led into a
corner: each prompt has a button that leads back or out, or names a command that does. The main menu is where they lead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bot.flows.flow import Back, Enter, Finish, Flow, Go, Outcome, Picked, Prompt, Step, Words
from bot.flows.program import Program
from bot.texts.fluent import Language, Message, Texts
from bot.texts.rich import Rich
from handlers.policy import LANGUAGES
from storage.private import Private

MOST_SENTENCES = 4
WAYS = {"back", "previous", "pause"}
"""Choices that lead back by their name: to the question before, or out of a draft that is kept."""
PLACES = {"desk", "letters", "mine", "queue", "release"}
"""Where one is after work on a single thing, as at home."""
_END = re.compile(r"[.?!…]+[»”\")]*(?=\s+[«“\"(]?[A-ZА-ЯЁ\d]|\s*$)", re.MULTILINE)
_COMMAND = re.compile(r"/[a-z_]{3,}")


def long_lines(text: str) -> list[str]:
    """Those of more than four sentences."""
    return [line for line in text.split("\n") if len(_END.findall(line)) > MOST_SENTENCES]


@dataclass(kw_only=True)
class Rules:
    texts: Texts
    broken: set[str] = field(default_factory=set)
    said: dict[Message, list[str]] = field(default_factory=dict)
    """sentences are few and prompts are many: each is looked at once"""

    def hold(self, program: Program) -> Program:
        """The same program; whatever one of its steps asks is looked at."""

        def held(flow: Flow[Any], step: Step[Any, Any]) -> Step[Any, Any]:
            def ask(draft: Any, view: Any) -> Prompt:
                prompt = step.ask(draft, view)
                self._read(f"{flow.name}/{step.name}", prompt)
                values = [option.value for row in prompt.choices for option in row]
                outcomes = [step.answer(draft, view, Picked(value)) for value in values if value not in WAYS]
                leads_back = len(outcomes) < len(values) or any(
                    _leads_back(program, flow, step, outcome) for outcome in outcomes
                )
                if flow.name != program.home and not leads_back and not self._names_a_command(prompt):
                    self.broken.add(f"{flow.name}/{step.name}: no way back")
                return prompt

            return replace(step, ask=ask)

        flows = tuple(replace(flow, steps=tuple(held(flow, step) for step in flow.steps)) for flow in program.flows)
        tongue = program.tongue
        if tongue is not None:
            alone = Flow(name="tongue", draft=object, steps=(tongue.step,))
            tongue = replace(tongue, step=held(alone, tongue.step))
        return replace(program, flows=flows, tongue=tongue)

    def _read(self, place: str, prompt: Prompt) -> None:
        for words in (*prompt.text, *(bubble.text for bubble in prompt.before)):
            for said in self._said(words):
                self.broken.update(f"{place}: over four sentences: {part}" for part in long_lines(said))

    def _names_a_command(self, prompt: Prompt) -> bool:
        return any(_COMMAND.search(said) for words in prompt.text for said in self._said(words))

    def _said(self, words: Words) -> list[str]:
        """In the languages that everything is said in; without what people wrote, which may be as long as they like."""
        if not isinstance(words, Message):
            return []
        ours = Message(words.key, tuple((name, _ours(value)) for name, value in words.args))
        if ours not in self.said:
            self.said[ours] = [self.texts.say(Language(language), ours).text for language in LANGUAGES]
        return self.said[ours]


def _ours(value: Any) -> Any:
    return "…" if isinstance(value, Private | Rich | str) else value


def _leads_back(program: Program, flow: Flow[Any], step: Step[Any, Any], outcome: Outcome) -> bool:
    """Out of the flow, or to a step before this one."""
    match outcome:
        case Back() | Finish():
            return True
        case Enter(flow=name):
            return name in {program.home, *PLACES}
        case Go(step=name):
            names = [one.name for one in flow.steps]
            return names.index(name) < names.index(step.name)
    return False
