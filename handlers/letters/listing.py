"""The newsletters that this editor may see, and the beginning of a new one."""

from __future__ import annotations

from bot.flows.flow import Answer, Enter, Go, Outcome, Picked, Prompt, Stay, Step, Words, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.letters.card import standing
from handlers.letters.changing import CreateLetter
from handlers.letters.opened import LETTERS_NAME, Open
from handlers.letters.view import View, gone, load, load_list, meanwhile
from handlers.policy import LONGEST_NAME
from storage.ids import LetterId, new_id

MOST_SHOWN = 12


def _ask_list(_draft: Open, view: View | None) -> Prompt:
    if view is None:
        return gone()
    shown = view.letters[:MOST_SHOWN]
    lines: list[Words] = [msg("letter-line", title=one.details.title, state=view.say(standing(one))) for one in shown]
    letters = rows(*((f"letter-{one.id.hex()}", Rich.plain(one.details.title.reveal())) for one in shown))
    ways = rows(("new", msg("letters-new")), ("templates", msg("letters-templates")))
    return Prompt(text=(msg("letters-are", count=len(view.letters)), *lines), choices=letters + ways + back_row())


def _answer_list(draft: Open, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("new" | "templates" as step) if view is not None:
            return Go(step, Open())
        case Picked(value) if view is not None and value.startswith("letter-"):
            return Go("letter", Open(letter=LetterId(bytes.fromhex(value.removeprefix("letter-")))))
    return meanwhile(draft, view, answer)


def _ask_new(_draft: Open, _view: View | None) -> Prompt:
    return Prompt(text=(msg("letter-which-title"),), choices=back_row())


def _answer_new(draft: Open, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_NAME:
            return Stay(notice=msg("letter-title-too-long", most=LONGEST_NAME))
        case Wrote(text=text):
            letter = LetterId(new_id())
            effect = CreateLetter(letter=letter, title=text)
            return Go("letter", Open(letter=letter), effects=(effect,))
    return meanwhile(draft, view, answer)


async def open_letters(_reads: object, _argument: str) -> Outcome:
    return Enter(flow=LETTERS_NAME)


LIST: Step[Open, View | None] = Step(name="list", load=load_list, ask=_ask_list, answer=_answer_list)
NEW: Step[Open, View | None] = Step(name="new", load=load, ask=_ask_new, answer=_answer_new)
