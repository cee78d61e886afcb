"""When a reader's next digest is due. Those who are there get every story at once, as they have until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("subscribers", sa.Column("digest_due", sa.BigInteger(), nullable=True))
    op.create_index("ix_subscribers_digest_due", "subscribers", ["digest_due", "language"])
