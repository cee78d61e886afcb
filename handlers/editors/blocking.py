"""For some days nothing new is taken from a story's author. Nobody sees whose account that is.

No story shows that its author is blocked, and the trail notes the block without a story: else editors could tell which
stories are one person's.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Reads, Step
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.editors.opened import Desk
from handlers.editors.sight import visible, visible_in_turn
from handlers.policy import BLOCK_DAYS
from storage.errors import Conflict
from storage.ids import StoryId


class Block(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    days: int


async def _load(reads: Reads, draft: Desk) -> bool:
    """Whether its author's account is known still."""
    found = await visible(reads.tx, reads.who, draft.story)
    return found is not None and await reads.tx.stories.routes.account(draft.story) is not None


def _ask(_draft: Desk, is_known: bool) -> Prompt:
    if not is_known:
        return Prompt(text=(msg("block-nobody"),), choices=back_row())
    terms = rows(*((f"block-{days}", msg("block-for", days=days)) for days in BLOCK_DAYS))
    return Prompt(
        text=(msg("block-how"), msg("block-unseen")), choices=weighty(terms, "block") + rows((BACK, msg("block-no")))
    )


def _answer(draft: Desk, is_known: bool, answer: Answer) -> Outcome:
    if not is_known:
        return too_late(answer)
    match answer:
        case Picked(value) if value in [f"block-{days}" for days in BLOCK_DAYS]:
            days = int(value.removeprefix("block-"))
            return Go(
                "desk", draft, notice=msg("block-done", days=days), effects=(Block(story=draft.story, days=days),)
            )
    return otherwise(answer)


BLOCKING: Step[Desk, bool] = Step(name="block", load=_load, ask=_ask, answer=_answer)


async def block(turn: Turn, effect: Block) -> None:
    story, _ = await visible_in_turn(turn, effect.story, lambda _: True)
    account = await turn.tx.stories.routes.account(story.id)
    if account is None:
        raise Conflict("The way to its author was lost in the same moment.")
    await turn.tx.blocks.put(account, turn.tx.work.today + timedelta(days=effect.days))
    await note(turn, Action.BLOCKED)
