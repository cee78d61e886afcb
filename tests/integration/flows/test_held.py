"""The rules that every prompt is held to see what they are for; and the golden files keep them too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import handlers
from bot.flows.flow import Flow, Go, Prompt, Step, nothing
from bot.flows.program import Program
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import Texts, msg
from handlers.home import HOME
from tests.integration.engine.two_desks import no_files
from tests.integration.flows.held import Rules, long_lines
from tests.integration.flows.transcript import BUBBLE

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/*.txt"))


def program(prompt: Prompt) -> Program:
    """With a flow whose second step asks this."""
    newsroom = handlers.newsroom(no_files)
    steps = (
        Step(name="first", load=nothing, ask=lambda _draft, _view: prompt, answer=lambda _d, _v, a: otherwise(a)),
        Step(name="second", load=nothing, ask=lambda _draft, _view: prompt, answer=lambda d, _v, _a: Go("second", d)),
    )
    return replace(newsroom, flows=(newsroom.flow(HOME), Flow(name="corner", draft=int, steps=steps)))


def asked(texts: Texts, prompt: Prompt, step: str) -> set[str]:
    rules = Rules(texts=texts)
    rules.hold(program(prompt)).flow("corner").step(step).ask(0, None)
    return rules.broken


def test_a_prompt_without_a_way_back_is_seen(texts: Texts) -> None:
    prompt = Prompt(text=(msg("tell-name"),), choices=rows(("on", msg("tell-next"))))
    assert asked(texts, prompt, "second") == {"corner/second: no way back"}


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt(text=(msg("tell-name"),), choices=back_row()),
        Prompt(text=(msg("deleted", until=date(2026, 3, 1), blocked=0, published=0),)),
    ],
    ids=["a button", "a command"],
)
def test_a_prompt_with_one_is_let_through(texts: Texts, prompt: Prompt) -> None:
    assert asked(texts, prompt, "first") == set()


def test_a_fifth_sentence_is_seen() -> None:
    four = "Раз. Два? «Три…» Четыре: 5.5 и 1.000 — одно."
    assert long_lines(four) == []
    assert long_lines(f"{four}\nПять. Шесть.") == []
    assert long_lines(f"{four} Пять.") == [f"{four} Пять."]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_line_of_a_dialogue_is_too_long(file: Path) -> None:
    assert long_lines(said(file.read_text("utf-8").splitlines())) == []


def said(screen: list[str]) -> str:
    """What stands on the left is the bot's. A line that the screen has broken is put together again."""
    text = ""
    for before, line in pairwise(["", *screen]):
        ours = line if line[:1] not in {" ", "│", "["} else ""
        is_broken = before and ours and len(before) + 1 + len(ours.split(" ")[0]) > BUBBLE
        text += (" " if is_broken else "\n") + ours
    return text
