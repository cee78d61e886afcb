"""What a database says of itself when a test has waited in vain: who waits for whom there, and which rows for what.

None of their content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import URL

from storage.connection import Connection
from storage.database import Database

_NOW = {True: "SELECT unixepoch()", False: "SELECT extract(epoch FROM clock_timestamp())::bigint"}
"""By whether it is SQLite. Of this second, not of when the transaction began."""
_SESSIONS = """
    SELECT pid, state, wait_event_type, wait_event, pg_blocking_pids(pid) AS blocked_by,
        round(extract(epoch FROM clock_timestamp() - xact_start), 1) AS seconds_in_transaction,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 160) AS statement
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY xact_start
"""
_WAITING = {
    "inbox": """
        SELECT seq, attempts, not_before AS due, lease_until AS leased
        FROM inbox LEFT JOIN lanes ON lanes.lane = inbox.lane ORDER BY seq
    """,
    "outbox": """
        SELECT seq, urgency, anchor IS NOT NULL AS has_anchor, attempts, not_before AS due, lease_until AS leased
        FROM outbox LEFT JOIN lanes ON lanes.lane = outbox.lane ORDER BY seq
    """,
    "jobs": "SELECT kind, attempts, run_at AS due, lease_until AS leased FROM jobs ORDER BY run_at",
    "timers": "SELECT kind, due FROM timers ORDER BY due",
    "leases": "SELECT until AS leased FROM leases ORDER BY until",
}
_MOMENTS = frozenset({"due", "leased"})


async def standstill(url: str | URL) -> str:
    """A paragraph for each kind of row, a line for each row. Moments are seconds from now; "at once": none is set."""
    database = Database(url)
    try:
        async with database.read() as connection:
            now = int((await connection.execute(text(_NOW[database.is_sqlite]))).scalar_one())
            asked = _WAITING if database.is_sqlite else {"sessions": _SESSIONS, **_WAITING}
            return "\n".join([await _paragraph(connection, name, query, now) for name, query in asked.items()])
    finally:
        await database.close()


async def _paragraph(connection: Connection, name: str, query: str, now: int) -> str:
    rows = (await connection.execute(text(query))).mappings().all()
    return "\n  ".join([f"{name}: {len(rows)}", *(_line(row, now) for row in rows)])


def _line(row: Mapping[Any, Any], now: int) -> str:
    return ", ".join(f"{name} {_said(name, value, now)}" for name, value in row.items() if value is not None)


def _said(name: str, value: object, now: int) -> str:
    if name not in _MOMENTS or not isinstance(value, int):
        return str(value)
    return f"{value - now:+d} s" if value else "at once" if name == "due" else "by nobody"
