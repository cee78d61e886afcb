"""The dialogue as a flow of ours: twelve steps over a sealed draft that is worth keeping, as the newsroom's is; and the
news that readers get.
"""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Command,
    Enter,
    Fetch,
    Fetched,
    Finish,
    Flow,
    Gave,
    Go,
    Outcome,
    Prompt,
    Reads,
    Stay,
    Step,
    Wrote,
    nothing,
)
from bot.flows.program import JobKind, Program
from bot.flows.questions import back_row, otherwise
from bot.flows.turn import Turn
from bot.media.job import FETCH
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.policy import DRAFT_SECONDS, WIPE_SECONDS
from storage.ids import BlobId, new_id
from storage.private import Private
from tests.bench.dialogue import STEPS, THANKS, number
from tests.bench.news import KIND, News


class Told(msgspec.Struct, frozen=True, kw_only=True):
    answers: tuple[Private[str], ...] = ()
    photo: BlobId | None = None


def interview(fetch: JobKind, **_newsrooms: object) -> Program:
    """In the place of `handlers.newsroom`."""
    flow = Flow(
        name="interview",
        draft=Told,
        precious=lambda _draft: DRAFT_SECONDS,
        steps=tuple(_step(step) for step in range(1, STEPS + 1)),
    )
    return Program(
        home=flow.name,
        flows=(flow,),
        commands=(Command(name="start", run=_start),),
        effects={},
        timers={},
        standing=(),
        jobs={FETCH: fetch},
        scripts={KIND: News()},
        gone=_gone,
        wipe_after=WIPE_SECONDS,
    )


def _step(step: int) -> Step[Told, None]:
    def ask(_draft: Told, _view: None) -> Prompt:
        return Prompt(text=(Rich.plain(number(step)), msg("tell-byline-pen")), choices=back_row())

    def answer(draft: Told, _view: None, answer: Answer) -> Outcome:
        match answer:
            case Wrote(text=text):
                return _on(step, msgspec.structs.replace(draft, answers=(*draft.answers, text)))
            case Gave(file=file):
                return Stay(quiet=True, effects=(Fetch(item=new_id(), file=file),))
            case Fetched(blob=blob):
                return _on(step, msgspec.structs.replace(draft, photo=blob))
        return otherwise(answer)

    return Step(name=f"s{step}", load=nothing, ask=ask, answer=answer)


def _on(step: int, draft: Told) -> Outcome:
    return Finish(notice=Rich.plain(THANKS)) if step == STEPS else Go(f"s{step + 1}", draft)


async def _start(_reads: Reads, _payload: str) -> Outcome:
    return Enter(flow="interview")


async def _gone(_turn: Turn) -> None:
    """Nobody blocks anybody here."""
