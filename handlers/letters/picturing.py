"""A newsletter's pictures: any number of messages, each rebuilt as the photos of stories are."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Bubble, Fetch, Gave, Go, Outcome, Picked, Prompt, Stay, Step
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from bot.types import FileKind
from handlers.letters.opened import Arriving, Open
from handlers.letters.view import View, change, decided, load, meanwhile
from handlers.policy import LETTER_PICTURES, LONGEST_DESCRIPTION
from handlers.publication.page import caption_of, media_of
from storage.ids import new_id
from storage.letter import Letter


def _ask(draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return decided()
    count = len(view.draft.details.pictures)
    words = [msg("letter-pictures", count=count)] if count else []
    if draft.arriving:
        words.append(msg("letter-pictures-arriving", count=len(draft.arriving)))
    ways = rows(("look", msg("letter-pictures-look")), ("undo", msg("letter-pictures-undo"))) if count else ()
    return Prompt(text=(*words, msg("letter-pictures-how")), choices=ways + back_row(), follow=True)


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.draft if view is not None else None
    if letter is None:
        return meanwhile(draft, view, answer, waits=True)
    match answer:
        case Gave():
            return _bring_in(draft, letter, answer)
        case Picked("look") if letter.details.pictures:
            return Go("look", draft)
        case Picked("undo") if letter.details.pictures:
            *kept, last = letter.details.pictures
            details = msgspec.structs.replace(letter.details, pictures=tuple(kept))
            return Stay(effects=(change(letter, details, drops=(last.blob,)),))
    return meanwhile(draft, view, answer, waits=True)


def _bring_in(draft: Open, letter: Letter, gave: Gave) -> Outcome:
    if gave.file.kind is not FileKind.PHOTO:
        return Stay(notice=msg("letter-pictures-only"))
    if len(letter.details.pictures) + len(draft.arriving) >= LETTER_PICTURES:
        return Stay(notice=msg("letter-pictures-too-many", most=LETTER_PICTURES))
    if len(gave.caption.reveal()) > LONGEST_DESCRIPTION:
        return Stay(notice=msg("tell-describe-too-long", most=LONGEST_DESCRIPTION))
    here = Arriving(item=new_id(), caption=gave.caption)
    waits = msgspec.structs.replace(draft, arriving=(*draft.arriving, here))
    return Stay(draft=waits, effects=(Fetch(item=here.item, file=gave.file),))


def _ask_look(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.letter is None:
        return decided()
    shown = tuple(map(media_of, view.letter.details.pictures))
    bubbles = tuple(Bubble(text=caption_of(one), media=one) for one in shown)
    return Prompt(before=bubbles, text=(msg("letter-pictures", count=len(shown)),), choices=back_row())


def _answer_look(draft: Open, view: View | None, answer: Answer) -> Outcome:
    return meanwhile(draft, view, answer)


PICTURES: Step[Open, View | None] = Step(name="pictures", load=load, ask=_ask, answer=_answer)
LOOK: Step[Open, View | None] = Step(name="look", load=load, ask=_ask_look, answer=_answer_look)
