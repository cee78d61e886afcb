"""A table for what the newsroom's offline key opens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "offline",
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("cold", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("story", name="pk_offline"),
        sqlite_with_rowid=False,
    )
