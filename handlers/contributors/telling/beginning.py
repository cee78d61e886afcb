"""How a story begins: with words that were written unasked, with the honest warning, with a questionnaire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import msgspec

from bot.flows.flow import Answer, Bubble, Finish, Gave, Go, Outcome, Picked, Prompt, Stay, Wrote
from bot.flows.questions import BACK, back_row, rows
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich, bold
from handlers.contributors.telling.collecting import collect, meanwhile, so_far
from handlers.contributors.telling.draft import Telling, abandoned
from handlers.contributors.wiping import WipeChat
from handlers.deadlines import out_of_backups
from handlers.questionnaires.questionnaire import Questionnaire

Choice = tuple[Questionnaire, ...]


@dataclass(frozen=True, kw_only=True)
class Opening:
    choice: Choice
    refusal: Message | None
    """why this account can't tell a story now"""
    wait: Message | None
    """for how long it is to wait, because too many stories come"""


# ── written at home, before anything was pressed ─────────────────────────────────────────────────────────────────
def ask_begun(draft: Telling, _today: date) -> Prompt:
    return Prompt(
        text=(msg("tell-begun"), msg("tell-so-far", characters=draft.length), *so_far(draft.parts)),
        choices=rows(("keep", msg("tell-begun-keep")), ("discard", msg("tell-begun-discard"))),
        follow=True,
    )


def answer_begun(draft: Telling, today: date, answer: Answer) -> Outcome:
    match answer:
        case Picked("keep"):
            return Go("safety", draft)
        case Picked("discard"):
            return discarded(draft, today)
        case Wrote() | Gave():
            return collect(draft, answer)
    return meanwhile(draft, answer)


def discarded(draft: Telling, today: date) -> Finish:
    """The chat is wiped as well: what was written is to be nowhere."""
    said = msg("tell-discarded", until=out_of_backups(today))
    return Finish(notice=said, effects=(*abandoned(draft), WipeChat()))


# ── the risk ─────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_safety(draft: Telling, opening: Opening) -> Prompt:
    if (limit := opening.refusal or opening.wait) is not None:
        again = rows(("again", msg("limit-again"))) if opening.wait else ()
        return Prompt(text=(limit, *((msg("limit-draft"),) if draft.parts else ())), choices=again + back_row())
    return Prompt(
        before=(Bubble(text=msg("tell-safety-editors")),),
        text=(msg("tell-safety-platform"), msg("tell-hidden-data"), msg("tell-rolling-offer")),
        choices=rows(("begin", msg("tell-begin")), ("begin-rolling", msg("tell-begin-rolling"))) + back_row(),
    )


def answer_safety(draft: Telling, opening: Opening, answer: Answer) -> Outcome:
    match answer:
        case Wrote() | Gave() if opening.refusal is not None:
            return Stay()
        case Picked("again"):
            return Stay()
        case Picked("begin"):
            return Go(_onward(draft, opening.choice), draft)
        case Picked("begin-rolling"):
            rolling = msgspec.structs.replace(draft, rolls=True)
            return Go(_onward(draft, opening.choice), rolling, notice=msg("tell-rolls"))
        case Picked(value) if value == BACK and draft.parts:  # what is written is not thrown away by going back
            return Go("begun", draft)
        case Wrote() | Gave():
            kept = collect(draft, answer)
            return kept if kept.draft is None else replace(kept, notice=msg("tell-is-kept"))
    return meanwhile(draft, answer)


def _onward(draft: Telling, choice: Choice) -> str:
    """Who has told something without being asked needs no questions."""
    return "question" if draft.parts or len(choice) == 1 else "which"


# ── by which questions ───────────────────────────────────────────────────────────────────────────────────────────
def ask_which(_draft: Telling, choice: Choice) -> Prompt:
    lines = tuple(bold(one.title) + f"\n{one.about}" for one in choice)
    options = rows(*((one.name, Rich.plain(one.title)) for one in choice))
    return Prompt(text=(msg("tell-which"), *lines), choices=options + back_row())


def answer_which(draft: Telling, choice: Choice, answer: Answer) -> Outcome:
    match answer:
        case Picked(name) if any(one.name == name for one in choice):
            return Go("question", msgspec.structs.replace(draft, questionnaire=name, at=""))
        case Wrote() | Gave():  # who begins to write has chosen
            return _on_with(collect(draft, answer))
    return meanwhile(draft, answer)


def _on_with(kept: Stay[Telling]) -> Outcome:
    return kept if kept.draft is None else Go("question", kept.draft, effects=kept.effects)
