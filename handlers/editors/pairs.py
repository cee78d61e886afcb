"""What two persons do together or not at all: open voice and video as the author sent them, take a cold story off the
server, destroy a story for good.

One asks, the card says so, and another person agrees within a day; accounts of one person count once. Photos are not
among it: what was sent is gone when they are rebuilt. Effects raise Conflict when the story has moved on meanwhile.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.contributors.withdrawal import MAY_GO
from handlers.editors.card import show_card
from handlers.editors.pair_lines import pair_of
from handlers.editors.sight import seen_in_turn
from handlers.notices import tell_author
from handlers.policy import SECOND_PERSON_SECONDS
from handlers.retention import destroy
from storage.editors import Editor
from storage.errors import Conflict
from storage.ids import EditorId, StoryId
from storage.store import Transaction
from storage.story import Pair, PairKind, Story

PAIR = "pair"
"""The timer of what waits for a second person, or was agreed to by two; its subject is the story's id."""
_ASKED: Final = {
    PairKind.ORIGINALS: Action.ORIGINALS_ASKED,
    PairKind.EXPORT: Action.EXPORT_ASKED,
    PairKind.DELETION: Action.DELETION_ASKED,
}
_AGREED: Final = {
    PairKind.ORIGINALS: Action.ORIGINALS_AGREED,
    PairKind.EXPORT: Action.EXPORT_AGREED,
    PairKind.DELETION: Action.DELETION_AGREED,
}


class AskSecond(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    kind: PairKind


class Agree(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    kind: PairKind
    by: EditorId
    """who has asked, as the second person read it"""


class DropPair(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever has asked takes it back, or another refuses; what two have agreed to, any of them takes back."""

    story: StoryId
    kind: PairKind


class OpenOriginals(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


def can_be(story: Story, kind: PairKind) -> bool:
    """Only a cold story is taken off the server, and nothing else is done with one."""
    if kind is PairKind.EXPORT or story.details.cold is not None:
        return kind is PairKind.EXPORT and story.details.cold is not None
    return bool(story.details.recordings) if kind is PairKind.ORIGINALS else story.status in MAY_GO


def is_open_to(pair: Pair | None, editor: EditorId) -> bool:
    return pair is not None and pair.second is not None and editor in (pair.first, pair.second)


async def ask_second(turn: Turn, effect: AskSecond) -> None:
    story, editor = await _standing(turn, effect.story, effect.kind)
    if pair_of(story, effect.kind, turn.tx.now) is not None:
        raise Conflict("A colleague has asked in the same moment.")
    await note(turn, _ASKED[effect.kind], story)
    until = turn.tx.now + SECOND_PERSON_SECONDS
    await _put(turn, story, effect.kind, Pair(kind=effect.kind, first=editor.id, until=until))


async def agree(turn: Turn, effect: Agree) -> None:
    """A story is destroyed at once; originals are open to the two, and an export may be made, for a day."""
    story, editor = await _standing(turn, effect.story, effect.kind)
    pair = pair_of(story, effect.kind, turn.tx.now)
    if pair is None or pair.first != effect.by or pair.first == editor.id or pair.second is not None:
        raise Conflict("It is not asked for any more.")
    await note(turn, _AGREED[effect.kind], story)
    if effect.kind is PairKind.DELETION:
        await tell_author(turn, story, msg("notice-destroyed"))
        await destroy(turn, story)
        return
    agreed = msgspec.structs.replace(pair, second=editor.id, until=turn.tx.now + SECOND_PERSON_SECONDS)
    await _put(turn, story, effect.kind, agreed)


async def drop_pair(turn: Turn, effect: DropPair) -> None:
    story, _ = await _standing(turn, effect.story, effect.kind)
    if pair_of(story, effect.kind, turn.tx.now) is not None:
        await note(turn, Action.PAIR_DROPPED, story)
        await _put(turn, story, effect.kind, None)


async def open_originals(turn: Turn, effect: OpenOriginals) -> None:
    """What is shown is the step's business; each time is noted."""
    story, editor = await _standing(turn, effect.story, PairKind.ORIGINALS)
    if not is_open_to(pair_of(story, PairKind.ORIGINALS, turn.tx.now), editor.id):
        raise Conflict("They are not open any more.")
    await note(turn, Action.ORIGINALS_OPENED, story)


async def end_pairs(turn: Turn, subject: bytes) -> None:
    """Their day is over."""
    story = await turn.tx.stories.find(StoryId(subject))
    if story is not None:
        kept = tuple(pair for pair in story.details.pairs if pair.until > turn.tx.now)
        await show_card(turn, await keep_pairs(turn.tx, story, kept))


async def keep_pairs(tx: Transaction, story: Story, pairs: tuple[Pair, ...]) -> Story:
    """These and no others. Its card does not say so yet."""
    story = await tx.stories.amend(story, msgspec.structs.replace(story.details, pairs=pairs))
    if pairs:
        await tx.timers.set(PAIR, story.id, min(pair.until for pair in pairs))
    else:
        await tx.timers.cancel(PAIR, story.id)
    return story


async def _standing(turn: Turn, story: StoryId, kind: PairKind) -> tuple[Story, Editor]:
    return await seen_in_turn(turn, story, lambda story: can_be(story, kind))


async def _put(turn: Turn, story: Story, kind: PairKind, pair: Pair | None) -> None:
    others = tuple(one for one in story.details.pairs if one.kind is not kind)
    await show_card(turn, await keep_pairs(turn.tx, story, others if pair is None else (*others, pair)))
