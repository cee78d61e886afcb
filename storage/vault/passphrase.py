"""A root key sealed by a passphrase.

Argon2id (RFC 9106, its second recommended setting: 64 MiB, 3 passes; one lane, because the server has few
cores) makes a key that seals the random root key. Parameters stand in the header, which is associated data.

    header: tamizdat-root-argon2id-v1:m=65536,t=3,p=1
    payload: salt (16) | nonce (12) | AES-256-GCM( root key (32) ) | tag (16)
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.errors import WrongKey
from storage.private import Private
from storage.vault.key_text import DamagedLineError
from storage.vault.secret import KEY_BYTES

PREFIX: Final = "tamizdat-root-argon2id-v1"
_SALT: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_PARAMETERS: Final = re.compile(re.escape(PREFIX) + r":m=(\d{1,7}),t=(\d{1,2}),p=(\d)")
_MEMORY: Final = 64 * 1024
_HEADER: Final = f"{PREFIX}:m={_MEMORY},t=3,p=1"


def seal_with_passphrase(raw: bytes, passphrase: Private[str]) -> tuple[str, bytes]:
    """Header and payload of the key's line."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    cipher = AESGCM(_stretched(_HEADER, salt, passphrase))
    return _HEADER, salt + nonce + cipher.encrypt(nonce, raw, _HEADER.encode())


def open_with_passphrase(header: str, payload: bytes, passphrase: Private[str]) -> bytes:
    """The root key's bytes. Takes about 0.2 s and 64 MiB. Raises WrongKey or DamagedLineError."""
    if len(payload) != _SALT + _NONCE + KEY_BYTES + _TAG:
        raise DamagedLineError
    salt, nonce, sealed = payload[:_SALT], payload[_SALT : _SALT + _NONCE], payload[_SALT + _NONCE :]
    cipher = AESGCM(_stretched(header, salt, passphrase))
    try:
        return cipher.decrypt(nonce, sealed, header.encode())
    except InvalidTag:
        raise WrongKey("The passphrase does not open the root key: type it again.") from None


def _stretched(header: str, salt: bytes, passphrase: Private[str]) -> bytes:
    found = _PARAMETERS.fullmatch(header)
    if found is None:
        raise DamagedLineError
    memory, passes, lanes = (int(number) for number in found.groups())
    if not (_MEMORY <= memory <= 16 * _MEMORY and 3 <= passes <= 16 and 1 <= lanes <= 4):
        raise DamagedLineError
    stretch = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory)
    # One form of й and ё, whichever keyboard typed them; and no error whose text is the passphrase.
    typed = unicodedata.normalize("NFC", passphrase.reveal())
    return stretch.derive(typed.encode(errors="surrogatepass"))
