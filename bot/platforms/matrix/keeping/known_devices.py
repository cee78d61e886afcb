"""People's devices, and which of them nio may give room keys to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nio.crypto import OlmDevice, TrustState

from bot.platforms.matrix.keeping.pickles import Pickles


class KnownDevices:
    def __init__(self, pickles: Pickles) -> None:
        self._pickles = pickles
        self._of: dict[str, dict[str, OlmDevice]] = {}

    def __iter__(self) -> Iterator[OlmDevice]:
        return (device for devices in self._of.values() for device in devices.values())

    @property
    def users(self) -> set[str]:
        return set(self._of)

    def fill(self, record: bytes) -> None:
        for device in self._pickles.to_devices(record):
            self._of.setdefault(device.user_id, {})[device.id] = device

    def record(self, user: str) -> bytes | None:
        return self._pickles.devices(user, self._of[user]) if user in self._of else None

    def add(self, user: str, devices: Mapping[str, OlmDevice]) -> None:
        self._of.setdefault(user, {}).update(devices)

    def forget(self, user: str) -> None:
        self._of.pop(user, None)

    def is_(self, device: OlmDevice, state: TrustState) -> bool:
        known = self._of.get(device.user_id, {}).get(device.id)
        return known is not None and known.trust_state is state

    def set(self, device: OlmDevice, state: TrustState) -> bool:
        """Whether that changed anything. Raises KeyError for a device that was never saved."""
        known = self._of[device.user_id][device.id]
        if known.trust_state is state:
            return False
        known.trust_state = device.trust_state = state
        return True
