"""Broadcasts in shards with a ledger. One that was under way goes on behind the last reader it had been handed to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_COUNTS = ("sent", "skipped", "blocked", "failed", "unknown", "replaced")
_LAST = b"\xff" * 16


def upgrade() -> None:
    before = _before()
    op.drop_index("ix_subscribers_language", "subscribers")
    op.create_index("ix_subscribers_language", "subscribers", ["language", "id", "generation"])
    op.drop_table("broadcasts")
    _create()
    _convert(before)
    _drop_jobs()


def _before() -> Sequence[sa.Row[Any]]:
    found = sa.MetaData()
    found.reflect(op.get_bind(), only=("broadcasts",))
    return op.get_bind().execute(found.tables["broadcasts"].select()).all()


def _counts() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS]


def _create() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("once", sa.LargeBinary(32)),
        sa.Column("audience", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.LargeBinary(16)),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("handled_before", sa.Integer(), nullable=False),
        *_counts(),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.UniqueConstraint("once", name="uq_broadcasts_once"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_broadcasts_subject", "broadcasts", ["subject", "kind"])
    op.create_index("ix_broadcasts_state", "broadcasts", ["state"])
    op.create_table(
        "shards",
        sa.Column("broadcast", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("low", sa.LargeBinary(16), nullable=False),
        sa.Column("high", sa.LargeBinary(16), nullable=False),
        sa.Column("done", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.LargeBinary(16)),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        *_counts(),
        sa.PrimaryKeyConstraint("broadcast", "number", name="pk_shards"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("broadcast", sa.LargeBinary(16), nullable=False),
        sa.Column("subscriber", sa.LargeBinary(16), nullable=False),
        sa.Column("outcome", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("broadcast", "subscriber", name="pk_deliveries"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pace",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("slower_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_pace"),
        sqlite_with_rowid=False,
    )


def _convert(before: Sequence[sa.Row[Any]]) -> None:
    """What was handed out counts as sent: nobody noted then what became of it."""
    held = _are_held()
    found = sa.MetaData()
    found.reflect(op.get_bind(), only=("broadcasts", "shards", "settings", "subscribers"))
    tables = found.tables
    for row in before:
        left = 0 if row.finished else _left(tables["subscribers"], row)
        counts = {**dict.fromkeys(_COUNTS, 0), "sent": row.handed}
        op.get_bind().execute(
            tables["broadcasts"]
            .insert()
            .values(
                id=row.id,
                kind="story",
                subject=row.story,
                audience=msgspec.msgpack.encode({"languages": [row.language]}),
                generation=row.generation,
                state="finished" if row.finished else "paused" if held else "running",
                why="restored" if held and not row.finished else "",
                day=row.day,
                total=row.handed + left,
                since=int(time.time()),
                handled_before=row.handed,
                **counts,
            )
        )
        if not row.finished:
            low = b"\0" * 16 if row.reached is None else _following(row.reached)
            shard = {"broadcast": row.id, "number": 0, "low": low, "high": _LAST, "done": 0, "lease_until": 0}
            op.get_bind().execute(tables["shards"].insert().values(**shard, **counts))
    if before:
        generation = str(len(before)).encode()
        op.get_bind().execute(tables["settings"].insert().values(name="generation", value=generation))


def _are_held() -> bool:
    """Their jobs came with a back-up, and wait for a person to decide."""
    held = sa.text("SELECT count(*) FROM jobs WHERE kind = 'broadcast' AND run_at = :quarantine")
    return bool(op.get_bind().execute(held, {"quarantine": 1 << 40}).scalar_one())


def _left(subscribers: sa.Table, row: sa.Row[Any]) -> int:
    behind = subscribers.c.id > (row.reached or b"")
    joined = (subscribers.c.language == row.language) & (subscribers.c.generation <= row.generation)
    counted = sa.select(sa.func.count()).select_from(subscribers).where(behind, joined)
    return int(op.get_bind().execute(counted).scalar_one())


def _following(reached: bytes) -> bytes:
    return min(int.from_bytes(reached) + 1, int.from_bytes(_LAST)).to_bytes(16)


def _drop_jobs() -> None:
    """Those that handed the pages out."""
    op.get_bind().execute(
        sa.text("DELETE FROM wraps WHERE key_id IN (SELECT key_id FROM jobs WHERE kind = 'broadcast')")
    )
    op.get_bind().execute(sa.text("DELETE FROM jobs WHERE kind = 'broadcast'"))
