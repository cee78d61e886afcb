"""The fake from another process: `POST /control/call` runs one method of the same objects a test in-process uses.

    {"on": ["person", 42], "do": "says", "args": ["Hello", {"$": ["bot", 7000000001]}], "named": {}}

People, bots, rooms, holds and taps travel as `{"$": [kind, id]}`, bytes as `{"$bytes": base64}`.
`GET /control/ready` answers once the server runs. What may be called is listed here and nowhere else.
"""

from __future__ import annotations

import base64
import inspect
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from .faults import Fault, Hold
from .limits import Tally
from .model import Json
from .people import Person
from .places import Room
from .robots import Bot
from .seen import Seen
from .taps import Tapped

if TYPE_CHECKING:
    from .fake import FakeTelegram


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


ALLOWED: dict[str, frozenset[str]] = {
    "telegram": _names("bot person group supergroup channel room file advance hold violations"),
    "bot": _names("crowd raw_update redelivers last_update_id restarts_update_ids tally sent token username"),
    "person": _names(
        "starts says sends_file sends_photo sends_document sends_voice sends_video sends_video_note sends_raw edits "
        "deletes sees expects taps reacts blocks unblocks deactivates joins leaves"
    ),
    "room": _names("admits promotes loses expels protects sees pinned topic topics upgrades"),
    "limits": _names("strict off reset"),
    "faults": _names("too_many error html silence slow cut refuse_all clear"),
    "ledger": _names("counts in_flight applied was_cut"),
    "hold": _names("release reached held stopped"),
    "tapped": _names("answer answered"),
}


async def handle(fake: FakeTelegram, request: web.BaseRequest) -> web.Response:
    if request.path == "/control/ready":
        return _reply({"result": True})
    asked = msgspec.json.decode(await request.read())
    try:
        kind, key = asked["on"]
        if asked["do"] not in ALLOWED[kind]:
            raise AttributeError(f"{kind} has no {asked['do']}")
        value = getattr(_find(fake, kind, key), asked["do"])
        if callable(value):
            args = [_decoded(fake, item) for item in asked["args"]]
            named = {name: _decoded(fake, item) for name, item in asked["named"].items()}
            value = value(*args, **named)
        if inspect.isawaitable(value):
            value = await value
        return _reply({"result": _encoded(fake, value)})
    except Exception as problem:  # whatever a test did wrong belongs to the test, not into the server's log
        return _reply({"error": type(problem).__name__, "message": str(problem)})


def _reply(body: Json) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), content_type="application/json")


def _find(fake: FakeTelegram, kind: str, key: Any) -> Any:
    match kind:
        case "telegram":
            return fake
        case "bot":
            return fake.bot_by_id(key)
        case "person":
            return fake.person(key)
        case "room":
            return fake.room(key)
        case "hold":
            return fake.holds[key]
        case "tapped":
            return Tapped(fake, fake.world.taps[key])
        case _:
            return getattr(fake, kind)


def _decoded(fake: FakeTelegram, item: Any) -> Any:
    if isinstance(item, dict):
        if "$" in item:
            return _find(fake, *item["$"])
        if "$bytes" in item:
            return base64.b64decode(item["$bytes"])
        if "$seen" in item:
            return msgspec.convert(item["$seen"], Seen)
    return item


def _encoded(fake: FakeTelegram, value: Any) -> Any:
    match value:
        case Bot() | Person() | Room() | Tapped():
            return {"$": [type(value).__name__.lower(), value.id]}
        case Hold():
            return {"$": ["hold", fake.holds.index(value)]}
        case bytes():
            return {"$bytes": base64.b64encode(value).decode()}
        case Seen():
            return {"$seen": msgspec.to_builtins(value)}
        case list():
            return [_encoded(fake, item) for item in value]
        case Tally():
            return {"accepted": value.accepted, "refused": value.refused, "peak": value.peak}
        case Fault():
            return None
        case _:
            return msgspec.to_builtins(value)
