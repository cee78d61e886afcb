"""Whom a broadcast is for, as far as the database can tell. What a reader wishes beyond that is sealed: `SayScript`."""

from __future__ import annotations

import msgspec
from sqlalchemy import BindParameter, ColumnElement, or_

from storage.tables import subscribers


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Kept in the clear: it names nothing that its readers' own rows do not show."""

    languages: tuple[str, ...] | None = None
    """of the subscription; None: all"""
    with_digests: bool = False
    """besides these languages whoever has a digest coming: it brings stories of other languages too"""
    due: int | None = None
    """the second at which their digest is due; None: whenever, if ever"""


def who(audience: Audience, generation: BindParameter[int] | None = None) -> list[ColumnElement[bool]]:
    """The conditions on `subscribers`. generation: whoever had joined when the broadcast began; None: whoever has."""
    found: list[ColumnElement[bool]] = []
    if audience.languages is not None:
        spoken = subscribers.c.language.in_(audience.languages)
        found.append(or_(spoken, subscribers.c.digest_due.is_not(None)) if audience.with_digests else spoken)
    if audience.due is not None:
        found.append(subscribers.c.digest_due == audience.due)
    if generation is not None:
        found.append(subscribers.c.generation <= generation)
    return found
