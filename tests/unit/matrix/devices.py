"""People and their devices as a homeserver shows them, with keys that really sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.platforms.matrix.signing.canonical import public_text, signature, unpadded
from bot.platforms.matrix.signing.seeds import Keys, make


class Phone:
    """One device: its JSON, signed by itself and, if given, by its owner's cross-signing keys."""

    def __init__(self, user: str, device: str) -> None:
        self.user = user
        self.device = device
        self.key = Ed25519PrivateKey.generate()
        self.curve = unpadded(Ed25519PrivateKey.generate().public_key().public_bytes_raw())

    def json(self, owner: Keys | None = None, **changes: object) -> dict[str, Any]:
        described: dict[str, Any] = {
            "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
            "user_id": self.user,
            "device_id": self.device,
            "keys": {f"ed25519:{self.device}": public_text(self.key), f"curve25519:{self.device}": self.curve},
            **changes,
        }
        own = {f"ed25519:{self.device}": signature(self.key, described)}
        by_owner = {} if owner is None else owner.vouched(described)["signatures"][self.user]
        return {**described, "signatures": {self.user: {**own, **by_owner}}}


def identity(user: str) -> Keys:
    return Keys(make(), user)


def answer(user: str, devices: Mapping[str, object], owner: Keys | None = None, **others: object) -> dict[str, Any]:
    """As /keys/query answers; owner: the identity it shows."""
    shown = {} if owner is None else owner.published()
    return {
        "device_keys": {user: dict(devices)},
        "master_keys": {user: shown["master_key"]} if shown else {},
        "self_signing_keys": {user: shown["self_signing_key"]} if shown else {},
        **others,
    }
