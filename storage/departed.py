"""What an archive holds of those who have left since, and must not come back by it (`tombstones.py`).

It is found while the archive is read for the first time, so that nothing of it is ever written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import msgspec

from storage.archive import Cell, Rows
from storage.ids import BlobId, KeyId, StoryId
from storage.published import sources_of
from storage.story import Status
from storage.tables import (
    approvals,
    blobs,
    broadcasts,
    conversations,
    editors,
    offline,
    questions,
    receipts,
    routes,
    second_factors,
    stories,
    subscribers,
    suppressions,
    timers,
    versions,
)
from storage.tombstones import Known, Tombstones

_NAMED_BY: Final = {
    stories.name: stories.c.id.name,
    conversations.name: conversations.c.chat.name,
    editors.name: editors.c.id.name,
    second_factors.name: second_factors.c.editor.name,
    timers.name: timers.c.subject.name,
    suppressions.name: suppressions.c.account.name,
    **{table.name: "story" for table in (versions, questions, approvals, routes, receipts, offline)},
    broadcasts.name: broadcasts.c.subject.name,
}
"""Besides their key, if they have one: by what a row of these is marked."""
_SOURCES: Final = (stories.name, routes.name)
"""Whose author wants nothing to be kept: what is published stays (`bare`), and nothing leads to them."""


class Departed(msgspec.Struct, frozen=True, kw_only=True):
    """How many did not come back."""

    stories: int
    readers: int
    rest: int
    """rows: drafts, files, routes, receipts …"""


@dataclass(kw_only=True)
class Departures:
    tombstones: Tombstones
    known: Known
    keys: set[KeyId] = field(default_factory=set)
    """of the rows that stay away: their wraps stay away too"""
    files: set[BlobId] = field(default_factory=set)
    bare: set[StoryId] = field(default_factory=set)
    """published stories, whose sources have gone since"""
    _counts: dict[str, int] = field(default_factory=dict)

    def look(self, day: date, rows: Rows) -> None:
        """Every row of the archive once, which is of that day: notes who has left since."""
        for cells in rows.cells:
            row = dict(zip(rows.columns, cells, strict=True))
            if self.stays_away(day, rows.table, row):
                self._counts[rows.table] = self._counts.get(rows.table, 0) + 1
                if "key_id" in row:
                    self.keys.add(row["key_id"])
                if rows.table == blobs.name:
                    self.files.add(row["id"])
            elif rows.table == stories.name and self._has_gone(day, sources_of(row["id"])):
                self.bare.add(row["id"])

    def stays_away(self, day: date, table: str, row: Mapping[str, Cell]) -> bool:
        if "key_id" in row and (row["key_id"] in self.keys or self._has_gone(day, row["key_id"])):
            return True
        if table not in _NAMED_BY:
            return False
        name = row[_NAMED_BY[table]]
        if self._has_gone(day, name):
            return True
        return table in _SOURCES and row.get("status") != Status.PUBLISHED and self._has_gone(day, sources_of(name))

    def count(self) -> Departed:
        rest = sum(count for table, count in self._counts.items() if table not in (stories.name, subscribers.name))
        return Departed(
            stories=self._counts.get(stories.name, 0), readers=self._counts.get(subscribers.name, 0), rest=rest
        )

    def _has_gone(self, day: date, name: bytes) -> bool:
        """Since the archive: what is marked on a day before it was marked wrongly."""
        marked = self.known.marks.get(self.tombstones.mark(name))
        return marked is not None and day <= marked
