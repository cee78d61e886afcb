"""A table for accounts from which nothing new is taken for some days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("account", sa.LargeBinary(32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_blocks"),
        sqlite_with_rowid=False,
    )
