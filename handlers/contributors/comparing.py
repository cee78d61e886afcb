"""How much of what editors changed is shown to the author at once: what a person can read in one go."""

from __future__ import annotations

from handlers.manuscript.changes import Change
from handlers.policy import CHANGES_CHARACTERS, MOST_CHANGES


def bite(changes: tuple[Change, ...], begin: int) -> int:
    """Where the bite that begins there ends: as many as fit, at least one."""
    size, end = 0, begin
    for change in changes[begin : begin + MOST_CHANGES]:
        size += len(change)
        if end > begin and size > CHANGES_CHARACTERS:
            break
        end += 1
    return end
