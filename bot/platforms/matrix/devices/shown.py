"""What /keys/query says of people, taken for true only as far as it is signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeGuard

import msgspec

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.trust import Device, Shown
from bot.platforms.matrix.signing.canonical import from_unpadded, is_signed, is_signed_as, unpadded
from storage.private import Private

KEY_BYTES = 32


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was shown of one person, and the devices' JSON as it came, for nio: by device id."""

    shown: Shown
    devices: Mapping[str, Mapping[str, Any]]


async def query(client: MatrixClient, users: Collection[str]) -> dict[str, Answer]:
    """By user id. Who is missing was not answered for: their server is away. Raises as `client.call` does."""
    every: list[str] = []  # an empty list of devices asks for all
    found = await client.call("POST", "v3/keys/query", body={"device_keys": dict.fromkeys(users, every)})
    devices = _part(found, "device_keys")
    return {user: read(found, user) for user in users if user in devices}


def read(found: Mapping[str, Any], user: str) -> Answer:
    """found: the whole answer of /keys/query. A broken device or key counts as not there; never raises."""
    master = key_of(_part(found, "master_keys").get(user), user, "master")
    vouching = _part(found, "self_signing_keys").get(user)
    self_signing = key_of(vouching, user, "self_signing")
    if master is None or not is_signed(vouching, user=user, by=master):
        self_signing = None
    sound: dict[str, Mapping[str, Any]] = {}
    devices = []
    for name, payload in _part(_part(found, "device_keys"), user).items():
        device = _device(payload, user, name, self_signing)
        if device is not None:
            sound[name] = payload
            devices.append(device)
    shown = Shown(user=Private(user), master=None if master is None else Private(master), devices=tuple(devices))
    return Answer(shown=shown, devices=sound)


def key_of(value: object, user: str, usage: str) -> str | None:
    """The public key in a cross-signing key's JSON; None when it is not one of this user for this use."""
    if not isinstance(value, Mapping) or value.get("user_id") != user:
        return None
    usages, keys = value.get("usage"), value.get("keys")
    if not isinstance(usages, list) or usage not in usages or not isinstance(keys, Mapping) or len(keys) != 1:
        return None
    ((name, key),) = keys.items()
    return key if name == f"ed25519:{key}" and _is_key(key) else None


def _device(payload: object, user: str, name: str, self_signing: str | None) -> Device | None:
    if not isinstance(payload, Mapping) or (payload.get("user_id"), payload.get("device_id")) != (user, name):
        return None
    keys = _part(payload, "keys")
    ed25519, curve25519 = keys.get(f"ed25519:{name}"), keys.get(f"curve25519:{name}")
    if not (_is_key(ed25519) and _is_key(curve25519)):
        return None
    if not is_signed_as(payload, user=user, name=f"ed25519:{name}", by=ed25519):
        return None
    called = _part(payload, "unsigned").get("device_display_name")
    return Device(
        user=Private(user),
        id=Private(name),
        name=Private(called if isinstance(called, str) else ""),
        ed25519=Private(ed25519),
        curve25519=Private(curve25519),
        signed=self_signing is not None and is_signed(payload, user=user, by=self_signing),
    )


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, Mapping) else {}


def _is_key(value: object) -> TypeGuard[str]:
    """Exactly as vodozemac reads it: it raises at padding and at stray bits, in the middle of nio."""
    try:
        return isinstance(value, str) and len(raw := from_unpadded(value)) == KEY_BYTES and unpadded(raw) == value
    except ValueError:
        return False
