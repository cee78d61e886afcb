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
from handlers.contributors.telling.draft import Part, Telling
from handlers.contributors.telling.flow import TELLING
from handlers.editors.card import story_of
from handlers.editors.opened import to_desk
from handlers.subscribers.reading import READING

HOME = "home"
STORY_LIKE = 150
"""Characters: whoever writes so much without pressing anything has begun to tell; nobody greets at that length."""


class AtHome(msgspec.Struct, frozen=True, kw_only=True):
    greets: bool = False
    """who comes for the first time is told what this is; who comes back from somewhere is not, each time"""


@dataclass(frozen=True, kw_only=True)
class View:
    language: Language
    has_stories: bool


async def _load(reads: Reads, _draft: AtHome) -> View:
    return View(language=reads.who.language, has_stories=bool(await own_stories(reads)))


def _ask(draft: AtHome, view: View) -> Prompt:
    options: list[tuple[str, Words]] = [("tell", msg("home-tell"))]
    if view.has_stories:
        options.append(("mine", msg("home-mine")))
    options += [("read", msg("home-read")), ("language", msg("home-language")), ("delete", msg("home-delete"))]
    hello = (msg("home-hello"),) if draft.greets else ()
    trial = (msg("trial"),) if draft.greets else ()
    return Prompt(text=(*hello, msg("home-can"), *trial), choices=rows(*options))


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
            other = Language("en" if view.language == "ru" else "ru")
            return Enter(flow=HOME, draft=AtHome(greets=True), language=other)
        case Wrote(text=text, message=message) if len(text.reveal()) >= STORY_LIKE:
            begun = Telling(parts=(Part(message=message, text=text),))
            return Enter(flow=TELLING.name, draft=begun, notice=msg("tell-is-kept"))
        case Wrote():
            return Stay(draft=AtHome(greets=True), notice=msg("home-press"))
    return otherwise(answer)


async def start(_reads: Reads, payload: str) -> Outcome:
    """`/start`, with or without a deep link. A link names a story; the desk asks who is there."""
    story = story_of(payload)
    if story is not None:
        return to_desk(story)
    return Enter(flow=HOME, draft=AtHome(greets=True))


async def tell(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=TELLING.name)


async def help_me(_reads: Reads, _argument: str) -> Outcome:
    return Stay(notice=msg("help"))


HOME_FLOW = Flow(name=HOME, draft=AtHome, steps=(Step(name="menu", load=_load, ask=_ask, answer=_answer),))
