"""Whatever order things happen in: each event counts once, in its chat's order; each question is said once.

Events come twice, chats are mixed, buttons are stale, services stop anywhere, and several of them share the store.
What the store and the screens come to is what a plain model of the same chats comes to.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.texts
from bot.texts.fluent import Texts
from tests.databases import MakeNewsroom
from tests.integration.engine.toy import STEPS
from tests.integration.engine.world import NAMES, World

CHATS = 3
ONWARD = {"home": "begin", "words": "done", "colour": "red", "note": "one", "look": "send"}
EXAMPLES = {"sqlite": 50, "postgresql": 15}
TEXTS = Texts.load([Path(bot.texts.__file__).parent / "locales"], strict=True)


@dataclass(frozen=True)
class Writes:
    chat: int
    text: str
    times: int


@dataclass(frozen=True)
class Taps:
    chat: int
    button: int
    times: int


@dataclass(frozen=True)
class Onward:
    """So many messages that each lead on from where this chat stands by then, so that chats come to their end."""

    chat: int
    steps: int
    times: int


@dataclass(frozen=True)
class Repeats:
    which: int


@dataclass(frozen=True)
class Restarts:
    worker: int


@dataclass(frozen=True)
class Dies:
    worker: int
    after: int


@dataclass(frozen=True)
class Works:
    """Everybody works off what is there, and everybody looks at the screen."""


Act = Writes | Taps | Onward | Repeats | Restarts | Dies | Works
_chat = st.integers(0, CHATS - 1)
_times = st.integers(1, 3)
_words = st.sampled_from(["one", "two", *sorted({choice for choices in STEPS.values() for choice in choices})])


def acts(workers: int) -> st.SearchStrategy[list[Act]]:
    worker = st.integers(0, workers - 1)
    return st.lists(
        st.one_of(
            st.builds(Writes, _chat, _words, _times),
            st.builds(Taps, _chat, st.integers(0, 2), _times),
            st.builds(Onward, _chat, st.integers(1, 7), _times),
            st.just(Works()),
            st.builds(Repeats, st.integers(0, 50)),
            st.builds(Restarts, worker),
            st.builds(Dies, worker, st.integers(0, 60)),
        ),
        min_size=5,
        max_size=40,
    )


async def play(world: World, played: list[Act]) -> None:
    for act in played:
        match act:
            case Writes(chat, text, times):
                await world.writes(chat, text, times)
            case Taps(chat, button, times):
                await world.taps(chat, button, times)
            case Onward(chat, steps, times):
                for _ in range(steps):
                    await world.writes(chat, ONWARD[world.models[chat].step], times)
            case Repeats(which):
                await world.repeats(which)
            case Restarts(worker):
                world.restarts(worker)
            case Dies(worker, after):
                await world.dies(worker, after)
            case Works():
                await world.works()
                world.looks()
    await world.works()
    assert await world.handed() == sorted(text for model in world.models for text in model.hands)
    world.check_what_was_said()


@pytest.mark.parametrize("workers", [1, 2])
def test_each_event_counts_once_and_in_its_order(engine: str, workers: int, make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(engine)
    with asyncio.Runner() as runner:
        runner.run(newsroom.prepare())
        stores = [runner.run(newsroom.open()) for _ in range(workers)]

        @settings(max_examples=EXAMPLES[engine])
        @given(acts(workers))
        def plays(played: list[Act]) -> None:
            runner.run(play(World.new(stores, TEXTS, f"chat{next(NAMES)}", CHATS), played))

        try:
            plays()
        finally:
            for store in stores:
                runner.run(store.close())
            runner.run(newsroom.remove())
