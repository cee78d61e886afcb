"""The home menu: where a chat is when nothing else goes on, and what `/start` leads to."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import (
    Answer,
    Enter,
    Flow,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import otherwise, rows
from bot.texts.fluent import Language, msg
from handlers.contributors.deleting import DELETING
from handlers.contributors.mine import MINE
from handlers.contributors.own import own_stories
from handlers.contributors.telling import TELLING, Part, Telling
from handlers.editors.card import story_of
from handlers.editors.desk import DESK, Desk
from handlers.subscribers.reading import READING

HOME = "home"
STORY_LIKE = 150
"""Characters: whoever writes so much without pressing anything has begun to tell; nobody greets at that length."""


class AtHome(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


@dataclass(frozen=True, kw_only=True)
class View:
    language: Language
    has_stories: bool


async def _load(reads: Reads, _draft: AtHome) -> View:
    return View(language=reads.who.language, has_stories=bool(await own_stories(reads)))


def _ask(_draft: AtHome, view: View) -> Prompt:
    options: list[tuple[str, Words]] = [("tell", msg("home-tell"))]
    if view.has_stories:
        options.append(("mine", msg("home-mine")))
    options += [("read", msg("home-read")), ("delete", msg("home-delete")), ("language", msg("home-language"))]
    return Prompt(text=(msg("home-hello"),), choices=rows(*options))


def _answer(_draft: AtHome, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("tell"):
            return Enter(flow=TELLING.name)
        case Picked("mine"):
            return Enter(flow=MINE.name)
        case Picked("read"):
            return Enter(flow=READING.name)
        case Picked("delete"):
            return Enter(flow=DELETING.name)
        case Picked("language"):
            return Enter(flow=HOME, language=Language("en" if view.language == "ru" else "ru"))
        case Wrote(text=text, message=message) if len(text.reveal()) >= STORY_LIKE:
            begun = Telling(parts=(Part(message=message, text=text),))
            return Enter(flow=TELLING.name, draft=begun, notice=msg("tell-is-kept"))
        case Wrote():
            return Stay(notice=msg("home-press"))
    return otherwise(answer)


async def start(_reads: Reads, payload: str) -> Outcome:
    """`/start`, with or without a deep link. A link names a story; the desk asks who is there."""
    story = story_of(payload)
    if story is not None:
        return Enter(flow=DESK.name, draft=Desk(story=story))
    return Enter(flow=HOME)


async def tell(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=TELLING.name)


async def help_me(_reads: Reads, _argument: str) -> Outcome:
    return Stay(notice=msg("help"))


HOME_FLOW = Flow(name=HOME, draft=AtHome, steps=(Step(name="menu", load=_load, ask=_ask, answer=_answer),))
