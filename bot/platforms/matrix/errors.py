"""What a homeserver answers when it does not do what was asked, sorted once for everybody.

PlatformError
├── MatrixRefused       a 4xx of the homeserver's own: asked again the same way, it will refuse again
├── NotEncrypted        said by us: a room that must be encrypted is not, as far as the library knows
├── PlatformAway        no answer, a cut one, a proxy's page, 5xx, 408: a new try may mend it
│   └── MatrixSlow      429; `after` says for how long
└── PlatformDenied      the access token counts no more: an operator must act

What the server says in words may quote rooms and people, so it is kept private and is in no message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

from nio import ErrorResponse, Response

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from storage.private import Private

R = TypeVar("R", bound=Response)

_DENIED: Final = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"})
_SLOW: Final = "M_LIMIT_EXCEEDED"
_USUAL_WAIT: Final = 5.0
"""seconds, when a 429 does not say"""
_LONGEST_WAIT: Final = 300.0
"""seconds: a server that asks for more is asked again anyway"""
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_.]{0,63}")


class MatrixRefused(PlatformError):
    """`errcode` is the specification's (M_FORBIDDEN, M_NOT_FOUND …), "" when there is none (interactive
    authentication); `answer` is the whole body.
    """

    def __init__(self, errcode: str, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__(f"The homeserver refuses: {errcode or 'no code'} ({status}).")
        self.errcode = errcode
        self.status = status
        self.answer = Private(answer)
        self.why = Private(str(answer.get("error", "")))


class NotEncrypted(PlatformError):
    """The room must be encrypted, and is not, as far as the library knows: nothing is sent there."""


class MatrixSlow(PlatformAway):
    def __init__(self, after: float) -> None:
        super().__init__("The homeserver asks us to slow down.", after)


def away() -> PlatformAway:
    return PlatformAway("The homeserver can't be reached, or its answer was cut off.")


def failure(status: int, answer: object) -> PlatformError:
    """The exception for an answer that is none of success; `answer`: its JSON, None when it is not JSON."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return MatrixSlow(_wait(answer))
    broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT
    if broken or not isinstance(answer, dict):
        return PlatformAway(f"The homeserver is in trouble, or something before it: it answered {status}.")
    said = answer.get("errcode")
    code = said if isinstance(said, str) and _CODE.fullmatch(said) else ""
    if code == _SLOW:
        return MatrixSlow(_wait(answer))
    if code in _DENIED:
        return PlatformDenied("The homeserver has ended our session. Run `tamizdat matrix login` to log in anew.")
    return MatrixRefused(code, status, answer)


def _wait(answer: object) -> float:
    asked = answer.get("retry_after_ms") if isinstance(answer, dict) else None
    if isinstance(asked, bool) or not isinstance(asked, int | float) or not asked >= 0:
        return _USUAL_WAIT
    return min(asked / 1000, _LONGEST_WAIT)


def checked(answer: R | ErrorResponse) -> R:
    """nio's answer, or the exception for the error that nio returned instead."""
    if not isinstance(answer, ErrorResponse):
        return answer
    status = int(getattr(answer.transport_response, "status", HTTPStatus.BAD_GATEWAY))  # aiohttp's, whatever nio says
    if answer.status_code is None:  # nio found no errcode: it was not the homeserver who answered
        raise failure(status, None)
    said = {"errcode": answer.status_code, "error": answer.message, "retry_after_ms": answer.retry_after_ms}
    raise failure(status, said)
