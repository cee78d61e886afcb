"""Whom a broadcast is for, as far as the database can tell. What a reader wishes beyond that is sealed: `Script`."""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement

from storage.tables import subscribers


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Kept in the clear: it names nothing that its readers' own rows do not show."""

    languages: tuple[str, ...] | None = None
    """of the subscription; None: all"""


def who(audience: Audience, generation: int | None = None) -> list[ColumnElement[bool]]:
    """The conditions on `subscribers`. generation: whoever had joined when the broadcast began; None: whoever has."""
    found: list[ColumnElement[bool]] = []
    if audience.languages is not None:
        found.append(subscribers.c.language.in_(audience.languages))
    if generation is not None:
        found.append(subscribers.c.generation <= generation)
    return found
