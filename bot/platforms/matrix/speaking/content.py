"""What an event of ours holds: words, their formatting, the choices behind them, and how it stands to other events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.platforms.matrix.ids import EventId
from bot.platforms.matrix.speaking.choices import carried, lines_of
from bot.platforms.matrix.speaking.html_out import body, formatted_body
from bot.types import Content

TEXT_LIMIT = 3500
"""UTF-16 units. An event has at most 65,536 bytes (Client-Server API, size limits); nio encrypts ASCII JSON, where a
Cyrillic letter has 6 bytes, once in the body, once with its formatting, and base64 makes four of three.
"""
_LARGEST = 46_000
"""bytes of that JSON, which leave 4 KiB of the event to the homeserver"""
_FALLBACK = 200
"""characters: what clients that know no edits show of one"""
_HTML = "org.matrix.custom.html"


def words_of(content: Content, *, opens_by_number: bool, me: str) -> dict[str, Any]:
    """`body`, `formatted_body` and what the numbers mean, without a msgtype."""
    lines = lines_of(content, opens_by_number=opens_by_number, me=me)
    html = formatted_body(lines)
    formatted = {} if html is None else {"format": _HTML, "formatted_body": html}
    return {"body": body(lines), **formatted, **carried(content, opens_by_number=opens_by_number)}


def text_message(words: Mapping[str, Any], *, quiet: bool) -> dict[str, Any]:
    """A notice makes no sound (push rule .m.rule.suppress_notices), and no message names anybody (m.mentions)."""
    return {"msgtype": "m.notice" if quiet else "m.text", "m.mentions": {}, **words}


def as_edit(content: Mapping[str, Any], original: EventId) -> dict[str, Any]:
    """The event that has `original` look like this (m.replace)."""
    return {
        "msgtype": content["msgtype"],
        "body": f"* {content['body'][:_FALLBACK]}",
        "m.mentions": {},
        "m.new_content": dict(content),
        "m.relates_to": {"rel_type": "m.replace", "event_id": original},
    }


def in_thread(content: Mapping[str, Any], root: EventId) -> dict[str, Any]:
    """The same in the thread that `root` begins; who knows no threads sees an answer to it."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    return {**content, "m.relates_to": relation}


def fitted(content: dict[str, Any]) -> dict[str, Any]:
    """Without the formatting when the event would be too large with it: no word is lost."""
    if len(json.dumps(content)) <= _LARGEST:
        return content
    inner = content.get("m.new_content")
    smaller = content if inner is None else {**content, "m.new_content": _unformatted(inner)}
    return _unformatted(smaller)


def _unformatted(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in {"format", "formatted_body"}}
