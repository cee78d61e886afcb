"""What was sent to our device: room keys, inside encrypted events. Nothing else of it is for a program."""

from __future__ import annotations

from collections.abc import Sequence

from nio.events import OlmEvent, ToDeviceEvent

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.listening.reading import is_mapping


def take(client: MatrixClient, raws: Sequence[object]) -> int:
    """Gives them to nio, each guarded by itself. Returns how many could not be read.

    Requests for keys, verifications and the like are left out: nio would keep those of strangers in memory for ever,
    and we share a room's key with nobody who asks.
    """
    unreadable = 0
    for raw in raws:
        if not is_mapping(raw) or raw.get("type") != "m.room.encrypted":
            continue
        try:
            event = ToDeviceEvent.parse_event(dict(raw))
            if isinstance(event, OlmEvent):
                client.machine.decrypt_event(event)
        except Exception:  # a broken Olm message makes nio and vodozemac raise all sorts (pitfall 10)
            unreadable += 1
    return unreadable
