"""What each of the homeserver's refusals means for a message of ours.

A message that is tried again has the same transaction id, so doubt means once more: nothing then comes twice.
"""

from __future__ import annotations

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.outcomes import Later, Outcome, Refused, Unreachable
from bot.platforms.matrix.errors import MatrixRefused, MatrixSlow, NotEncrypted

AWAY = Later(after=2.0)
DENIED = Later(after=60.0, everyone=True)
"""Our session was ended: an operator must act, nothing is lost meanwhile."""
NO_RIGHTS = Later(after=300.0)
"""A right was taken from the bot, or the room is not as it must be: what is for this room waits; `doctor` says why."""
NO_DEVICE = Later(after=60.0, most=120)
"""They may log in again, or verify the device that they have: for two hours. What is to be deleted waits behind it."""
REFUSALS: dict[str, Outcome] = {
    "M_FORBIDDEN": NO_RIGHTS,
    "M_TOO_LARGE": Refused(why="it is larger than the homeserver takes"),
    "M_RESOURCE_LIMIT_EXCEEDED": NO_RIGHTS,
    "M_USER_LOCKED": DENIED,
    "M_USER_SUSPENDED": DENIED,
}


class NobodyThere(PlatformError):
    """The person left the room or put us out of it."""


class NobodyReads(PlatformError):
    """The person has no device that may read along: it would be encrypted to nobody."""


class NotReady(PlatformError):
    """The room is not known yet: the first sync after a start is still under way."""


def outcome_of(error: PlatformError) -> Outcome:
    match error:
        case NobodyThere():
            return Unreachable()
        case NotEncrypted():
            return NO_RIGHTS
        case NotReady():
            return AWAY
        case NobodyReads():
            return NO_DEVICE
        case PlatformDenied():
            return DENIED
        case MatrixSlow(after=after):
            return Later(after=after, everyone=True)
        case PlatformAway():
            return AWAY
        case MatrixRefused(errcode=code):
            return REFUSALS.get(code, Refused(why=code or "no error code"))
    return Refused(why=type(error).__name__)
