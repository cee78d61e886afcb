"""A table for the editors' second factors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("editor", sa.LargeBinary(16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("editor", name="pk_second_factors"),
        sqlite_with_rowid=False,
    )
