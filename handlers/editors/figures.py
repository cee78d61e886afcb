"""How the newsroom does, in a few sentences. Counts of people are said only from five on: below, they are somebody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.flows.flow import Answer, Outcome, Picked, Prompt, Reads, Stay, Step
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import Message, msg
from handlers.editors.opened import Looking
from handlers.editors.picture import ShowPicture
from handlers.editors.sight import may_see
from storage.figures import published_since, readers_by_language
from storage.story import OPEN, Status, Story
from storage.weeks import FEWEST


@dataclass(frozen=True, kw_only=True)
class Figures:
    waiting: list[Story]
    """that this editor may see, those that wait longest first"""
    published: int
    """this month, on all platforms"""
    readers: dict[str, int]
    blocked: int
    """accounts from which nothing new is taken"""
    today: date


async def _load(reads: Reads, _draft: Looking) -> Figures | None:
    if reads.who.editor is None:
        return None
    waiting = await reads.tx.stories.listed(OPEN)
    today = reads.tx.work.today
    readers = await readers_by_language(reads.tx.work)
    return Figures(
        waiting=[story for story in waiting if may_see(reads.who, story)],
        published=await published_since(reads.tx.work, today.replace(day=1)),
        readers={language: readers.get(language, 0) for language in (*reads.languages, *sorted(readers))},
        blocked=await reads.tx.blocks.count(),
        today=today,
    )


def _ask(_draft: Looking, figures: Figures | None) -> Prompt:
    if figures is None:
        return Prompt(text=(msg("queue-closed"),), choices=back_row())
    published = msg("figures-published", count=figures.published)
    blocked = (msg("figures-blocked", count=figures.blocked),) if figures.blocked else ()
    said = (*_waiting(figures), published, *_readers(figures.readers), *blocked)
    return Prompt(text=said, choices=rows(("picture", msg("figures-picture"))) + back_row())


def _waiting(figures: Figures) -> list[Message]:
    if not figures.waiting:
        return [msg("figures-none")]
    by_status = Counter(story.status for story in figures.waiting)
    oldest = figures.waiting[0]
    return [
        msg(
            "figures-open",
            count=len(figures.waiting),
            submitted=by_status[Status.SUBMITTED],
            consent=by_status[Status.CONSENT],
            agreed=by_status[Status.AGREED],
            scheduled=by_status[Status.SCHEDULED],
        ),
        msg("figures-oldest", alias=oldest.details.alias, days=(figures.today - oldest.since).days),
    ]


def _readers(readers: dict[str, int]) -> list[Message]:
    told = {language: count for language, count in readers.items() if count >= FEWEST}
    said = [msg("figures-readers", language=language, count=count) for language, count in told.items()]
    if not told:
        return [msg("figures-readers-nowhere")]
    return said if len(told) == len(readers) else [*said, msg("figures-readers-few")]


def _answer(_draft: Looking, figures: Figures | None, answer: Answer) -> Outcome:
    if answer == Picked("picture") and figures is not None:
        return Stay(notice=msg("figures-picture-comes"), effects=(ShowPicture(),))
    return otherwise(answer)


FIGURES: Step[Looking, Figures | None] = Step(name="figures", load=_load, ask=_ask, answer=_answer)
