"""What the config says of one Matrix account."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class MatrixSettings(msgspec.Struct, frozen=True, kw_only=True):
    homeserver: str
    """where its client interface answers: `https://matrix.example.org`, without a path"""
    user: str
    """`@newsroom:example.org`"""
    device_name: str = "Tamizdat"
    """what others see in the list of the account's sessions"""
    editors_room: str | None = None
    """room id, `!…:server`"""
    channels: Mapping[str, str] = {}
    """language → room id of a world-readable room"""
    per_second: float | None = None
    """messages in all; None: as many as the server takes (it says so with 429)"""
    sync_seconds: int = 25
    """how long the server holds a sync open while nothing happens"""
    read_seconds: float = 20.0
    """how long an answer may take before it counts as lost"""
    longest_wait: float = 60.0
    """seconds between two tries to receive, when the server is away"""
