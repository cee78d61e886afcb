"""Reading what the author sent and said: the text, the photos, all questions and answers. Recordings: `pairing.py`."""

from __future__ import annotations

from bot.flows.flow import Answer, Bubble, Outcome, Prompt, Step
from bot.flows.questions import back_row, otherwise
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.facts import exchange, notes
from handlers.editors.opened import Desk
from handlers.editors.view import View, load_desk
from handlers.publication.page import media_of


def nothing_here() -> Prompt:
    """Of every step of the desk, when the story is gone or the editor may not see it."""
    return Prompt(text=(msg("desk-no-story"),), choices=back_row())


def _ask_text(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    photos = tuple(Bubble(text=Rich(), media=photo) for photo in view.page.photos)
    text = Bubble(text=view.page.text)
    return Prompt(before=(text, *photos), text=(msg("desk-read-end"),), choices=back_row())


def _ask_photos(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    photos = tuple(
        Bubble(text=Rich.plain(one.caption.reveal()), media=media_of(one)) for one in view.story.details.photos
    )
    return Prompt(before=photos, text=(msg("desk-photos-end"),), choices=back_row())


def _ask_exchange(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    said = (*exchange(view.questions), *notes(view))
    return Prompt(text=said or (msg("desk-nothing-said"),), choices=back_row())


def _answer(_draft: Desk, _view: View | None, answer: Answer) -> Outcome:
    return otherwise(answer)


READING: Step[Desk, View | None] = Step(name="read", load=load_desk, ask=_ask_text, answer=_answer)
PHOTOS: Step[Desk, View | None] = Step(name="photos", load=load_desk, ask=_ask_photos, answer=_answer)
EXCHANGE: Step[Desk, View | None] = Step(name="exchange", load=load_desk, ask=_ask_exchange, answer=_answer)
