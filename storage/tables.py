"""Every table, on one page. What is sealed is named `body`; what stays open is what a thief of the files may learn.

Open columns hold row counts, days, languages, topics, statuses and keyed hashes; never text, files or account ids.
Migrations in `migrations/` must produce exactly this page: a test
compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# `sqlite_with_rowid=False`: SQLite's hidden row number counts up and would tell which key was made next to which, and
# so whose story is whose.

_id = LargeBinary(16)
_hash = LargeBinary(32)
_sealed = LargeBinary
_sequence = BigInteger().with_variant(Integer, "sqlite")

# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────
wraps = Table(
    "wraps",
    metadata,
    Column("key_id", _id, primary_key=True),
    Column("holder", String(16), primary_key=True),  # the ring (for the newsroom: `offline`)
    Column("kek", Integer, nullable=False),  # number of the key-encryption key in the ring
    Column("wrap", LargeBinary, nullable=False),
    Index("ix_wraps_holder_kek", "holder", "kek"),
    sqlite_with_rowid=False,
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# ── queues ───────────────────────────────────────────────────────────────────────────────────────────────────────
cursors = Table(
    "cursors",
    metadata,
    Column("source", _hash, primary_key=True),
    Column("position", String(256), nullable=False),
    sqlite_with_rowid=False,
)

leases = Table(
    "leases",
    metadata,
    Column("name", _hash, primary_key=True),  # of what only one process at a time does
    Column("owner", _id),  # random, anew with each term
    Column("until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

events_seen = Table(
    "events_seen",
    metadata,
    Column("event", _hash, primary_key=True),
    Column("day", Date, nullable=False),
    Index("ix_events_seen_day", "day"),
    sqlite_with_rowid=False,
)

lanes = Table(
    "lanes",
    metadata,
    Column("lane", _hash, primary_key=True),
    Column("day", Date, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("owner", _id),
    Column("lease_until", BigInteger, nullable=False),
    Index("ix_lanes_day", "day"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    Column("seq", _sequence, primary_key=True, autoincrement=True),
    Column("id", _id, nullable=False, unique=True),
    Column("lane", _hash, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_inbox_lane", "lane", "seq"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", _sequence, primary_key=True, autoincrement=True),
    Column("id", _id, nullable=False, unique=True),
    Column("lane", _hash, nullable=False),
    Column("platform", _hash),  # keyed; a platform may be one worker's alone, and the others pass its rows by
    Column("urgency", SmallInteger, nullable=False),  # 0 a person waits for it, 1 nobody does
    Column("anchor", _id),  # newest wins among waiting rows of one anchor
    Column("attempts", SmallInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_outbox_lane", "lane", "seq"),
    Index("ix_outbox_urgency", "urgency", "seq"),
    Index("ix_outbox_anchor", "anchor"),
    sqlite_autoincrement=True,
)

anchors = Table(
    "anchors",
    metadata,
    Column("anchor", _id, primary_key=True),
    Column("key_id", _id, nullable=False),
    Column("day", Date, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_anchors_day", "day"),
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    Column("id", _id, primary_key=True),
    Column("chat", _hash, nullable=False),
    Column("wipe_at", BigInteger, nullable=False),  # rounded to ten minutes
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_messages_chat", "chat"),
    Index("ix_messages_wipe_at", "wipe_at"),
    sqlite_with_rowid=False,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", _id, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("run_at", BigInteger, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_jobs_run_at", "run_at"),
    sqlite_with_rowid=False,
)

timers = Table(
    "timers",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("subject", LargeBinary, primary_key=True),  # an id or a hash of what the timer is about
    Column("due", BigInteger, nullable=False),
    Index("ix_timers_due", "due"),
    sqlite_with_rowid=False,
)

# ── conversations and people ─────────────────────────────────────────────────────────────────────────────────────
conversations = Table(
    "conversations",
    metadata,
    Column("chat", _hash, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

accounts = Table(
    "accounts",
    metadata,
    Column("account", _hash, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

editors = Table(
    "editors",
    metadata,
    Column("id", _id, primary_key=True),
    Column("account", _hash, nullable=False, unique=True),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("editor", _id, primary_key=True),  # the person
    Column("key_id", _id, nullable=False),  # the row's own, made anew with every change
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", _id, primary_key=True),
    Column("account", _hash, nullable=False, unique=True),
    Column("language", String(8), nullable=False),
    Column("generation", Integer, nullable=False),  # joined since how many broadcasts
    Column("digest_due", BigInteger),  # a full quarter of an hour that many share
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_subscribers_language", "language", "id", "generation"),
    Index("ix_subscribers_digest_due", "digest_due", "language"),
    Index("ix_subscribers_generation", "generation"),
    sqlite_with_rowid=False,
)

weeks = Table(
    "weeks",
    metadata,
    Column("week", Date, primary_key=True),  # its Monday
    Column("name", String(32), primary_key=True),
    Column("number", Integer, nullable=False),  # of readers or messages; nobody is named
    sqlite_with_rowid=False,
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("account", _hash, primary_key=True),  # who asked not to be added again from a list
    sqlite_with_rowid=False,
)

blocks = Table(
    "blocks",
    metadata,
    Column("account", _hash, primary_key=True),
    Column("until", Date, nullable=False),
    sqlite_with_rowid=False,
)

# ── encrypted messengers ─────────────────────────────────────────────────────────────────────────────────────────
crypto = Table(
    "crypto",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", _hash, primary_key=True),
    Column("key_id", _id, nullable=False),  # the row's own, made anew with every change
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

# ── stories ──────────────────────────────────────────────────────────────────────────────────────────────────────
stories = Table(
    "stories",
    metadata,
    Column("id", _id, primary_key=True),
    Column("status", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("since", Date, nullable=False),  # day of the last change of status
    Column("revision", Integer, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_stories_status", "status"),
    sqlite_with_rowid=False,
)

versions = Table(
    "versions",
    metadata,
    Column("story", _id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

questions = Table(
    "questions",
    metadata,
    Column("id", _id, primary_key=True),
    Column("story", _id, nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_questions_story", "story", "position"),
    sqlite_with_rowid=False,
)

approvals = Table(
    "approvals",
    metadata,
    Column("story", _id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("editor", _id, primary_key=True),
    sqlite_with_rowid=False,
)

routes = Table(
    "routes",
    metadata,
    Column("story", _id, primary_key=True),
    Column("expires", Date, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    Index("ix_routes_expires", "expires"),
    sqlite_with_rowid=False,
)

offline = Table(
    "offline",
    metadata,
    Column("story", _id, primary_key=True),
    Column("key_id", _id, nullable=False),  # the row's own
    Column("body", _sealed, nullable=False),  # in it: the story's key, for the newsroom's offline key
    Column("cold", _sealed),  # sealed by the story's key, which the ring has no more
    sqlite_with_rowid=False,
)

# ── receipts ─────────────────────────────────────────────────────────────────────────────────────────────────────
receipts = Table(
    "receipts",
    metadata,
    Column("lookup", _hash, primary_key=True),  # made of the words
    Column("story", _hash, nullable=False, unique=True),  # a keyed hash of the story's id: one receipt each
    Column("key_id", _id, nullable=False),  # the row's own
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────
blobs = Table(
    "blobs",
    metadata,
    Column("id", _id, primary_key=True),
    Column("day", Date, nullable=False),
    Column("kept", SmallInteger, nullable=False),  # 0 while it arrives or belongs to nothing: swept after a day
    Column("key_id", _id, nullable=False),
    Index("ix_blobs_kept_day", "kept", "day"),
    sqlite_with_rowid=False,
)

blob_chunks = Table(
    "blob_chunks",
    metadata,
    Column("blob", _id, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_blob_chunks_day", "day"),
)


# ── publication ──────────────────────────────────────────────────────────────────────────────────────────────────
def _counts() -> list[Column[int]]:
    """Of readers, by what became of the broadcast for them (`counts.py`)."""
    names = ("sent", "skipped", "blocked", "failed", "unknown", "replaced")
    return [Column(name, Integer, nullable=False) for name in names]


broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", _id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", LargeBinary, nullable=False),  # the id or hash of what is sent
    Column("once", _hash, unique=True),  # of the name of what is begun once
    Column("audience", LargeBinary, nullable=False),  # languages
    Column("origin", _id),  # the one whose copies it corrects or takes back
    Column("generation", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("why", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("total", Integer),
    Column("since", BigInteger, nullable=False),  # the second at which it began: what is published is no secret
    Column("handled_before", Integer, nullable=False),
    *_counts(),
    Index("ix_broadcasts_subject", "subject", "kind"),
    Index("ix_broadcasts_origin", "origin"),
    Index("ix_broadcasts_state", "state"),
    sqlite_with_rowid=False,
)

shards = Table(
    "shards",
    metadata,
    Column("broadcast", _id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("low", _id, nullable=False),
    Column("high", _id, nullable=False),
    Column("done", SmallInteger, nullable=False),
    Column("owner", _id),
    Column("lease_until", BigInteger, nullable=False),
    *_counts(),
    sqlite_with_rowid=False,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("broadcast", _id, primary_key=True),
    Column("subscriber", _id, primary_key=True),
    Column("outcome", SmallInteger, nullable=False),
    Column("body", _sealed),  # by the key of the subscriber's row; nothing where there is no copy
    sqlite_with_rowid=False,
)

openings = Table(
    "openings",
    metadata,
    Column("broadcast", _id, primary_key=True),
    Column("subscriber", _id, primary_key=True),
    Column("body", _sealed, nullable=False),  # by the key of the subscriber's row
    sqlite_with_rowid=False,
)

pace = Table(
    "pace",
    metadata,
    Column("account", String(64), primary_key=True),  # of the bot: platform and name in the config
    Column("next_at", BigInteger, nullable=False),  # microseconds
    Column("slower_until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

letters = Table(
    "letters",
    metadata,
    Column("id", _id, primary_key=True),
    Column("status", String(16), nullable=False),
    Column("since", Date, nullable=False),  # day of the last change
    Column("revision", Integer, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

letter_templates = Table(
    "letter_templates",
    metadata,
    Column("id", _id, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("key_id", _id, nullable=False),
    Column("body", _sealed, nullable=False),
    sqlite_with_rowid=False,
)

# ── audit ────────────────────────────────────────────────────────────────────────────────────────────────────────
audit = Table(
    "audit",
    metadata,
    Column("seq", _sequence, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("key_id", _id, nullable=False),  # the day's
    Column("body", _sealed, nullable=False),
    Column("mac", _hash, nullable=False),  # of this entry and the one before it
    sqlite_with_rowid=False,
)
