"""Whoever joined since a broadcast began are found without looking at all the others."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_subscribers_generation", "subscribers", ["generation"])
