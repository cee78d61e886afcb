"""Whether this machine lets the service protect people: a finding each, with the remedy."""

from __future__ import annotations

import resource
from datetime import UTC, datetime
from pathlib import Path

from bot.media import sandbox
from bot.platforms.base import Finding
from storage.room import LEAST_FREE_SHARE, has_room, usage

_DRIFT_SECONDS = 300
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time than this program's own."""


def disk(folder: Path) -> Finding:
    free, total = usage(folder)
    return Finding(
        what=f"Disk: {free / 2**30:.1f} GiB free, {free / total:.0%}",
        ok=has_room(folder),
        remedy=f"Less than {LEAST_FREE_SHARE:.0%} is free: no file is taken from anybody until there is room.",
    )


def confinement() -> Finding:
    """Blocks for about 0.1 s."""
    layers = sandbox.available()
    held = [
        name
        for name, holds in (
            ("limits", layers.limits),
            ("no new privileges", layers.no_new_privs),
            (f"Landlock {layers.landlock}", layers.landlock > 0),
            ("seccomp", layers.seccomp),
        )
        if holds
    ]
    return Finding(
        what=f"Sandbox for photos: {', '.join(held) or 'nothing holds'}",
        ok=layers.enough,
        remedy="Photos are refused: use a Linux kernel from 5.13 on with seccomp or Landlock.",
    )


def hardening() -> Finding:
    """Of this very process, which was hardened as the service is."""
    return Finding(
        what="This process writes no core files",
        ok=resource.getrlimit(resource.RLIMIT_CORE) == (0, 0),
        remedy="Run it on Linux, without a sandbox that forbids prctl.",
    )


def clock(database: Path | None, now: datetime | None = None) -> Finding:
    """`database`: a file that this machine wrote, if there is one."""
    moment = now or datetime.now(UTC)
    floor = _WRITTEN
    if database is not None and database.exists():
        floor = max(floor, datetime.fromtimestamp(database.stat().st_mtime, UTC))
    return Finding(
        what=f"Clock: {moment:%Y-%m-%d %H:%M} UTC",
        ok=(moment - floor).total_seconds() > -_DRIFT_SECONDS,
        remedy="The clock is behind what was already written: set it (timedatectl set-ntp true), or nothing is "
        "deleted in time.",
    )
