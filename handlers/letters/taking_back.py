"""Taking a newsletter back: what that does and what it can't do is said before."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Step, Words
from bot.flows.questions import BACK, back_row, rows, weighty
from bot.texts.fluent import msg
from handlers.letters.card import standing
from handlers.letters.opened import Open
from handlers.letters.retracting import RetractLetter, is_enough
from handlers.letters.view import View, gone, load, meanwhile


def _ask(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.letter is None:
        return gone()
    if view.sent is None:
        return Prompt(text=(standing(view.letter),), choices=back_row())
    words: list[Words] = [msg("letter-retract-sure")]
    if not is_enough(view.sent, view.me):
        words.append(msg("retract-needs-two"))
    sure = rows(("yes", msg("letter-retract")), (BACK, msg("letter-retract-no")))
    return Prompt(text=tuple(words), choices=weighty(sure, "yes"))


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.sent if view is not None else None
    match answer:
        case Picked("yes") if view is not None and letter is not None:
            done = is_enough(letter, view.me)
            notice = msg("letter-retracted" if done else "retract-counted")
            return Go("letter", draft, notice=notice, effects=(RetractLetter(letter=letter.id, enough=done),))
    return meanwhile(draft, view, answer)


RETRACT: Step[Open, View | None] = Step(name="retract", load=load, ask=_ask, answer=_answer)
