"""Marked ranges of a text: their order, their length in UTF-16 units, and how Telegram tidies them."""

from __future__ import annotations

from typing import Any

Entity = dict[str, Any]

# Where an outer entity shares its range with an inner one, the outer is listed first.
PRIORITY = {"pre": 11, "code": 20, "text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92}
PRIORITY |= {"strikethrough": 93, "spoiler": 94, "blockquote": 0, "expandable_blockquote": 0, "custom_emoji": 99}
MERGED = ("bold", "italic", "underline", "strikethrough", "spoiler")


def order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], PRIORITY.get(e["type"], 50)))


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trims the text as Telegram does; merges, cuts and drops entities to fit."""
    kept = text.rstrip(" \n")
    if not entities:
        return kept.lstrip(" \n"), []
    first = min((e["offset"] for e in entities if e["length"]), default=len(kept))
    lead = min(len(kept) - len(kept.lstrip(" \n")), first)
    kept = kept[lead:]
    size = utf16(kept)
    fitted: list[Entity] = []
    for entity in order(entities):
        start = entity["offset"] - lead
        length = min(entity["length"], size - start)
        if length > 0:
            fitted.append({**entity, "offset": start, "length": length})
    return kept, order(_merged(fitted))


def _merged(entities: list[Entity]) -> list[Entity]:
    """Same marks that touch become one; nothing stands inside code."""
    result: list[Entity] = []
    for entity in entities:
        inside = [e for e in result if e["type"] in ("code", "pre") and overlap(e, entity)]
        if inside and not entity["type"].endswith("blockquote"):
            continue
        same = next((e for e in result if e["type"] == entity["type"] and _touch(e, entity)), None)
        if same is not None and entity["type"] in MERGED:
            end = max(same["offset"] + same["length"], entity["offset"] + entity["length"])
            same["length"] = end - same["offset"]
        else:
            result.append(entity)
    return result


def overlap(a: Entity, b: Entity) -> bool:
    return bool(a["offset"] < b["offset"] + b["length"] and b["offset"] < a["offset"] + a["length"])


def _touch(a: Entity, b: Entity) -> bool:
    return bool(b["offset"] <= a["offset"] + a["length"])
