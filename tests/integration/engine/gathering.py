"""A story told at once, in any order: texts, album, video, voice message. When all is there, it is shown back."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Bubble,
    Command,
    Enter,
    Fetch,
    Fetched,
    Flow,
    Gave,
    Outcome,
    Prompt,
    Reads,
    Stay,
    Step,
    Wrote,
    nothing,
)
from bot.flows.program import JobKind, Program
from bot.flows.turn import Turn
from bot.media.job import FETCH
from bot.texts.rich import Rich
from bot.types import FileKind, Media
from handlers.policy import DRAFT_SECONDS, WIPE_SECONDS
from storage.ids import BlobId, new_id
from storage.private import Private
from tests.bench.dialogue import THANKS
from tests.bench.story import FILES, TEXTS


class Keep(msgspec.Struct, frozen=True, kw_only=True):
    file: BlobId


class Given(msgspec.Struct, frozen=True, kw_only=True):
    item: bytes
    kind: FileKind
    caption: Private[str]
    blob: BlobId | None = None
    size: int = 0


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    texts: tuple[Private[str], ...] = ()
    files: tuple[Given, ...] = ()

    @property
    def is_whole(self) -> bool:
        return len(self.texts) == TEXTS and sum(file.blob is not None for file in self.files) == FILES


def ask(draft: Gathered, _view: None) -> Prompt:
    if not draft.is_whole:
        return Prompt(text=(Rich.plain(f"{len(draft.texts)} + {len(draft.files)}"),), follow=True)
    shown = tuple(
        Bubble(text=Rich.plain(file.caption.reveal()), media=Media(kind=file.kind, blob=file.blob, size=file.size))
        for file in draft.files
        if file.blob is not None
    )
    return Prompt(text=(Rich.plain(THANKS),), before=shown)


def answer(draft: Gathered, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text):
            return Stay(draft=msgspec.structs.replace(draft, texts=(*draft.texts, text)))
        case Gave(file=file, caption=caption):
            given = Given(item=new_id(), kind=file.kind, caption=caption)
            grown = msgspec.structs.replace(draft, files=(*draft.files, given))
            return Stay(draft=grown, effects=(Fetch(item=given.item, file=file),))
        case Fetched(item=item, blob=blob, size=size) if blob is not None:
            files = tuple(
                msgspec.structs.replace(file, blob=blob, size=size) if file.item == item else file
                for file in draft.files
            )
            whole = msgspec.structs.replace(draft, files=files)
            return Stay(draft=whole, effects=(Keep(file=blob),), quiet=not whole.is_whole)
        case Fetched(problem=problem):
            return Stay(notice=problem)
    return Stay(notice=Rich.plain("That was not expected."))


async def keep(turn: Turn, effect: Keep) -> None:
    await turn.tx.blobs.keep([effect.file])


async def begin(_reads: Reads, _payload: str) -> Outcome:
    return Enter(flow=GATHERING.name)


GATHERING = Flow(
    name="gathering",
    draft=Gathered,
    precious=lambda _draft: DRAFT_SECONDS,
    steps=(Step(name="all", load=nothing, ask=ask, answer=answer),),
)


def gathering(fetch: JobKind) -> Program:
    """In the place of `handlers.newsroom`."""
    return Program(
        home=GATHERING.name,
        flows=(GATHERING,),
        commands=(Command(name="story", run=begin),),
        effects={Keep: keep},
        timers={},
        standing=(),
        jobs={FETCH: fetch},
        gone=_gone,
        wipe_after=WIPE_SECONDS,
    )


async def _gone(_turn: Turn) -> None:
    """Nobody blocks anybody here."""
