"""A table for what encrypted messengers keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "crypto",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.LargeBinary(32), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name="pk_crypto"),
        sqlite_with_rowid=False,
    )
