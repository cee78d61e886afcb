"""A table for where further messages of a broadcast stand, which a reader has asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "openings",
        sa.Column("broadcast", sa.LargeBinary(16), nullable=False),
        sa.Column("subscriber", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast", "subscriber", name="pk_openings"),
        sqlite_with_rowid=False,
    )
