"""What the homeserver's refusals mean for a message of ours."""

from __future__ import annotations

import pytest

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.outcomes import Later, Outcome, Refused, Unreachable
from bot.platforms.matrix.errors import NotEncrypted, failure
from bot.platforms.matrix.speaking.failures import (
    AWAY,
    DENIED,
    NO_RIGHTS,
    NobodyThere,
    NotReady,
    outcome_of,
)


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 2500}, Later(after=2.5, everyone=True)),
        (403, {"errcode": "M_FORBIDDEN", "error": "@anna:paper.test has no rights"}, NO_RIGHTS),
        (413, {"errcode": "M_TOO_LARGE"}, Refused(why="it is larger than the homeserver takes")),
        (413, None, AWAY),  # a proxy's page: it is not the homeserver who refuses
        (401, {"errcode": "M_UNKNOWN_TOKEN"}, DENIED),
        (403, {"errcode": "M_USER_SUSPENDED"}, DENIED),
        (400, {"errcode": "M_BAD_JSON", "error": "secret"}, Refused(why="M_BAD_JSON")),
        (400, {"errcode": "secret words", "error": "secret"}, Refused(why="no error code")),
        (502, {"errcode": "M_UNKNOWN"}, AWAY),
        (500, None, AWAY),
    ],
)
def test_an_answer(status: int, answer: object, outcome: Outcome) -> None:
    assert outcome_of(failure(status, answer)) == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NobodyThere("left"), Unreachable()),
        (NotEncrypted("plain"), NO_RIGHTS),
        (NotReady("soon"), AWAY),
        (PlatformAway("cut"), AWAY),
        (PlatformDenied("ended"), DENIED),
        (PlatformError("other"), Refused(why="PlatformError")),
    ],
)
def test_no_answer(error: PlatformError, outcome: Outcome) -> None:
    """With the same transaction id a second try can't come twice, so nothing is unsure."""
    assert outcome_of(error) == outcome
