"""A table for what contributors' receipts open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "receipts",
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("story", sa.LargeBinary(32), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_receipts"),
        sa.UniqueConstraint("story", name="uq_receipts_story"),
        sqlite_with_rowid=False,
    )
