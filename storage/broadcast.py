"""One thing sent to many: what it is, for whom, and how it stands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Row

from storage.audience import Audience
from storage.codec import decode
from storage.counts import Counts
from storage.ids import BroadcastId

RESTORED = "restored"
"""Why a broadcast is paused that came with a back-up."""
OUTDATED = "outdated"
"""Why a correction was cancelled that another one, or a withdrawal, came after."""


class State(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class Broadcast(msgspec.Struct, frozen=True, kw_only=True):
    id: BroadcastId
    kind: str
    subject: bytes
    """what is sent: an id or a hash"""
    audience: Audience
    over: BroadcastId | None
    """whose copies it corrects or takes back"""
    generation: int
    state: State
    why: str
    """it was paused or cancelled: a word that the texts know"""
    day: date
    total: int | None
    """readers in its audience when it was cut into shards; None: not yet"""
    since: int
    """the second at which it began, or went on after its last pause"""
    handled_before: int
    """readers, by then"""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    total: int
    counts: Counts
    per_second: float | None
    """None: not to be told yet"""

    @property
    def rest(self) -> int:
        """Not reached yet; of what is finished: who left meanwhile."""
        return max(0, self.total - self.counts.all)

    @property
    def seconds_left(self) -> int | None:
        return round(self.rest / self.per_second) if self.per_second else None


def opened(row: Row[Any]) -> Broadcast:
    return Broadcast(
        id=BroadcastId(row.id),
        kind=row.kind,
        subject=row.subject,
        audience=decode(Audience, row.audience),
        over=None if row.origin is None else BroadcastId(row.origin),
        generation=row.generation,
        state=State(row.state),
        why=row.why,
        day=row.day,
        total=row.total,
        since=row.since,
        handled_before=row.handled_before,
    )
