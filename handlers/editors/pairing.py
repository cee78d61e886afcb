"""The desk's steps for what takes two persons: asking for it, agreeing, and what is open to them then."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.flow import Answer, Bubble, Enter, Finish, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.colleagues import Names, names
from handlers.editors.opened import QUEUE_NAME, Desk
from handlers.editors.pair_lines import pair_of
from handlers.editors.pairs import Agree, AskSecond, DropPair, OpenOriginals, can_be, is_open_to
from handlers.editors.reading import nothing_here
from handlers.editors.sight import seen
from handlers.publication.page import media_of
from handlers.publication.times import moment_of
from storage.ids import EditorId
from storage.private import Private
from storage.story import Pair, PairKind, Story

_SHOWN = "originals-shown"


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    pair: Pair | None
    me: EditorId
    names: Names
    can_be: bool

    @property
    def is_open(self) -> bool:
        return is_open_to(self.pair, self.me)

    def name(self, editor: EditorId) -> Private[str] | None:
        return self.names.get(editor)


def _pair_step(kind: PairKind) -> Step[Desk, View | None]:
    async def load(reads: Reads, draft: Desk) -> View | None:
        found = await seen(reads.tx, reads.who, draft.story)
        if found is None:
            return None
        story, editor = found
        return View(
            story=story,
            pair=pair_of(story, kind, reads.tx.now),
            me=editor.id,
            names=await names(reads.tx, reads.who.chat.platform),
            can_be=can_be(story, kind),
        )

    def ask(_draft: Desk, view: View | None) -> Prompt:
        if view is None:
            return nothing_here()
        if not view.can_be:
            return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
        said, options = _standing(kind, view)
        return Prompt(text=(said,), choices=weighty(rows(*options, (BACK, msg("button-back"))), "agree"))

    def answer(draft: Desk, view: View | None, answer: Answer) -> Outcome:
        if view is None or not view.can_be:
            return too_late(answer)
        match answer:
            case Picked(value) if value in {offered for offered, _ in _standing(kind, view)[1]}:
                return _act(kind, draft, view, value)
            case Picked(value) if value != BACK:
                return Stay(notice=msg("desk-has-changed"))
        return otherwise(answer)

    return Step(name=kind.value, load=load, ask=ask, answer=answer)


def _standing(kind: PairKind, view: View) -> tuple[Words, list[tuple[str, Words]]]:
    """What is said, and what can be done."""
    pair = view.pair
    if pair is None:
        return msg(f"pair-{kind}"), [("ask", msg("pair-ask"))]
    if pair.second is not None:
        return _agreed(kind, view, pair)
    if pair.first == view.me:
        return msg("pair-waits"), [("drop", msg("pair-drop"))]
    name = view.name(pair.first)
    said = msg(f"pair-{kind}-former") if name is None else msg(f"pair-{kind}-asked", name=name)
    return said, [(f"agree-{pair.first.hex()}", msg(f"pair-{kind}-agree")), ("drop", msg("pair-refuse"))]


def _agreed(kind: PairKind, view: View, pair: Pair) -> tuple[Words, list[tuple[str, Words]]]:
    """By two, for a day; a story that two want destroyed is gone by then."""
    if kind is PairKind.EXPORT:
        said = msg("pair-export-agreed", alias=view.story.details.alias, until=moment_of(pair.until))
        return said, [("drop", msg("pair-export-close"))]
    if view.is_open:
        return msg("pair-is-open"), [("open", msg("pair-open")), ("drop", msg("pair-close"))]
    return msg("pair-is-open-to-others"), []


def _act(kind: PairKind, draft: Desk, view: View, value: str) -> Outcome:
    if value == "open":
        return Go(_SHOWN, draft, effects=(OpenOriginals(story=draft.story),))
    if value == "ask":
        return Stay(notice=msg("pair-is-asked"), effects=(AskSecond(story=draft.story, kind=kind),))
    if value == "drop" or view.pair is None:
        is_agreed = view.pair is not None and view.pair.second is not None
        done = msg(f"pair-{kind}-over") if is_agreed else msg("pair-dropped")
        return Stay(notice=done, effects=(DropPair(story=draft.story, kind=kind),))
    effect = Agree(story=draft.story, kind=kind, by=view.pair.first)
    if kind is not PairKind.DELETION:
        return Stay(effects=(effect,))
    if draft.looking is not None:
        return Enter(flow=QUEUE_NAME, draft=draft.looking, notice=msg("pair-destroyed"), effects=(effect,))
    return Finish(notice=msg("pair-destroyed"), effects=(effect,))


def _ask_shown(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    if not view.is_open:
        return Prompt(text=(msg("pair-originals-over"),), choices=back_row())
    files = tuple(
        Bubble(text=Rich.plain(one.caption.reveal()), media=media_of(one)) for one in view.story.details.recordings
    )
    return Prompt(before=files, text=(msg("pair-shown"),), choices=back_row())


def _answer_shown(_draft: Desk, _view: View | None, answer: Answer) -> Outcome:
    return otherwise(answer)


ORIGINALS = _pair_step(PairKind.ORIGINALS)
EXPORTING = _pair_step(PairKind.EXPORT)
DESTROYING = _pair_step(PairKind.DELETION)
SHOWN: Step[Desk, View | None] = Step(name=_SHOWN, load=ORIGINALS.load, ask=_ask_shown, answer=_answer_shown)
