"""All that is kept about me, as a file: says first what will be in it and who can read it, also over a draft."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Outcome, Picked, Prompt, Reads, Stay, Step, nothing
from bot.flows.questions import BACK, otherwise, rows, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from bot.types import Choice, calling
from handlers.own_data.giving import GiveData
from handlers.policy import OWN_DATA_SECONDS
from handlers.yes import yes_to

_COMMAND = "data"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


class OfferData(msgspec.Struct, frozen=True, kw_only=True):
    """Beside a draft, which stays as it is."""


def _ask(_draft: Asking, _view: None) -> Prompt:
    yes = rows(("give", msg("data-yes")), (BACK, msg("data-no")))
    return Prompt(text=(msg("data-about"), msg("data-warning")), choices=weighty(yes, "give"))


def _answer(_draft: Asking, _view: None, answer: Answer) -> Outcome:
    if answer == Picked("give"):
        return Finish(notice=msg("data-begun"), effects=(GiveData(),))
    return otherwise(answer)


DATA = Flow(name="own-data", draft=Asking, steps=(Step(name="sure", load=nothing, ask=_ask, answer=_answer),))


async def open_data(reads: Reads, argument: str) -> Outcome:
    if argument == yes_to(_COMMAND, reads):
        return Stay(notice=msg("data-begun"), effects=(GiveData(),))
    if reads.has_begun:
        return Stay(effects=(OfferData(),), quiet=True)
    return Enter(flow=DATA.name)


async def offer_data(turn: Turn, _effect: OfferData) -> None:
    who = turn.person
    lines = [
        turn.words(who.chat.platform, who.language, msg(line))
        for line in ("data-about", "data-warning", "data-or-go-on")
    ]
    label = turn.words(who.chat.platform, who.language, msg("data-yes")).text
    token = calling(_COMMAND, yes_to(_COMMAND, Reads(tx=turn.tx, who=who)))
    yes = Choice(label=label, token=token)
    await turn.show(who.chat, Rich.join("\n\n", lines), buttons=((yes,),), wipe_after=OWN_DATA_SECONDS)
