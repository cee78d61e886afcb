"""Checks what a bot sends against the Bot API's own list of parameters (`schema.json`).

A client may send every value as text (forms, queries); values come out typed. What Telegram silently ignores is
reported as a violation: unknown parameters and fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec

from .errors import bad_request
from .model import Json

SCHEMA: Json = msgspec.json.decode(Path(__file__).with_name("schema.json").read_bytes())
Report = Callable[[str], None]
Check = Callable[[Any, Report], Any]

# Telegram's words for a missing parameter, where it has words of its own.
MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "voice": "there is no voice in the request",
    "audio": "there is no audio in the request",
    "video_note": "there is no video note in the request",
    "animation": "there is no animation in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_CAN_BE_EMPTY = frozenset({"url"})  # setWebhook: an empty address removes the webhook
_TRUE = frozenset({"true", "yes", "1"})


class _Wrong(ValueError):
    """The value is not of the type the schema names."""


@cache
def table(method: str) -> tuple[dict[str, Check], tuple[str, ...]]:
    """A method's checks by parameter, and the names of those it requires."""
    fields: dict[str, tuple[str, bool]] = SCHEMA["methods"][method]
    checks = {name: check_for(kind) for name, (kind, _) in fields.items()}
    return checks, tuple(name for name, (_, required) in fields.items() if required)


def arguments(method: str, given: Json, report: Report) -> Json:
    """The parameters, typed. Raises ApiError 400 for missing or misshapen ones."""
    checks, required = table(method)
    typed: Json = {}
    for name, value in given.items():
        check = checks.get(name)
        if check is None:
            report(f"{method}: unknown parameter {name!r}")
        elif value is not None:
            try:
                typed[name] = check(value, report)
            except _Wrong as wrong:
                report(f"{method}: {name}: {wrong}")
                raise bad_request(f"can't parse {name.replace('_', ' ')}: {wrong}") from wrong
    for name in required:
        if (typed.get(name, "") == "" and name not in _CAN_BE_EMPTY) or name not in typed:
            raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    return typed


@cache
def check_for(kind: str) -> Check:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind.startswith("Array of "):
        return partial(_array, check_for(kind.removeprefix("Array of ").replace(", ", " or ").replace(" and ", " or ")))
    names = kind.split(" or ")
    if len(names) == 1 and "one of" in SCHEMA["types"].get(kind, ()):
        names = SCHEMA["types"][kind]["one of"]
    return partial(_object, tuple(names))


def _integer(value: Any, report: Report) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    raise _Wrong("an Integer was expected")


def _float(value: Any, report: Report) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise _Wrong("a Float was expected") from error


def _string(value: Any, report: Report) -> str:
    if isinstance(value, str):
        return value
    raise _Wrong("a String was expected")


def _boolean(value: Any, report: Report) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in _TRUE


def _integer_or_string(value: Any, report: Report) -> int | str:
    if isinstance(value, str) and not re.fullmatch(r"-?\d+", value):
        return value
    return _integer(value, report)


def _as_is(value: Any, report: Report) -> Any:
    return value


def _array(check: Check, value: Any, report: Report) -> list[Any]:
    value = _from_json(value)
    if not isinstance(value, list):
        raise _Wrong("an Array was expected")
    return [check(item, report) for item in value]


def _object(names: tuple[str, ...], value: Any, report: Report) -> Json:
    value = _from_json(value)
    if not isinstance(value, dict):
        raise _Wrong(f"{' or '.join(names)} expected as an Object")
    fitting = [name for name in names if all(field in value for field in _required(name))]
    if not fitting:
        lacking = [field for field in _required(names[0]) if field not in value]
        raise _Wrong(f"Can't find field {', '.join(map(repr, lacking))} of {names[0]}")
    best = min(fitting, key=lambda name: len(value.keys() - SCHEMA["types"][name].keys()))
    fields = SCHEMA["types"][best]
    for unknown in value.keys() - fields.keys():
        report(f"{best}: unknown field {unknown!r}")
    return {
        name: check_for(fields[name][0])(item, report) if name in fields else item
        for name, item in value.items()
        if item is not None
    }


@cache
def _required(name: str) -> tuple[str, ...]:
    return tuple(field for field, (_, required) in SCHEMA["types"][name].items() if required)


def _from_json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        raise _Wrong("Can't parse JSON") from error


_SIMPLE: dict[str, Check] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "True": _boolean,
    "Integer or String": _integer_or_string,
    "InputFile": _as_is,
    "InputFile or String": _as_is,
}
