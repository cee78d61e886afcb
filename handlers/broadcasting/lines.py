"""How a broadcast stands, in lines whose figures add up to the audience to the last reader."""

from __future__ import annotations

from bot.texts.fluent import Message, msg
from storage.broadcasts import Broadcast, Progress, State
from storage.clock import MINUTE

_BAR = 10
_STATES = {
    State.PAUSED: {"failures": "broadcast-paused-failures", "error": "broadcast-paused-error"}
    | {"restored": "broadcast-paused-restored"},
    State.CANCELLED: {"over": "broadcast-over"},
}
"""By why; without a reason of its own: `broadcast-<state>`."""


def progress_lines(broadcast: Broadcast, known: Progress) -> list[Message]:
    if broadcast.total is None:
        return [msg("broadcast-starts")]
    counts, done = known.counts, known.counts.all
    lines = [_state(broadcast)] if broadcast.state is not State.RUNNING else []
    if broadcast.state is not State.FINISHED and known.total:
        filled = _BAR * done // known.total
        bar = "▓" * filled + "░" * (_BAR - filled)
        lines.append(msg("broadcast-bar", bar=bar, percent=100 * done // known.total))
    lines.append(msg("broadcast-sent", sent=counts.sent, total=known.total))
    others = {"skipped": counts.skipped, "blocked": counts.blocked, "failed": counts.failed, "unknown": counts.unknown}
    others["left" if broadcast.state is State.FINISHED else "rest"] = known.rest
    lines += [msg(f"broadcast-{name}", count=count) for name, count in others.items() if count]
    if known.per_second and known.seconds_left is not None:
        pace = max(1, round(known.per_second))
        lines.append(msg("broadcast-pace", pace=pace, minutes=known.seconds_left // MINUTE))
    return lines


def _state(broadcast: Broadcast) -> Message:
    return msg(_STATES.get(broadcast.state, {}).get(broadcast.why, f"broadcast-{broadcast.state}"))
