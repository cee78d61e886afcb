"""Whose clock is meant: a city or an offset, as a person types it, found among the time zones. A city is not kept."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from babel import Locale

_FILE = Path(__file__).parent / "cities.toml"
_SPOKEN = ("ru", "en", "de", "fr", "cs")
"""In each of these a zone's city is found by its name."""
MOST_GUESSES = 4
_SHORTEST_BEGINNING = 3
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−–-])\s*(\d{1,2})(?::?(00|15|30|45))?", re.IGNORECASE)
_FARTHEST_WEST, _FARTHEST_EAST = -12 * 60, 14 * 60
"""Minutes: of all offsets in use."""
_NOT_NAMES = {"г", "город", "city", "stadt", "ville", "město"}
_LONGEST = 60
"""Characters of a name that is looked for among all: comparing takes time."""


@dataclass(frozen=True, kw_only=True)
class Found:
    zones: tuple[str, ...]
    is_sure: bool
    """else they are guesses, for the person to choose from; none: nothing like it is known"""


def look_up(written: str) -> Found:
    offset = _OFFSET.fullmatch(written.strip())
    if offset is not None:
        zone = _offset_zone(offset)
        return Found(zones=(zone,) if zone else (), is_sure=True)
    name, zones = _folded(written[:_LONGEST]), _zones()
    if name in zones:
        return Found(zones=(zones[name],), is_sure=True)
    begun = [one for one in zones if one.startswith(name)] if len(name) >= _SHORTEST_BEGINNING else []
    guesses = dict.fromkeys(zones[one] for one in begun or get_close_matches(name, zones, MOST_GUESSES, 0.75))
    return Found(zones=tuple(guesses)[:MOST_GUESSES], is_sure=False)


def city_of(zone: str, language: str) -> str:
    """What CLDR calls it there: "Тбилиси". An offset is its own name."""
    if "/" not in zone:
        return zone
    known: Mapping[str, Mapping[str, str]] = Locale.parse(language).time_zones
    return known.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


@cache
def known_zones() -> dict[str, list[str]]:
    """With what people call them."""
    listed: dict[str, list[str]] = tomllib.loads(_FILE.read_text("utf-8"))
    return listed


@cache
def _zones() -> dict[str, str]:
    """By folded name."""
    found = {_folded(name): zone for zone, names in known_zones().items() for name in names}
    for zone in known_zones():
        for language in _SPOKEN:
            found.setdefault(_folded(city_of(zone, language)), zone)
    return found


def _folded(name: str) -> str:
    """Without case, accents, hyphens, and the word "city"."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in _NOT_NAMES)


def _offset_zone(offset: re.Match[str]) -> str | None:
    """ "UTC+4", "UTC-3:30"; None beyond what any clock shows."""
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    total = (60 * hours + minutes) * (1 if offset[1] == "+" else -1)
    if not _FARTHEST_WEST <= total <= _FARTHEST_EAST:
        return None
    return f"UTC{'-' if total < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
