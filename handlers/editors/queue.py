"""The stories that this editor may see and that are not decided yet, the longest waiting first; and looking for one."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Audience,
    Enter,
    Flow,
    Go,
    Option,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich
from handlers.editors.figures import FIGURES
from handlers.editors.found import MOST_PUBLISHED, Found, load_queue, state
from handlers.editors.opened import QUEUE_NAME, Looking, to_desk
from handlers.editors.roles import Deed, may
from handlers.editors.roster import ROSTER
from handlers.letters.opened import LETTERS_NAME
from handlers.policy import EDITOR_WIPE_SECONDS
from handlers.topics import TOPICS, topic_name
from storage.ids import StoryId
from storage.private import Private
from storage.story import Story


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(draft: Looking, view: Found | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("queue-closed"),), choices=back_row())
    stories = view.page(draft.page)
    count = len(view.stories)
    heading = msg("queue-found", count=count) if draft.query.reveal() else msg("queue-is", count=count)
    shown = [Option(f"story-{story.id.hex()}", Rich.plain(story.details.alias)) for story in stories]
    return Prompt(
        text=(heading, *(_line(story, view) for story in stories), *_hints(view)),
        choices=_pairs(shown) + _ways(draft, view) + rows((BACK, msg("desk-close"))),
    )


def _hints(view: Found) -> list[Message]:
    """How to find a story, and where was not looked."""
    partial = [msg("queue-partial", most=MOST_PUBLISHED)] if view.is_partial else []
    return [*partial, msg("queue-search")]


def _line(story: Story, view: Found) -> Message:
    days = (view.today - story.since).days
    claimed = story.details.claimed
    name = view.names.get(claimed) if claimed is not None else None
    if name is None:
        return msg("queue-line", alias=story.details.alias, status=state(story), days=days)
    return msg("queue-line-taken", alias=story.details.alias, status=state(story), days=days, name=name)


def _pairs(options: list[Option]) -> tuple[tuple[Option, ...], ...]:
    return tuple(tuple(options[place : place + 2]) for place in range(0, len(options), 2))


def _ways(draft: Looking, view: Found) -> tuple[tuple[Option, ...], ...]:
    leafing: list[Option] = []
    if draft.page > 0:
        leafing.append(Option("earlier", msg("queue-earlier")))
    if view.page(draft.page + 1):
        leafing.append(Option("later", msg("queue-later")))
    filters = [Option(f"whose-{whose}", msg(f"queue-{whose}")) for whose in ("mine", "nobody") if draft.whose != whose]
    if draft != Looking(page=draft.page):
        filters.append(Option("all", msg("queue-all")))
    filters += [Option("topics", msg("queue-by-topic")), Option("figures", msg("queue-figures"))]
    if may(view.role, Deed.LETTER):
        filters.append(Option("letters", msg("letters-open")))
    if may(view.role, Deed.ROSTER):
        filters.append(Option("roster", msg("roster-open")))
    return _pairs(leafing) + _pairs(filters)


def _answer(draft: Looking, view: Found | None, answer: Answer) -> Outcome:
    if view is None:
        return otherwise(answer)
    match answer:
        case Picked("earlier" | "later" as way):
            page = max(0, draft.page + (1 if way == "later" else -1))
            return Stay(draft=msgspec.structs.replace(draft, page=page))
        case Picked("all"):
            return Stay(draft=Looking())
        case Picked("whose-mine" | "whose-nobody" as value):
            whose = value.removeprefix("whose-")
            return Stay(draft=msgspec.structs.replace(draft, whose=whose, query=Private(""), page=0))
        case Picked("topics" | "figures" as step):
            return Go(step, draft)
        case Picked("letters") if may(view.role, Deed.LETTER):
            return Enter(flow=LETTERS_NAME)
        case Picked("roster") if may(view.role, Deed.ROSTER):
            return Enter(flow=ROSTER.name)
        case Picked(value) if value.startswith("story-"):
            return to_desk(StoryId(bytes.fromhex(value.removeprefix("story-"))), looking=draft)
        case Wrote(text=text):
            return Stay(draft=Looking(query=text))
    return otherwise(answer)


# ── by topic ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_topic(_draft: Looking, view: Found | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("queue-closed"),), choices=back_row())
    topics: list[tuple[str, Words]] = [(f"topic-{topic}", topic_name(topic)) for topic in (*TOPICS, "other")]
    return Prompt(text=(msg("queue-which-topic"),), choices=rows(*topics) + back_row())


def _answer_topic(draft: Looking, _view: Found | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value.startswith("topic-"):
            topic = value.removeprefix("topic-")
            return Go("list", msgspec.structs.replace(draft, topic=topic, query=Private(""), page=0))
    return otherwise(answer)


async def open_queue(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=QUEUE_NAME)


async def open_search(_reads: Reads, argument: str) -> Outcome:
    """`/search` with words or without: whatever is typed at the queue is looked for."""
    words = argument.strip()
    return Enter(
        flow=QUEUE_NAME, draft=Looking(query=Private(words)), notice=None if words else msg("queue-search-how")
    )


async def open_figures(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=QUEUE_NAME, step="figures")


QUEUE = Flow(
    name=QUEUE_NAME,
    draft=Looking,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="list", load=load_queue, ask=_ask, answer=_answer),
        Step(name="topics", load=load_queue, ask=_ask_topic, answer=_answer_topic),
        FIGURES,
    ),
)
