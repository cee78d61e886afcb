"""The last stories on request, and those on one topic: in the reader's language first, then in the others."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Enter, Flow, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import Language, msg
from handlers.subscribers.entries import Entry, entry_of
from handlers.subscribers.opening import ReadOn
from handlers.topics import READERS_TOPICS, readers_topic, topic_name
from storage.story import Status, Story

A_PAGE = 5
_AT_ONCE = 50
_MOST_SEARCHED = 500
"""A topic is sealed with the story, so looking for one opens them: the newest so many."""


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    topic: str = ""
    """empty: any"""
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class View:
    spoken: Language
    language: str
    """that this person reads"""
    entries: tuple[Entry, ...]
    has_older: bool


async def _load(reads: Reads, draft: Latest) -> View:
    language = await reads.tx.subscribers.language_of(reads.who.person) or reads.who.language
    found = await _found(reads, draft, language)
    entries = [await entry_of(reads.tx, story) for story in found[:A_PAGE]]
    opened = tuple(entry for entry in entries if entry is not None)
    return View(spoken=reads.who.language, language=language, entries=opened, has_older=len(found) > A_PAGE)


async def _found(reads: Reads, draft: Latest, language: str) -> list[Story]:
    """A page of them and one more, when there is one."""
    stories, most = reads.tx.stories, A_PAGE + 1
    if not draft.topic:
        return await stories.newest(Status.PUBLISHED, language, skip=draft.skip, most=most)
    found: list[Story] = []
    for skip in range(0, _MOST_SEARCHED, _AT_ONCE):
        some = await stories.newest(Status.PUBLISHED, language, skip=skip, most=_AT_ONCE)
        found += [story for story in some if readers_topic(story.details.topic) == draft.topic]
        if not some or len(found) >= draft.skip + most:
            break
    return found[draft.skip : draft.skip + most]


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(draft: Latest, view: View) -> Prompt:
    any_topic = msg("reader-latest-title")
    heading = msg("reader-latest-about", topic=draft.topic) if draft.topic else any_topic
    lines = [
        entry.line(number, view.language, view.spoken) for number, entry in enumerate(view.entries, draft.skip + 1)
    ]
    empty = () if lines else (msg("reader-latest-none"),)
    options: list[tuple[str, Words]] = [(entry.story.id.hex(), entry.label) for entry in view.entries]
    if view.has_older:
        options.append(("older", msg("reader-older")))
    if draft.skip:
        options.append(("newer", msg("reader-newer")))
    options.append(("topic", msg("reader-by-topic")))
    return Prompt(text=(heading, *lines, *empty), choices=rows(*options) + back_row())


def _answer(draft: Latest, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("older"):
            return Stay(draft=msgspec.structs.replace(draft, skip=draft.skip + A_PAGE))
        case Picked("newer"):
            return Stay(draft=msgspec.structs.replace(draft, skip=max(0, draft.skip - A_PAGE)))
        case Picked("topic"):
            return Go("topic", draft)
        case Picked(value):
            for entry in view.entries:
                if value == entry.story.id.hex():
                    return Stay(effects=(ReadOn(story=entry.story.id, piece=0, topic=draft.topic),), quiet=True)
            if len(value) == len(16 * "00"):
                return Stay(notice=msg("reader-story-is-gone"))
    return otherwise(answer)


# ── the topic ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_topic(_draft: Latest, _view: None) -> Prompt:
    topics = rows(*((topic, topic_name(topic)) for topic in READERS_TOPICS))
    return Prompt(text=(msg("reader-which-topic"),), choices=rows(("", msg("reader-any-topic"))) + topics + back_row())


def _answer_topic(_draft: Latest, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(topic) if topic == "" or topic in READERS_TOPICS:
            return Go("list", Latest(topic=topic))
    return otherwise(answer)


async def _nothing(_reads: Reads, _draft: Latest) -> None:
    return


LATEST: Flow[Latest] = Flow(
    name="latest",
    draft=Latest,
    steps=(
        Step(name="list", load=_load, ask=_ask, answer=_answer),
        Step(name="topic", load=_nothing, ask=_ask_topic, answer=_answer_topic),
    ),
)


async def open_latest(_reads: Reads, argument: str) -> Outcome:
    """The command; with a topic, the way back from a story to the list that it was found in."""
    return Enter(flow=LATEST.name, draft=Latest(topic=argument if argument in READERS_TOPICS else ""))
