"""How the story is to be signed: by nobody, by a pen name, by a name."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Rewrote, Stay, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from handlers.contributors.telling.collecting import meanwhile
from handlers.contributors.telling.draft import Naming, Telling
from handlers.policy import LONGEST_NAME
from storage.private import Private


def ask_name(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-name"),),
        choices=rows(
            (Naming.NOBODY, msg("tell-name-nobody")),
            (Naming.PEN_NAME, msg("tell-name-pen")),
            (Naming.NAME, msg("tell-name-own")),
        )
        + back_row(),
    )


def answer_name(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(Naming.NOBODY):
            unsigned = msgspec.structs.replace(draft, naming=Naming.NOBODY, byline=None)
            return Go(unsigned.onward, unsigned)
        case Picked(Naming.PEN_NAME | Naming.NAME as naming):
            return Go("byline", msgspec.structs.replace(draft, naming=Naming(naming), byline=None))
    return meanwhile(draft, answer)


def ask_byline(draft: Telling, _view: None) -> Prompt:
    key = "tell-byline-pen" if draft.naming is Naming.PEN_NAME else "tell-byline-own"
    return Prompt(text=(msg(key),), choices=back_row())


def answer_byline(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text):
            return _sign(draft, text)
        case Rewrote(text=text, message=message) if text.reveal() and not draft.has(message):
            return _sign(draft, text)  # a name that was too long, made shorter where it stands
    return meanwhile(draft, answer)


def _sign(draft: Telling, name: Private[str]) -> Outcome:
    if len(name.reveal()) > LONGEST_NAME or "\n" in name.reveal():
        return Stay(notice=msg("tell-byline-too-long", most=LONGEST_NAME))
    signed = msgspec.structs.replace(draft, byline=name)
    return Go(signed.onward, signed)
