"""What has become of a reader, from what the platform has done with each of their messages."""

from __future__ import annotations

from collections.abc import Collection

from bot.flows.script import Deed
from storage.counts import Outcome

_WORST_FIRST = (
    Outcome.BLOCKED,
    Outcome.UNKNOWN,
    Outcome.FAILED,
    Outcome.REPLACED,
    Outcome.SENT,
    Outcome.SKIPPED,
)


def became(deed: Deed, *, is_there: bool, failed: int) -> Outcome:
    """Of one message that the platform took. is_there: something stands there now. failed: of an Erase, what stays."""
    if deed is Deed.ERASE:
        return Outcome.REPLACED if is_there else Outcome.FAILED if failed else Outcome.SENT
    return Outcome.SENT if is_there or deed is Deed.SAY else Outcome.SKIPPED


def worst(outcomes: Collection[Outcome]) -> Outcome:
    if len(outcomes) == 1:
        return next(iter(outcomes))
    return next(one for one in _WORST_FIRST if one in outcomes)
