"""Delete everything about me: says first what goes and what stays. Possible from anywhere, also over a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Outcome, Picked, Prompt, Reads, Stay, Step
from bot.flows.questions import BACK, otherwise, rows, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich
from bot.types import Choice, calling
from handlers.contributors.own import own_stories
from handlers.contributors.withdrawal import DeleteEverything
from handlers.deadlines import out_of_backups
from handlers.policy import WIPE_SECONDS
from handlers.yes import yes_to
from storage.story import Status

_COMMAND = "delete"


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


class OfferDeletion(msgspec.Struct, frozen=True, kw_only=True):
    """Beside a draft, which stays as it is until the person decides."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What there is about a person."""

    published: int
    others: int
    """stories that no reader has"""
    reads: bool
    blocked: date | None
    """until when nothing new is taken from this account: else who is blocked need only delete everything"""
    today: date
    is_unlisted: bool


async def _load(reads: Reads, _draft: Nothing) -> Kept:
    stories = await own_stories(reads)
    published = sum(story.status is Status.PUBLISHED for story in stories)
    return Kept(
        published=published,
        others=len(stories) - published,
        reads=await reads.tx.subscribers.language_of(reads.who.person) is not None,
        blocked=await reads.tx.blocks.until(reads.who.person),
        today=reads.tx.work.today,
        is_unlisted=await reads.tx.suppressions.has(reads.who.person),
    )


def _what_goes(kept: Kept) -> tuple[Message, ...]:
    return (
        msg("delete-sure"),
        *((msg("delete-stories", stories=kept.others),) if kept.others else ()),
        *((msg("delete-subscription"),) if kept.reads else ()),
        *((msg("delete-unlisted"),) if kept.is_unlisted else ()),
        msg("delete-what-stays", published=kept.published),
        *((msg("delete-block-stays", until=kept.blocked),) if kept.blocked else ()),
    )


def _ask(_draft: Nothing, kept: Kept) -> Prompt:
    return Prompt(
        text=_what_goes(kept), choices=weighty(rows(("delete", msg("delete-yes")), (BACK, msg("delete-no"))), "delete")
    )


def _answer(_draft: Nothing, kept: Kept, answer: Answer) -> Outcome:
    return _deleted(kept) if answer == Picked("delete") else otherwise(answer)


def _deleted(kept: Kept) -> Finish:
    """What is gone, when back-ups follow, what nobody can reach."""
    blocked = kept.blocked is not None
    said = msg("deleted", until=out_of_backups(kept.today), published=kept.published, blocked=int(blocked))
    return Finish(notice=said, effects=(DeleteEverything(),), forget=True)


DELETING = Flow(name="deleting", draft=Nothing, steps=(Step(name="sure", load=_load, ask=_ask, answer=_answer),))


async def open_deletion(reads: Reads, argument: str) -> Outcome:
    """Over a draft it must not begin a flow: with that the draft would be gone before anybody has said yes."""
    if argument == yes_to(_COMMAND, reads):
        return _deleted(await _load(reads, Nothing()))
    if reads.has_begun:
        return Stay(effects=(OfferDeletion(),), quiet=True)
    return Enter(flow=DELETING.name)


async def offer_deletion(turn: Turn, _effect: OfferDeletion) -> None:
    reads = Reads(tx=turn.tx, who=turn.person)
    platform, language = turn.person.chat.platform, turn.person.language
    first, *others = _what_goes(await _load(reads, Nothing()))
    lines = [
        turn.words(platform, language, line) for line in (first, msg("delete-draft"), *others, msg("delete-or-go-on"))
    ]
    label = turn.words(platform, language, msg("delete-yes")).text
    yes = Choice(label=label, token=calling(_COMMAND, yes_to(_COMMAND, reads)))
    await turn.show(turn.person.chat, Rich.join("\n\n", lines), buttons=((yes,),), wipe_after=WIPE_SECONDS)
