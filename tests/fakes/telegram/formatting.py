"""From what a bot sends (text, parse_mode, entities) to the text and entities that stand in the chat."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from . import html
from .entities import MERGED, PRIORITY, Entity, order, overlap, tidy, utf16
from .errors import bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
# A person's app, and Telegram's server for bots, mark these by themselves.
_AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>]+[^\s<>.,:;!?)\"'»])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[a-zA-Z]{2,})"
    r"|(?<![\w/])(?P<bot_command>/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[a-zA-Z]\w{2,31})"
    r"|(?<![\w#])(?P<hashtag>\#\w*[^\W\d]\w*)"
)
_MARKS = re.compile(r"[/@#]|://")
_FOUND_ONLY = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
_KNOWN = set(PRIORITY) | _FOUND_ONLY


def message_text(args: dict[str, Any]) -> tuple[str, list[Entity]]:
    """The text of sendMessage and editMessageText: 1 to 4096 UTF-16 units. Raises ApiError."""
    if not args["text"]:
        raise bad_request("message text is empty")
    text, entities = formatted(args["text"], args.get("parse_mode"), args.get("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption(args: dict[str, Any]) -> tuple[str, list[Entity]]:
    """A media caption: up to 1024 UTF-16 units, may be empty. Raises ApiError."""
    text, entities = formatted(args.get("caption") or "", args.get("parse_mode"), args.get("caption_entities"))
    if utf16(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def formatted(text: str, mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    if len(text) * 4 > 1 << 15 and len(text.encode()) > 1 << 15:
        raise bad_request("text is too long")
    mode = (mode or "").lower()
    if text and mode == "html":
        text, read = _from_html(text)
        return text, list(read)
    if text and mode in ("markdown", "markdownv2"):
        raise NotImplementedError("The fake Telegram does not read Markdown: send HTML or entities.")
    if text and mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    entities = [_checked(entity) for entity in given or () if entity.get("type") not in _FOUND_ONLY]
    text, entities = tidy(text.replace("\r", ""), entities)
    return text, found_in(text, entities)


# A broadcast sends the same words many times; a benchmark should not measure the parser.
@lru_cache(maxsize=256)
def _from_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    text, entities = html.parse(source.replace("\r", ""))
    text, entities = tidy(text, entities)
    return text, tuple(found_in(text, entities))


def found_in(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities plus the links, commands, mentions and tags that Telegram finds by itself."""
    if not _MARKS.search(text):
        return entities
    new: list[Entity] = []
    for match in _AUTOMATIC.finditer(text):
        entity = {
            "type": match.lastgroup,
            "offset": utf16(text[: match.start()]),
            "length": utf16(match[0]),
        }
        if not any(overlap(entity, old) for old in entities if old["type"] not in (*MERGED, "blockquote")):
            new.append(entity)
    return order([*entities, *new]) if new else entities


def _checked(entity: Entity) -> Entity:
    if entity["type"] not in _KNOWN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    for name in ("offset", "length"):
        if not 0 <= entity[name] <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
    kept = dict(entity)
    if isinstance(kept.get("user"), dict):
        kept["user"] = kept["user"]["id"]
    return kept
