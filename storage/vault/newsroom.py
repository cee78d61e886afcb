"""The newsroom's offline key: twelve words on paper. The server keeps the public half and opens nothing that it seals.

    words    11 of 8192 at random (143 bits), the 12th is their checksum: a wrong or misplaced word is told at once
    private  HKDF-SHA256( SHA-256 of the words )                 X25519
    sealed   HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; info names the purpose
    file     "TZNEWS" | version (1) | public half (32) | HMAC-SHA256 by a key from the root key

The public half lies beside the ring, not in the config: a command writes it, it is copied with the keys, and its mac
tells when somebody who has the folder, but not the root key, has put their own in its place. The words and the labels
must never change: what lies cold would open with nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from storage.errors import Unreadable, VaultError
from storage.private import Private
from storage.vault.durable import ensure_private_folder, replace_private
from storage.vault.root import RootKey
from storage.vault.secret import KEY_BYTES, Secret, derive, fields, label
from storage.vault.words import recognised, typed_words, words

LENGTH: Final = 12
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MAGIC: Final = b"TZNEWS\x01"
_SIZE: Final = len(_MAGIC) + 2 * KEY_BYTES
_NAME: Final = 5


@dataclass(frozen=True, slots=True)
class NewsroomKey:
    """The public half."""

    raw: bytes

    @property
    def name(self) -> str:
        """Eight letters and digits that tell one key from another: for the paper, and for what it has sealed."""
        return base64.b32encode(hashlib.sha256(self.raw).digest()[:_NAME]).decode()

    def seal(self, purpose: str, place: bytes, plain: bytes) -> bytes:
        """For whoever has the words, and for this purpose and place only; 48 bytes longer."""
        return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(self.raw), info=_info(purpose, place))


class OfflineKey(Secret):
    """The private half; it is made from the words, and never kept."""

    __slots__ = ()

    @property
    def public(self) -> NewsroomKey:
        return NewsroomKey(self._private.public_key().public_bytes_raw())

    def open(self, purpose: str, place: bytes, sealed: bytes) -> bytes:
        """Raises Unreadable."""
        try:
            return _SUITE.decrypt(sealed, self._private, info=_info(purpose, place))
        except (InvalidTag, ValueError):
            raise Unreadable("It was sealed for another key, or was altered.") from None

    @property
    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.reveal())


class Words(Private[tuple[str, ...]]):
    """Twelve words of the list, the last of which fits the others. Shows nothing by itself."""

    __slots__ = ()

    @property
    def key(self) -> OfflineKey:
        text = " ".join(self.reveal()).encode()
        return OfflineKey(derive(Secret(hashlib.sha256(text).digest()), "newsroom/private"))


def draw() -> Words:
    """New ones."""
    chosen = tuple(secrets.choice(words()) for _ in range(LENGTH - 1))
    return Words((*chosen, _checksum(chosen)))


def read(text: Private[str]) -> Words | None:
    """In whatever case, with е for ё, however separated; a word mistyped by one edit is corrected. None: they are not
    twelve, not of the list, or not in this order."""
    typed = typed_words(text.reveal())
    found = tuple(word for word in map(recognised, typed) if word is not None)
    if len(typed) != LENGTH or len(found) != LENGTH or found[-1] != _checksum(found[:-1]):
        return None
    return Words(found)


def keep_newsroom_key(path: Path, key: NewsroomKey, root: RootKey) -> None:
    """In place of an older one, which goes on opening what was sealed for it."""
    ensure_private_folder(path.parent)
    replace_private(path, _MAGIC + key.raw + _mac(root, key.raw))


def load_newsroom_key(path: Path, root: RootKey) -> NewsroomKey | None:
    """None: the newsroom has none. Raises VaultError when the file is none of ours."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    raw, mac = content[len(_MAGIC) : len(_MAGIC) + KEY_BYTES], content[len(_MAGIC) + KEY_BYTES :]
    if len(content) != _SIZE or not content.startswith(_MAGIC) or not hmac.compare_digest(mac, _mac(root, raw)):
        raise VaultError(
            f"The newsroom's public key {path} is damaged, or somebody has put another one in its place: restore its "
            "copy, or make a new one with `tamizdat keys newsroom new`."
        )
    return NewsroomKey(raw)


def _checksum(chosen: tuple[str, ...]) -> str:
    digest = hashlib.sha256(label("newsroom/words") + " ".join(chosen).encode()).digest()
    return words()[int.from_bytes(digest[:8]) % len(words())]


def _mac(root: RootKey, raw: bytes) -> bytes:
    return hmac.digest(derive(root, "newsroom/public"), raw, "sha256")


def _info(purpose: str, place: bytes) -> bytes:
    return fields(label(purpose), place)
