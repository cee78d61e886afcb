"""Our own chain, from the master key to this device, as the homeserver shows it: each link checked by its signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.shown import key_of
from bot.platforms.matrix.keeping.machine import Machine
from bot.platforms.matrix.signing.canonical import is_signed, is_signed_as
from bot.platforms.matrix.signing.seeds import Keys


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """What the homeserver shows. `None`: nothing is there, or nothing that could be a key of ours."""

    master: str | None
    self_signing: str | None
    user_signing: str | None
    has_device: bool
    """any device under our device's id"""
    is_device: bool
    """and it has the keys that we have"""
    keys_signed: bool
    """by the master key, the two others"""
    device_signed: bool
    """by the self-signing key"""
    master_signed: bool
    """by our device"""

    @property
    def has_keys(self) -> bool:
        return (self.master, self.self_signing, self.user_signing) != (None, None, None)

    def is_of(self, keys: Keys) -> bool:
        return (self.master, self.self_signing, self.user_signing) == (
            keys.master,
            keys.self_signing,
            keys.user_signing,
        )

    def is_whole(self, keys: Keys) -> bool:
        return self.is_of(keys) and self.is_device and self.keys_signed and self.device_signed and self.master_signed


async def ask(client: MatrixClient) -> Chain:
    """Raises as `client.call` does."""
    found = await client.call("POST", "v3/keys/query", body={"device_keys": {client.machine.user_id: []}})
    return read(found, client.machine)


def read(found: Mapping[str, Any], machine: Machine) -> Chain:
    """found: the answer of /keys/query for ourselves."""
    user, name = machine.user_id, f"ed25519:{machine.device_id}"
    shown = {part: _of(found, f"{part}_keys", user) for part in ("master", "self_signing", "user_signing")}
    master, self_signing, user_signing = (key_of(value, user, part) for part, value in shown.items())
    device = _of(found, "device_keys", user)
    device = device.get(machine.device_id) if isinstance(device, Mapping) else None
    ours = machine.account.identity_keys
    return Chain(
        master=master,
        self_signing=self_signing,
        user_signing=user_signing,
        has_device=device is not None,
        is_device=_keys(device) == {name: ours["ed25519"], f"curve25519:{machine.device_id}": ours["curve25519"]},
        keys_signed=master is not None
        and all(is_signed(shown[part], user=user, by=master) for part in ("self_signing", "user_signing")),
        device_signed=self_signing is not None and is_signed(device, user=user, by=self_signing),
        master_signed=is_signed_as(shown["master"], user=user, name=name, by=ours["ed25519"]),
    )


def _of(found: Mapping[str, Any], part: str, user: str) -> Any:
    people = found.get(part)
    return people.get(user) if isinstance(people, Mapping) else None


def _keys(device: object) -> object:
    return device.get("keys") if isinstance(device, Mapping) else None
