"""Which rows of the outbox are first in their lanes, and may go out now. Statements for `Outbox`."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select, tuple_

from storage.quarantine import QUARANTINE
from storage.tables import lanes, outbox

HEAD_ROWS = (
    select(
        outbox.c.seq,
        outbox.c.id,
        outbox.c.lane,
        outbox.c.urgency,
        outbox.c.attempts,
        outbox.c.body,
        lanes.c.key_id,
    )
    .join(lanes, lanes.c.lane == outbox.c.lane)
    # Again, because on PostgreSQL another sender may have postponed it between the two statements.
    .where(outbox.c.seq.in_(bindparam("heads", expanding=True)), outbox.c.not_before <= bindparam("now"))
    .order_by(outbox.c.urgency, outbox.c.seq)
)
_earlier, _first = outbox.alias(), outbox.alias()
_of_lane = (_first.c.lane == outbox.c.lane, _first.c.not_before < QUARANTINE)
_head = select(_first.c.seq).where(*_of_lane).order_by(_first.c.seq).limit(1)
_head_waits = select(_first.c.not_before).where(*_of_lane).order_by(_first.c.seq).limit(1)
READY = (  # walks the rows by urgency and stops at the limit, however many wait; a lane counts by its most urgent row
    select(_head.scalar_subquery())
    .select_from(outbox)
    .join(lanes, lanes.c.lane == outbox.c.lane)
    .where(
        outbox.c.not_before < QUARANTINE,
        lanes.c.lease_until <= bindparam("now"),
        _head_waits.scalar_subquery() <= bindparam("now"),
        ~exists().where(
            _earlier.c.lane == outbox.c.lane,
            _earlier.c.not_before < QUARANTINE,
            tuple_(_earlier.c.urgency, _earlier.c.seq) < tuple_(outbox.c.urgency, outbox.c.seq),
        ),
    )
    .order_by(outbox.c.urgency, outbox.c.seq)
    .limit(bindparam("most"))
    .with_for_update(of=lanes, skip_locked=True)
)
READY_BUT = READY.where(  # rows of before this column was there name no platform
    or_(outbox.c.platform.is_(None), outbox.c.platform.not_in(bindparam("absent", expanding=True)))
)
FIRST_DAY = (
    select(lanes.c.day)
    .select_from(outbox)
    .join(lanes, lanes.c.lane == outbox.c.lane)
    .where(outbox.c.not_before < QUARANTINE)
    .order_by(outbox.c.seq)
    .limit(1)
)
ANY_WAITING = select(
    exists().where(outbox.c.lane.in_(bindparam("names", expanding=True)), outbox.c.not_before < QUARANTINE)
)
