"""Our own device, as others are to see it."""

from __future__ import annotations

from typing import Any

from bot.platforms.matrix.keeping.machine import Machine
from bot.platforms.matrix.signing.canonical import canonical

ALGORITHMS = ("m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2")


def device_keys(machine: Machine) -> dict[str, Any]:
    """Signed by the device itself."""
    keys = machine.account.identity_keys
    described = {
        "algorithms": list(ALGORITHMS),
        "device_id": machine.device_id,
        "user_id": machine.user_id,
        "keys": {
            f"curve25519:{machine.device_id}": keys["curve25519"],
            f"ed25519:{machine.device_id}": keys["ed25519"],
        },
    }
    return signed_by_device(machine, described)


def signed_by_device(machine: Machine, value: dict[str, Any]) -> dict[str, Any]:
    """A copy that has our device's signature and no other."""
    given = str(machine.account.sign(canonical(value).decode()))
    return {**value, "signatures": {machine.user_id: {f"ed25519:{machine.device_id}": given}}}
