"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _keys()
    _queues()
    _people()
    _stories()


def _keys() -> None:
    op.create_table(
        "wraps",
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("holder", sa.String(16), nullable=False),
        sa.Column("kek", sa.Integer(), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "holder", name="pk_wraps"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_wraps_holder_kek", "wraps", ["holder", "kek"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
        sqlite_with_rowid=False,
    )


def _queues() -> None:
    op.create_table(
        "cursors",
        sa.Column("source", sa.LargeBinary(32), nullable=False),
        sa.Column("position", sa.String(256), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_cursors"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events_seen",
        sa.Column("event", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_events_seen"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_events_seen_day", "events_seen", ["day"])
    op.create_table(
        "lanes",
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("owner", sa.LargeBinary(16)),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name="pk_lanes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lanes_day", "lanes", ["day"])
    op.create_table(
        "inbox",
        sa.Column("seq", _sequence, autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("id", name="uq_inbox_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_lane", "inbox", ["lane", "seq"])
    op.create_table(
        "outbox",
        sa.Column("seq", _sequence, autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("anchor", sa.LargeBinary(16)),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_lane", "outbox", ["lane", "seq"])
    op.create_index("ix_outbox_urgency", "outbox", ["urgency", "seq"])
    op.create_index("ix_outbox_anchor", "outbox", ["anchor"])
    op.create_table(
        "anchors",
        sa.Column("anchor", sa.LargeBinary(16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("anchor", name="pk_anchors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_anchors_day", "anchors", ["day"])
    op.create_table(
        "messages",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("chat", sa.LargeBinary(32), nullable=False),
        sa.Column("wipe_at", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_messages_chat", "messages", ["chat"])
    op.create_index("ix_messages_wipe_at", "messages", ["wipe_at"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_jobs_run_at", "jobs", ["run_at"])
    op.create_table(
        "timers",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_timers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_timers_due", "timers", ["due"])


def _people() -> None:
    op.create_table(
        "conversations",
        sa.Column("chat", sa.LargeBinary(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_conversations"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "accounts",
        sa.Column("account", sa.LargeBinary(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_accounts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "editors",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("account", sa.LargeBinary(32), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editors"),
        sa.UniqueConstraint("account", name="uq_editors_account"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscribers",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("account", sa.LargeBinary(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("account", name="uq_subscribers_account"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscribers_language", "subscribers", ["language", "id"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stories_status", "stories", ["status"])
    op.create_table(
        "versions",
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story", "number", name="pk_versions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_questions_story", "questions", ["story", "position"])
    op.create_table(
        "approvals",
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("editor", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("story", "version", "editor", name="pk_approvals"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "routes",
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story", name="pk_routes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_routes_expires", "routes", ["expires"])
    op.create_table(
        "blobs",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kept", sa.SmallInteger(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blobs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blobs_kept_day", "blobs", ["kept", "day"])
    op.create_table(
        "blob_chunks",
        sa.Column("blob", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blob", "position", name="pk_blob_chunks"),
    )
    op.create_index("ix_blob_chunks_day", "blob_chunks", ["day"])
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("story", sa.LargeBinary(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("reached", sa.LargeBinary()),
        sa.Column("handed", sa.Integer(), nullable=False),
        sa.Column("finished", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.UniqueConstraint("story", name="uq_broadcasts_story"),
        sqlite_with_rowid=False,
    )
