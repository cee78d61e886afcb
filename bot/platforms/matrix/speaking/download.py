"""Files that people sent: fetched, decrypted as they come, checked at their end.

The name that their sender gave them is never looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from urllib.parse import quote

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from bot.errors import FileLost, FileTooLarge
from bot.platforms.base import SLOWEST_LINE
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.types import File

LARGEST = 50 * 1024 * 1024
"""bytes; what Synapse takes from people unless told otherwise (`max_upload_size`)"""
_SECONDS = 30.0
_CHUNK = 64 * 1024
_MXC = re.compile(r"mxc://([^/]+)/([A-Za-z0-9_-]+)")


class _Key(msgspec.Struct):
    k: str


class _Hashes(msgspec.Struct):
    sha256: str


class _Handle(msgspec.Struct):
    """What `attachments_in.py` keeps of the specification's EncryptedFile."""

    url: str
    key: _Key
    iv: str
    hashes: _Hashes


async def download(client: MatrixClient, file: File) -> AsyncIterator[bytes]:
    """Raises FileTooLarge, FileLost, PlatformAway or PlatformDenied.

    FileLost also comes at the very end, when the file is not the one that was sent: what was given out until then must
    be thrown away.
    """
    if (file.size or 0) > LARGEST:
        raise FileTooLarge(LARGEST)
    path, key, iv, expected = _opened(file)
    decryptor = Cipher(AES(key), CTR(iv)).decryptor()
    found, size = hashlib.sha256(), 0
    seconds = _SECONDS + (file.size or LARGEST) / SLOWEST_LINE
    try:
        async with client.exchange("GET", path, seconds=seconds) as answer:
            if (answer.content_length or 0) > LARGEST:
                raise FileTooLarge(LARGEST)
            async for piece in answer.content.iter_chunked(_CHUNK):
                size += len(piece)
                if size > LARGEST:
                    raise FileTooLarge(LARGEST)
                found.update(piece)
                yield decryptor.update(piece)
    except MatrixRefused:
        raise FileLost from None
    if not hmac.compare_digest(found.digest(), expected):
        raise FileLost


def _opened(file: File) -> tuple[str, bytes, bytes, bytes]:
    """(path, key, counter block, SHA-256 of what lies there). Raises FileLost for what is no such handle."""
    try:
        handle = msgspec.json.decode(file.handle.reveal(), type=_Handle)
        key, iv, expected = (_bytes(part) for part in (handle.key.k, handle.iv, handle.hashes.sha256))
    except (msgspec.DecodeError, binascii.Error, ValueError):
        raise FileLost from None
    where = _MXC.fullmatch(handle.url)
    if where is None or len(key) != 32 or len(iv) != 16:
        raise FileLost
    server, media = (quote(part, safe="") for part in where.groups())
    return f"/_matrix/client/v1/media/download/{server}/{media}", key, iv, expected


def _bytes(text: str) -> bytes:
    """From base64 of either alphabet, padded or not."""
    return base64.b64decode(
        text.translate({45: 43, 95: 47}).rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True
    )
