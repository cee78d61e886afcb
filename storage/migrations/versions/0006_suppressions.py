"""A table for who asked not to be added again from a list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "suppressions",
        sa.Column("account", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_suppressions"),
        sqlite_with_rowid=False,
    )
