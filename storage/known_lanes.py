"""Which key a lane has, remembered by the process: it does not change while the lane lives, and every message asks."""

from __future__ import annotations

from collections import OrderedDict

from storage.ids import KeyId, LaneId

_MOST = 8192


class KnownLanes:
    """Only lanes whose transaction was committed: one that was rolled back has no row."""

    def __init__(self) -> None:
        self._keys: OrderedDict[LaneId, KeyId] = OrderedDict()

    def get(self, lane: LaneId) -> KeyId | None:
        key_id = self._keys.get(lane)
        if key_id is not None:
            self._keys.move_to_end(lane)
        return key_id

    def keep(self, lane: LaneId, key_id: KeyId) -> None:
        self._keys[lane] = key_id
        self._keys.move_to_end(lane)
        if len(self._keys) > _MOST:
            self._keys.popitem(last=False)

    def forget(self, lane: LaneId) -> None:
        self._keys.pop(lane, None)
