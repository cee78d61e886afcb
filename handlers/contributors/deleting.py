"""Delete everything about me."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Outcome, Picked, Prompt, Reads, Step
from bot.flows.questions import BACK, otherwise, rows
from bot.texts.fluent import msg
from handlers.contributors.own import own_stories
from handlers.contributors.withdrawal import DeleteEverything
from storage.story import Status


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


def _ask_delete(_draft: Nothing, published: int) -> Prompt:
    return Prompt(
        text=(msg("delete-sure"), msg("delete-what-stays", published=published)),
        choices=rows(("delete", msg("delete-yes")), (BACK, msg("delete-no"))),
    )


async def _load_delete(reads: Reads, _draft: Nothing) -> int:
    """How many stories of this person are published: those stay public."""
    return sum(story.status is Status.PUBLISHED for story in await own_stories(reads))


def _answer_delete(_draft: Nothing, _published: int, answer: Answer) -> Outcome:
    if answer == Picked("delete"):
        return Finish(notice=msg("deleted"), effects=(DeleteEverything(),), forget=True)
    return otherwise(answer)


DELETING = Flow(
    name="deleting",
    draft=Nothing,
    steps=(Step(name="sure", load=_load_delete, ask=_ask_delete, answer=_answer_delete),),
)


async def open_deletion(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=DELETING.name)
