"""Who takes care of a story: one editor at a time. It binds nobody, it only says whom to ask."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Step
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.card import show_card
from handlers.editors.decisions import standing
from handlers.editors.opened import Desk
from handlers.editors.view import View, load_desk
from storage.errors import Conflict
from storage.ids import EditorId, StoryId
from storage.private import Private


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """From whoever had it to whoever has it now; the first of two who claim in one moment wins."""

    story: StoryId
    was: EditorId | None
    now: EditorId | None


async def claim(turn: Turn, effect: Claim) -> None:
    story, _ = await standing(turn, effect.story)
    if story.details.claimed != effect.was:
        raise Conflict("Somebody else claimed the story in the same moment.")
    details = msgspec.structs.replace(story.details, claimed=effect.now)
    await show_card(turn, await turn.tx.stories.amend(story, details))


def _ask(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=back_row())
    if not view.is_open:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    others = [(editor.hex(), Rich.plain(name.reveal())) for editor, name in _others(view)]
    return Prompt(
        text=(msg("hand-to-whom") if others else msg("hand-to-nobody"),),
        choices=rows(*others, (BACK, msg("button-back"))),
    )


def _others(view: View) -> list[tuple[EditorId, Private[str]]]:
    return [(editor, name) for editor, name in view.names.items() if editor != view.story.details.claimed]


def _answer(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    if view is None or not view.is_open:
        return too_late(answer)
    match answer:
        case Picked(value) if value in {editor.hex() for editor, _ in _others(view)}:
            colleague = EditorId(bytes.fromhex(value))
            effect = Claim(story=draft.story, was=view.story.details.claimed, now=colleague)
            notice = msg("desk-claimed") if colleague == view.me else msg("hand-done", name=view.names[colleague])
            return Go("desk", draft, notice=notice, effects=(effect,))
    return otherwise(answer)


HANDING: Step[Desk, View | None] = Step(name="hand", load=load_desk, ask=_ask, answer=_answer)
