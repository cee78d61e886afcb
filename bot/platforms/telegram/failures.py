"""Failed requests, sorted while it is still known how far they came: aiohttp's errors, and answers that are none."""

from __future__ import annotations

from typing import Any, TypeVar

import aiohttp
import msgspec
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.platforms.telegram.errors import NotSent, ServerFault, SlowDown

T = TypeVar("T")
_REFUSALS: dict[int, type[TelegramError]] = {401: InvalidToken, 403: Forbidden, 404: InvalidToken, 409: Conflict}


class _Answer(msgspec.Struct):
    """The part of a refusal that tells the Bot API's own from a proxy's."""

    ok: bool
    description: str
    parameters: dict[str, Any] = {}


def meaning_of(problem: Exception) -> TelegramError:
    """What is said of it is its class: its text may hold the token."""
    kind = type(problem).__name__
    match problem:
        case TelegramError():
            return problem
        case UnicodeError():
            return BadRequest("strings must be encoded in UTF-8")
        case aiohttp.ConnectionTimeoutError() | aiohttp.ClientConnectorError():
            return NotSent(kind)
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return NotSent(kind)
        case TimeoutError():
            return TimedOut(kind)
        case _:
            return NetworkError(kind)


def check_refusal(code: int, payload: bytes) -> None:
    """Raises unless the Bot API itself refused: a proxy's 403 must not look like a person who blocked the bot."""
    answer = decoded(payload, _Answer)
    if code == 429:
        seconds = answer.parameters.get("retry_after") if answer is not None else None
        raise SlowDown(float(seconds) if isinstance(seconds, int | float) else 1.0)
    if code >= 500 or code < 400 or answer is None:
        raise ServerFault(f"An answer with code {code}")


def refusal_of(code: int, payload: bytes) -> TelegramError:
    """What python-telegram-bot makes of a refusal that `check_refusal` has let pass."""
    answer = decoded(payload, _Answer)
    if answer is None:
        return ServerFault(f"An answer with code {code}")
    moved = answer.parameters.get("migrate_to_chat_id")
    if isinstance(moved, int):
        return ChatMigrated(moved)
    return _REFUSALS.get(code, BadRequest)(answer.description)


def decoded(payload: bytes, kind: type[T]) -> T | None:
    """None: this is not such JSON."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
