"""The three private cross-signing keys, where they are kept, and the public JSON that is made of them."""

from __future__ import annotations

import os
from functools import cached_property
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.platforms.matrix.signing.canonical import public_text, signature
from storage.codec import decode, encode
from storage.crypto import Kind
from storage.private import Private
from storage.store import Store

_SEED_BYTES = 32
_NAME = "seeds"


class Seeds(msgspec.Struct, frozen=True, kw_only=True):
    """32 bytes each, kept sealed for as long as the account lives."""

    master: Private[bytes]
    """the identity: what people verify"""
    self_signing: Private[bytes]
    """signs our device"""
    user_signing: Private[bytes]
    """would sign other people; without it clients call the set incomplete"""


def make() -> Seeds:
    return Seeds(master=_seed(), self_signing=_seed(), user_signing=_seed())


async def load(store: Store) -> Seeds | None:
    async with store.read() as tx:
        body = await tx.crypto.get(Kind.SIGNING, _NAME)
    if body is None:
        return None
    kept: Seeds = decode(Seeds, body)
    return kept


async def save(store: Store, seeds: Seeds | None) -> None:
    """None: there shall be none."""
    async with store.write() as tx:
        if seeds is None:
            await tx.crypto.drop(Kind.SIGNING, [_NAME])
        else:
            await tx.crypto.put(Kind.SIGNING, {_NAME: encode(seeds)})


class Keys:
    """The seeds as keys of one user."""

    def __init__(self, seeds: Seeds, user: str) -> None:
        self._user = user
        self._master = Ed25519PrivateKey.from_private_bytes(seeds.master.reveal())
        self._self_signing = Ed25519PrivateKey.from_private_bytes(seeds.self_signing.reveal())
        self._user_signing = Ed25519PrivateKey.from_private_bytes(seeds.user_signing.reveal())

    @cached_property
    def master(self) -> str:
        """The public key, unpadded base64; so are the next two."""
        return public_text(self._master)

    @cached_property
    def self_signing(self) -> str:
        return public_text(self._self_signing)

    @cached_property
    def user_signing(self) -> str:
        return public_text(self._user_signing)

    def published(self) -> dict[str, Any]:
        """The body of /keys/device_signing/upload."""
        return {
            "master_key": self.master_key(),
            "self_signing_key": self._by_master(self._described("self_signing", self.self_signing)),
            "user_signing_key": self._by_master(self._described("user_signing", self.user_signing)),
        }

    def master_key(self) -> dict[str, Any]:
        """Unsigned: the device signs it."""
        return self._described("master", self.master)

    def vouched(self, device: dict[str, Any]) -> dict[str, Any]:
        """The device's JSON with the self-signing key's signature and no other."""
        given = signature(self._self_signing, device)
        return {**device, "signatures": {self._user: {f"ed25519:{self.self_signing}": given}}}

    def _described(self, usage: str, key: str) -> dict[str, Any]:
        return {"user_id": self._user, "usage": [usage], "keys": {f"ed25519:{key}": key}}

    def _by_master(self, value: dict[str, Any]) -> dict[str, Any]:
        given = signature(self._master, value)
        return {**value, "signatures": {self._user: {f"ed25519:{self.master}": given}}}


def _seed() -> Private[bytes]:
    return Private(os.urandom(_SEED_BYTES))
