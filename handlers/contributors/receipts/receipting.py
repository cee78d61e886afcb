"""Getting a receipt: what it is for, the seven words, two of them asked back. It is valid only after that."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Finish, Flow, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.contributors.own import own_story
from handlers.contributors.receipts.issuing import Issue
from handlers.policy import RECEIPT_SECONDS
from storage.ids import StoryId
from storage.private import Private
from storage.vault.receipts import LENGTH, draw
from storage.vault.words import recognised, typed_words

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


class Receipting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    words: Private[tuple[str, ...]] = Private(())
    """drawn once"""
    asked: tuple[int, int] = (0, 1)
    """which two are asked back; counted from 0"""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What is taken when the words are first shown: chance belongs to what is loaded, not to an answer."""

    words: Private[tuple[str, ...]]
    asked: tuple[int, int]


def two_places() -> tuple[int, int]:
    first, second = sorted(secrets.SystemRandom().sample(range(LENGTH), 2))
    return first, second


# ── what it is for ───────────────────────────────────────────────────────────────────────────────────────────────
async def _load_about(reads: Reads, draft: Receipting) -> Drawn | None:
    if await own_story(reads, draft.story) is None:
        return None
    return Drawn(words=Private(draw().reveal()), asked=two_places())


def _ask_about(_draft: Receipting, drawn: Drawn | None) -> Prompt:
    if drawn is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    return Prompt(
        text=(msg("receipt-about"), msg("receipt-about-others"), msg("receipt-about-before")),
        choices=rows(("show", msg("receipt-show"))) + back_row(),
        follow=True,
    )


def _answer_about(draft: Receipting, drawn: Drawn | None, answer: Answer) -> Outcome:
    if drawn is None:
        return too_late(answer)
    if answer == Picked("show"):
        if draft.words.reveal():
            return Go("words", draft)
        return Go("words", msgspec.structs.replace(draft, words=drawn.words, asked=drawn.asked))
    return otherwise(answer)


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_whether_there(reads: Reads, draft: Receipting) -> bool:
    return await own_story(reads, draft.story) is not None


def _ask_words(draft: Receipting, is_there: bool) -> Prompt:
    if not is_there:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    lines = "\n".join(f"{number} — {word}" for number, word in enumerate(draft.words.reveal(), 1))
    return Prompt(
        text=(msg("receipt-words"), Rich.plain(lines), msg("receipt-words-how")),
        choices=rows(("written", msg("receipt-written"))) + back_row(),
        follow=True,
    )


def _answer_words(draft: Receipting, is_there: bool, answer: Answer) -> Outcome:
    if not is_there:
        return too_late(answer)
    if answer == Picked("written"):
        return Go("check", draft)
    return otherwise(answer)


# ── two of them asked back ───────────────────────────────────────────────────────────────────────────────────────
def _ask_check(draft: Receipting, is_there: bool) -> Prompt:
    """It moves below, so the words are not on the screen any more."""
    if not is_there:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    first, second = (_PLACES[place] for place in draft.asked)
    return Prompt(
        text=(msg("receipt-check", first=first, second=second),),
        choices=rows(("again", msg("receipt-show-again"))),
        follow=True,
    )


def _answer_check(draft: Receipting, is_there: bool, answer: Answer) -> Outcome:
    if not is_there:
        return too_late(answer)
    match answer:
        case Picked("again"):
            return Go("words", draft)
        case Wrote(text=text) if _are_those(draft, text):
            effect = Issue(story=draft.story, words=draft.words)
            return Finish(notice=msg("receipt-done"), effects=(effect,))
        case Wrote():
            return Stay(notice=msg("receipt-check-wrong"))
    return otherwise(answer)


def _are_those(draft: Receipting, text: Private[str]) -> bool:
    """With a slip of the finger in each, with numbers, or with other words around them."""
    wanted = [draft.words.reveal()[place] for place in draft.asked]
    return [word for word in map(recognised, typed_words(text.reveal())) if word in wanted] == wanted


RECEIPTING = Flow(
    name="receipting",
    draft=Receipting,
    steps=(
        Step(name="about", load=_load_about, ask=_ask_about, answer=_answer_about),
        Step(name="words", load=_load_whether_there, ask=_ask_words, answer=_answer_words),
        Step(name="check", load=_load_whether_there, ask=_ask_check, answer=_answer_check),
    ),
    precious=lambda _draft: RECEIPT_SECONDS,
    wipe_after=RECEIPT_SECONDS,
    protect=True,
)
