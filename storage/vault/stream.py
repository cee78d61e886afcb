"""Files, sealed and opened piece by piece in constant memory (the STREAM construction: Hoang, Reyhanitabar,
Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015).

    format (1) | nonce prefix (7) | chunk | chunk | …
    chunk: AES-256-GCM( length (4) | data | zeros ), always 64 KiB and a tag of 16
    nonce: prefix (7) | number of the chunk (4) | 1 for the last one, else 0 (1)

A chunk that is missing, doubled, moved, cut off or from another file does not open. Every chunk is full;
their count is padded too, after Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files",
PETS 2019): a file's size shows to the next 64 KiB up to 512 KiB, above that as one of a few sizes, at 12 %
more bytes at the most.
"""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Unreadable
from storage.vault.envelope import Column, DataKey
from storage.vault.secret import derive, fields, label

FORMAT: Final = b"\x01"
CHUNK: Final = 64 * 1024
_PREFIX: Final = 7
_HEADER: Final = len(FORMAT) + _PREFIX
_LENGTH: Final = 4
_TAG: Final = 16
_ROOM: Final = CHUNK - _LENGTH
_SEALED_CHUNK: Final = CHUNK + _TAG


class _Chunks:
    """The cipher of one file: turns chunks over in their order."""

    def __init__(self, key: DataKey, column: Column, file_id: bytes, header: bytes) -> None:
        self._cipher = AESGCM(derive(key, "stream", file_id))
        self._prefix = header[len(FORMAT) :]
        self._place = fields(label("stream"), column.table.encode(), column.name.encode(), file_id, header)
        self.count = 0

    def seal(self, data: bytes, *, last: bool) -> bytes:
        body = (len(data).to_bytes(_LENGTH) + data).ljust(CHUNK, b"\0")
        return self._cipher.encrypt(self._nonce(last), body, self._place)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        body = self._cipher.decrypt(self._nonce(last), sealed, self._place)
        return body[_LENGTH : _LENGTH + int.from_bytes(body[:_LENGTH])]

    def _nonce(self, last: bool) -> bytes:
        nonce = self._prefix + self.count.to_bytes(4) + bytes([last])
        self.count += 1
        return nonce


class Sealer:
    """Seals one file, once: `update` with each piece, then `finish`. The key belongs to this file alone."""

    def __init__(self, key: DataKey, column: Column, file_id: bytes) -> None:
        self._header = FORMAT + secrets.token_bytes(_PREFIX)
        self._chunks = _Chunks(key, column, file_id, self._header)
        self._waiting = bytearray()
        self._finished = False

    def update(self, piece: bytes) -> bytes:
        """What is ready to be written; may be empty."""
        if self._finished:
            raise RuntimeError("the file is finished")
        self._waiting += piece
        ready = [self._take_header()]
        # One chunk stays: it may be the last.
        while len(self._waiting) > _ROOM:
            ready.append(self._chunks.seal(bytes(self._waiting[:_ROOM]), last=False))
            del self._waiting[:_ROOM]
        return b"".join(ready)

    def finish(self) -> bytes:
        """The last data and the padding: up to 1 MiB for a file of 50 MB."""
        ready = [self.update(b"")]
        self._finished = True
        total = padded_count(self._chunks.count + 1)
        data = bytes(self._waiting)
        while self._chunks.count < total:
            ready.append(self._chunks.seal(data, last=self._chunks.count == total - 1))
            data = b""
        return b"".join(ready)

    def _take_header(self) -> bytes:
        header, self._header = self._header, b""
        return header


class Opener:
    """Opens what a `Sealer` made. What `update` gives is genuine and in order; it is the whole file only when
    `finish` has returned: keep it aside until then.
    """

    def __init__(self, key: DataKey, column: Column, file_id: bytes) -> None:
        self._key = key
        self._column = column
        self._file_id = file_id
        self._chunks: _Chunks | None = None
        self._waiting = bytearray()
        self._broken = False

    def update(self, piece: bytes) -> bytes:
        """The plain data that is ready; may be empty. Raises Unreadable."""
        self._waiting += piece
        if self._chunks is None:
            if len(self._waiting) < _HEADER:
                return b""
            self._chunks = self._begun()
        ready = []
        while len(self._waiting) > _SEALED_CHUNK:
            ready.append(self._opened(self._chunks, last=False))
        return b"".join(ready)

    def finish(self) -> bytes:
        """The rest of the data. Raises Unreadable when the file's end is missing or is another's."""
        if self._chunks is None:
            raise self._unreadable()
        return self._opened(self._chunks, last=True)

    def _begun(self) -> _Chunks:
        # The format is not compared: all of the header is associated data, so another one opens nothing.
        header = bytes(self._waiting[:_HEADER])
        del self._waiting[:_HEADER]
        return _Chunks(self._key, self._column, self._file_id, header)

    def _opened(self, chunks: _Chunks, *, last: bool) -> bytes:
        # Once broken, for ever broken: whoever went on would get a file with a hole.
        if self._broken:
            raise self._unreadable()
        sealed = bytes(self._waiting[:_SEALED_CHUNK])
        del self._waiting[:_SEALED_CHUNK]
        try:
            return chunks.open(sealed, last=last)
        except InvalidTag:
            self._broken = True
            raise self._unreadable() from None

    def _unreadable(self) -> Unreadable:
        return Unreadable(
            f"A file of {self._column} does not open: it is incomplete, was altered or mixed with another, "
            "or its key was destroyed."
        )


def padded_count(chunks: int) -> int:
    """The next count that ends in enough binary zeros, after Padmé: 1–8 stay, 9 → 10, 17 → 18, 765 → 768."""
    exponent = chunks.bit_length() - 1
    zeros = (1 << max(0, exponent - exponent.bit_length())) - 1
    return (chunks + zeros) & ~zeros


def sealed_size(size: int) -> int:
    """How many bytes the sealed file of a file with `size` bytes has."""
    return _HEADER + padded_count(max(1, -(-size // _ROOM))) * _SEALED_CHUNK
