"""The newsroom's signing key: what it says in public can be checked by anybody who has its public half.

    file:  "TZSIGN" | version (1) | public key (32) | nonce (12) | AES-256-GCM( seed (32) ) | tag (16)

Everything before the nonce is associated data. The public half stands there openly, so that the service can tell what
was signed here without the root key; only with the root key can anything be signed. Ed25519 is that of RFC 8032.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import KeyMissing, VaultError, WrongKey
from storage.vault.durable import create_private, ensure_private_folder
from storage.vault.root import RootKey
from storage.vault.secret import KEY_BYTES, Secret, derive

SIGNATURE_BYTES: Final = 64
_MAGIC: Final = b"TZSIGN\x01"
_HEADER: Final = len(_MAGIC) + KEY_BYTES
_NONCE: Final = 12
_TAG: Final = 16
_SIZE: Final = _HEADER + _NONCE + KEY_BYTES + _TAG
_CHECKSUM: Final = 3
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What is published. As text: 14 groups of four of A–Z and 2–7, the last five characters of which are a checksum,
    so that a mistyped key is told from another one.
    """

    raw: bytes

    def __str__(self) -> str:
        text = base64.b32encode(self.raw + self._checksum).decode()
        return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """However it was typed: small letters, spaces, a nought for an O. None: mistyped, or no key at all."""
        try:
            content = base64.b32decode("".join(text.replace("-", " ").split()), casefold=True, map01="I")
        except (binascii.Error, ValueError):
            return None
        key = cls(content[:KEY_BYTES])
        return key if len(key.raw) == KEY_BYTES and content[KEY_BYTES:] == key._checksum else None

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except InvalidSignature:
            return False
        return True

    @property
    def _checksum(self) -> bytes:
        return hashlib.sha256(b"tamizdat public key" + self.raw).digest()[:_CHECKSUM]


class SigningKey(Secret):
    """The seed."""

    __slots__ = ()

    @property
    def public(self) -> PublicKey:
        return PublicKey(self._private.public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        return self._private.sign(content)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.reveal())


def create_signing_key(path: Path, root: RootKey) -> SigningKey:
    """A random key in a new file with mode 0600. Raises VaultError when there is one: it would be lost."""
    ensure_private_folder(path.parent)
    key = SigningKey.new()
    header, nonce = _MAGIC + key.public.raw, secrets.token_bytes(_NONCE)
    sealed = _cipher(root).encrypt(nonce, key.reveal(), header)
    try:
        create_private(path, header + nonce + sealed)
    except FileExistsError:
        raise VaultError(f"There is a signing key at {path} already; it is not replaced.") from None
    return key


def load_signing_key(path: Path, root: RootKey) -> SigningKey:
    """Raises KeyMissing without a file, WrongKey when another root key sealed it, VaultError when it is damaged."""
    content = _read(path)
    nonce, sealed = content[_HEADER : _HEADER + _NONCE], content[_HEADER + _NONCE :]
    try:
        return SigningKey(_cipher(root).decrypt(nonce, sealed, content[:_HEADER]))
    except InvalidTag:
        raise WrongKey(
            f"The root key does not open the signing key {path}: use the root key it was made with, or, if the file "
            "is damaged, its copy."
        ) from None


def load_public_key(path: Path) -> PublicKey:
    """Needs no root key. Raises KeyMissing without a file, VaultError when it is no such file."""
    return PublicKey(_read(path)[len(_MAGIC) : _HEADER])


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(
            f"There is no signing key at {path}: restore its copy, or make one with `tamizdat handles new-key`."
        ) from None
    except OSError as error:
        raise VaultError(
            f"The signing key {path} can't be read ({error.strerror}): it must be a file of ours."
        ) from None
    if len(content) != _SIZE or not content.startswith(_MAGIC):
        raise VaultError(f"The signing key {path} is damaged: restore its copy.")
    return content


def _cipher(root: RootKey) -> AESGCM:
    return AESGCM(derive(root, "signing"))
