"""What is asked of a second person about a story, or agreed to, and until when: as its card says it, and as `pairs.py`
counts it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.texts.fluent import Message, msg
from handlers.publication.times import moment_of
from storage.story import Pair, PairKind, Story


def pair_of(story: Story, kind: PairKind, now: int) -> Pair | None:
    """That counts now."""
    return next((pair for pair in story.details.pairs if pair.kind is kind and pair.until > now), None)


def pair_lines(story: Story, now: int) -> Iterator[Message]:
    for kind in PairKind:
        pair = pair_of(story, kind, now)
        if pair is not None and pair.second is None:
            yield msg(f"card-pair-{kind}")
        elif pair is not None and kind is PairKind.EXPORT:  # everybody in the room is to know what leaves the server
            yield msg("card-pair-export-agreed", until=moment_of(pair.until))
