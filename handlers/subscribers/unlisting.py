"""Who leaves is asked whether we may remember that they don't want to come back by somebody's list.

That is offered, not kept in silence: whoever is forgotten entirely can be imported again, and has to know both.
"""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Finish, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from bot.types import Choice, calling
from handlers.policy import WIPE_SECONDS
from handlers.subscribers.subscription import Leave
from handlers.subscribers.view import Reading, View, load_view

UNLIST_COMMAND = "unlist"


class OfferUnlisting(msgspec.Struct, frozen=True, kw_only=True):
    """To who has just left, beside whatever goes on in this chat."""


class Unlist(msgspec.Struct, frozen=True, kw_only=True):
    """The person whose turn it is does not want to be added from any list."""


class Relist(msgspec.Struct, frozen=True, kw_only=True):
    """They take that back."""


# ── in the reader's menu ─────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Reading, view: View) -> Prompt:
    if view.is_unlisted:
        return Prompt(text=(msg("unlisted"),), choices=back_row())
    choices = rows(("unlist", msg("unlist-yes")), (BACK, msg("unlist-no")))
    return Prompt(text=(msg("reader-left"), *_offer()), choices=choices)


def _answer(_draft: Reading, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("unlist") if not view.is_unlisted:
            return Finish(notice=msg("unlist-done"), effects=(Unlist(),))
        case Picked(value) if value == BACK:
            return Finish()
    return otherwise(answer)


LEFT_STEP = Step(name="left", load=load_view, ask=_ask, answer=_answer)


def _offer() -> tuple[Words, ...]:
    return msg("unlist-why"), msg("unlist-what")


# ── under a story ────────────────────────────────────────────────────────────────────────────────────────────────
async def leave_now(reads: Reads, _argument: str) -> Outcome:
    """The button under every story, whatever else goes on in the chat."""
    if await reads.tx.suppressions.has(reads.who.person):
        return Stay(notice=msg("reader-left-unlisted"), effects=(Leave(),))
    return Stay(effects=(Leave(), OfferUnlisting()), quiet=True)


async def offer_unlisting(turn: Turn, _effect: OfferUnlisting) -> None:
    who = turn.person
    lines = [turn.words(who.chat.platform, who.language, line) for line in (msg("reader-left"), *_offer())]
    label = turn.words(who.chat.platform, who.language, msg("unlist-yes")).text
    yes = Choice(label=label, token=calling(UNLIST_COMMAND))
    await turn.show(who.chat, Rich.join("\n\n", lines), buttons=((yes,),), wipe_after=WIPE_SECONDS)


async def unlist_now(_reads: Reads, _argument: str) -> Outcome:
    return Stay(notice=msg("unlist-done"), effects=(Unlist(),))


# ── carried out ──────────────────────────────────────────────────────────────────────────────────────────────────
async def unlist(turn: Turn, _effect: Unlist) -> None:
    await turn.tx.suppressions.add(turn.person.person)


async def relist(turn: Turn, _effect: Relist) -> None:
    await turn.tx.suppressions.lift(turn.person.person)
