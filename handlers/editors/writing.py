"""One message to write: a question to the author, a wish with which the text goes back, a note among editors."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Prompt, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.editors.decisions import AskAuthor, SendBack
from handlers.editors.opened import Desk
from handlers.editors.reading import nothing_here
from handlers.editors.sight import visible_in_turn
from handlers.editors.view import View, load_desk
from handlers.policy import LONGEST_QUESTION
from handlers.publication.sources import forget_again
from storage.ids import StoryId
from storage.private import Private
from storage.story import Contact, Note


class KeepNote(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    text: Private[str]


async def keep_note(turn: Turn, effect: KeepNote) -> None:
    """On the desk, also of a story that is decided; its author never reads it."""
    story, editor = await visible_in_turn(turn, effect.story, lambda _story: True)
    note = Note(editor=editor.id, day=turn.tx.work.today, text=effect.text)
    details = msgspec.structs.replace(story.details, notes=(*story.details.notes, note))
    await forget_again(turn, await turn.tx.stories.amend(story, details))


def may_be_asked(view: View) -> bool:
    return view.is_open and not view.is_cut_only


def _step(
    name: str,
    how: Callable[[View], Message],
    may: Callable[[View], bool],
    done: Callable[[View], Message],
    effect: Callable[[Desk, Private[str]], object],
) -> Step[Desk, View | None]:
    def ask(_draft: Desk, view: View | None) -> Prompt:
        if view is None:
            return nothing_here()
        return Prompt(text=(how(view) if may(view) else msg("desk-is-decided"),), choices=back_row())

    def answer(draft: Desk, view: View | None, answer: Answer) -> Outcome:
        if view is None or not may(view):
            return Go("desk", draft, notice=msg("desk-has-changed")) if isinstance(answer, Wrote) else otherwise(answer)
        match answer:
            case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
                return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
            case Wrote(text=text):
                return Go("desk", draft, notice=done(view), effects=(effect(draft, text),))
        return otherwise(answer)

    return Step(name=name, load=load_desk, ask=ask, answer=answer)


def _waits(view: View) -> bool:
    return view.story.details.contact is Contact.RETURN


ASKING = _step(
    "ask",
    lambda _view: msg("desk-which-question"),
    may_be_asked,
    lambda view: msg("desk-question-waits") if _waits(view) else msg("desk-question-sent"),
    lambda draft, text: AskAuthor(story=draft.story, question=text),
)
SENDING_BACK = _step(
    "return",
    lambda _view: msg("desk-which-wish"),
    may_be_asked,
    lambda view: msg("desk-return-waits") if _waits(view) else msg("desk-returned"),
    lambda draft, text: SendBack(story=draft.story, wish=text),
)
NOTING = _step(
    "note",
    lambda _view: msg("desk-which-note"),
    lambda _view: True,
    lambda _view: msg("desk-noted"),
    lambda draft, text: KeepNote(story=draft.story, text=text),
)
