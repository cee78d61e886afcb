"""A table for what only one process at a time does, and in the outbox for which platform a row is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.LargeBinary(32), nullable=False),
        sa.Column("owner", sa.LargeBinary(16), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
        sqlite_with_rowid=False,
    )
    op.add_column("outbox", sa.Column("platform", sa.LargeBinary(32), nullable=True))
