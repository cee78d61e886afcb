"""How a broadcast stands, in lines whose figures add up to the audience to the last reader."""

from __future__ import annotations

from bot.texts.fluent import Message, msg
from handlers.broadcasting.titles import said_as
from storage.broadcast import OUTDATED, Broadcast, Progress, State
from storage.clock import MINUTE
from storage.store import Transaction

_BAR = 10
_REASONS = {
    State.PAUSED: {"failures": "broadcast-paused-failures", "error": "broadcast-paused-error"}
    | {"restored": "broadcast-paused-restored"},
    State.CANCELLED: {"over": "broadcast-over", OUTDATED: "broadcast-outdated"},
}
"""By why; without a reason of its own: `broadcast-<state>`."""


async def progress_lines(tx: Transaction, broadcast: Broadcast) -> list[Message]:
    lines = _lines(broadcast, await tx.broadcasts.progress(broadcast))
    origin = None if broadcast.over is None else await tx.broadcasts.find(broadcast.over)
    unknown = 0 if origin is None else (await tx.broadcasts.progress(origin)).counts.unknown
    return [*lines, msg("broadcast-never-known", kind=said_as(broadcast.kind), count=unknown)] if unknown else lines


def _lines(broadcast: Broadcast, known: Progress) -> list[Message]:
    kind = said_as(broadcast.kind)
    if broadcast.total is None:
        return [msg("broadcast-starts", kind=kind)]
    counts, done = known.counts, known.counts.all
    lines = [_state(broadcast)] if broadcast.state is not State.RUNNING else []
    if broadcast.state is not State.FINISHED and known.total:
        filled = _BAR * done // known.total
        bar = "▓" * filled + "░" * (_BAR - filled)
        lines.append(msg("broadcast-bar", bar=bar, percent=100 * done // known.total))
    lines.append(msg("broadcast-sent", kind=kind, sent=counts.sent, total=known.total))
    others = {"replaced": counts.replaced, "skipped": counts.skipped, "blocked": counts.blocked}
    others |= {"failed": counts.failed, "unknown": counts.unknown}
    others["left" if broadcast.state is State.FINISHED else "rest"] = known.rest
    lines += [msg(f"broadcast-{name}", kind=kind, count=count) for name, count in others.items() if count]
    if known.per_second and known.seconds_left is not None:
        pace = max(1, round(known.per_second))
        lines.append(msg("broadcast-pace", pace=pace, minutes=known.seconds_left // MINUTE))
    return lines


def _state(broadcast: Broadcast) -> Message:
    why = _REASONS.get(broadcast.state, {}).get(broadcast.why, f"broadcast-{broadcast.state}")
    return msg(why, kind=said_as(broadcast.kind))
