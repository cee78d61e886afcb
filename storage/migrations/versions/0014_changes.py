"""The corrections of a broadcast are found by an index, as its workers look for them with every page."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("ix_broadcasts_origin", "broadcasts", ["origin"])
