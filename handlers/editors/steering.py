"""A broadcast under way, in an editor's private chat: how it goes, and pause, resume, cancel."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Audience, Enter, Flow, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.auditing import Action, note
from handlers.broadcasting.lines import progress_lines
from handlers.broadcasting.progress import follow, show_progress
from handlers.broadcasting.titles import WITHDRAWALS, said_as, title_of
from handlers.editors.roles import Deed, may
from handlers.policy import EDITOR_WIPE_SECONDS
from storage.broadcast import State
from storage.ids import BroadcastId
from storage.role import Role

STEERING_NAME = "steering"
_BY_EDITOR = "editor"


class Steered(msgspec.Struct, frozen=True, kw_only=True):
    broadcast: BroadcastId = BroadcastId(b"")


class PauseBroadcast(msgspec.Struct, frozen=True, kw_only=True):
    broadcast: BroadcastId


class ResumeBroadcast(msgspec.Struct, frozen=True, kw_only=True):
    broadcast: BroadcastId


class CancelBroadcast(msgspec.Struct, frozen=True, kw_only=True):
    broadcast: BroadcastId


@dataclass(frozen=True, kw_only=True)
class View:
    kind: str
    state: State
    lines: tuple[Words, ...]
    role: Role
    """mine"""


async def _load(reads: Reads, draft: Steered) -> View | None:
    """None for what is no more, and for whoever may not see it: the same answer for both."""
    broadcast, editor = await reads.tx.broadcasts.find(draft.broadcast), reads.who.editor
    title = None if broadcast is None else await title_of(reads.tx, broadcast)
    if broadcast is None or title is None or editor is None:
        return None
    if title.origin is not None and title.origin not in reads.who.origins:
        return None
    lines = await progress_lines(reads.tx, broadcast)
    return View(kind=broadcast.kind, state=broadcast.state, lines=(title.words, *lines), role=editor.role)


def _offers(view: View) -> tuple[tuple[str, Message], ...]:
    if not may(view.role, Deed.BROADCAST) or view.state not in (State.RUNNING, State.PAUSED):
        return ()
    go = ("pause", msg("broadcast-pause")) if view.state is State.RUNNING else ("resume", msg("broadcast-resume"))
    if view.kind in WITHDRAWALS:  # two persons have wanted it, or its author: nobody undoes it alone
        return (go,)
    return (go, ("cancel", msg("broadcast-cancel", kind=said_as(view.kind))))


def _may_cancel(view: View) -> bool:
    return "cancel" in {value for value, _ in _offers(view)}


def _ask(_draft: Steered, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("broadcast-is-gone"),), choices=back_row())
    again = (("again", msg("broadcast-again")),) if view.state is State.RUNNING else ()
    return Prompt(text=view.lines, choices=rows(*_offers(view), *again) + back_row())


def _answer(draft: Steered, view: View | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    offered = {value for value, _ in _offers(view)}
    match answer:
        case Picked("again"):
            return Stay()
        case Picked("pause") if "pause" in offered:
            return Stay(effects=(PauseBroadcast(broadcast=draft.broadcast),))
        case Picked("resume") if "resume" in offered:
            return Stay(effects=(ResumeBroadcast(broadcast=draft.broadcast),))
        case Picked("cancel") if "cancel" in offered:
            return Go("cancel", draft)
        case Picked(value) if value != BACK:
            return Stay(notice=msg("broadcast-has-changed"))
    return otherwise(answer)


def _ask_cancel(_draft: Steered, view: View | None) -> Prompt:
    if view is None or not _may_cancel(view):
        return Prompt(text=(msg("broadcast-has-changed"),), choices=back_row())
    sure = rows(("yes", msg("broadcast-cancel", kind=said_as(view.kind))), (BACK, msg("broadcast-cancel-no")))
    return Prompt(text=(msg("broadcast-cancel-sure", kind=said_as(view.kind)),), choices=weighty(sure, "yes"))


def _answer_cancel(draft: Steered, view: View | None, answer: Answer) -> Outcome:
    if view is None or not _may_cancel(view):
        return too_late(answer)
    if answer == Picked("yes"):
        return Go(STEERING_NAME, draft, effects=(CancelBroadcast(broadcast=draft.broadcast),))
    return otherwise(answer)


STEERING: Flow[Steered] = Flow(
    name=STEERING_NAME,
    draft=Steered,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    steps=(
        Step(name=STEERING_NAME, load=_load, ask=_ask, answer=_answer),
        Step(name="cancel", load=_load, ask=_ask_cancel, answer=_answer_cancel),
    ),
)


def to_steering(broadcast: BroadcastId) -> Enter:
    return Enter(flow=STEERING_NAME, draft=Steered(broadcast=broadcast))


async def pause(turn: Turn, effect: PauseBroadcast) -> None:
    """Of two editors who press in one moment the second changes nothing, and sees what the first has done."""
    if await turn.tx.broadcasts.pause(effect.broadcast, _BY_EDITOR):
        await _changed(turn, effect.broadcast, Action.BROADCAST_PAUSED)


async def resume(turn: Turn, effect: ResumeBroadcast) -> None:
    if await turn.tx.broadcasts.resume(effect.broadcast):
        turn.post.go_on(turn.tx)
        await _changed(turn, effect.broadcast, Action.BROADCAST_RESUMED)
        await follow(turn, effect.broadcast)


async def cancel(turn: Turn, effect: CancelBroadcast) -> None:
    if await turn.tx.broadcasts.cancel(effect.broadcast, _BY_EDITOR):
        turn.post.go_on(turn.tx)
        await _changed(turn, effect.broadcast, Action.BROADCAST_CANCELLED)


async def _changed(turn: Turn, broadcast: BroadcastId, action: Action) -> None:
    await note(turn, action)
    await show_progress(turn, broadcast)
