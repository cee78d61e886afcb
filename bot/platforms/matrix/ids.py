"""Matrix's names of things. All of them are private: none goes into a log, a repr or an exception."""

from __future__ import annotations

from typing import NewType

RoomId = NewType("RoomId", str)
"""`!opaque:server`; of newer room versions without the server"""
UserId = NewType("UserId", str)
"""`@name:server`"""
EventId = NewType("EventId", str)
"""`$opaque`"""
DeviceId = NewType("DeviceId", str)
"""One of a person's clients; ours is made by the first log-in and never changes."""
