"""A file of ours on its way to the Bot API: opened, sealed piece by piece, never in memory as a whole."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Final

from bot.platforms.base import OpenBlob
from bot.types import Media

_LINE: Final = b"\r\n"


class WrongSize(Exception):
    """The file is not as long as was announced to the platform."""


class Upload:
    """One file, as often as it must be sent. What goes wrong while it is read is kept in `problem`: the request that
    it breaks off ends with an error of its own, which does not say why.
    """

    def __init__(self, media: Media, open_blob: OpenBlob) -> None:
        self.size = media.size
        self.problem: Exception | None = None
        self._media = media
        self._open_blob = open_blob

    async def pieces(self) -> AsyncIterator[bytes]:
        """Exactly `size` bytes, or an exception."""
        left = self.size
        try:
            async for piece in self._open_blob(self._media.blob):
                left -= len(piece)
                if left < 0:
                    break
                yield piece
            if left:
                raise WrongSize(WrongSize.__doc__)
        except Exception as problem:
            self.problem = problem
            raise


class Form:
    """The body of a request: fields, then files. Its length is known before anything is read (RFC 7578)."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, tuple[str, Upload, str]]) -> None:
        """files: field → (file name, file, MIME type). Raises UnicodeEncodeError for half a character."""
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._begin = b"--" + boundary.encode() + _LINE
        self._end = b"--" + boundary.encode() + b"--" + _LINE
        self._fields = b"".join(
            self._begin + f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        self._files = [
            (
                self._begin
                + f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'.encode()
                + f"Content-Type: {mime}\r\n\r\n".encode(),
                upload,
            )
            for name, (file_name, upload, mime) in files.items()
        ]

    @property
    def size(self) -> int:
        """bytes"""
        files = sum(len(head) + upload.size + len(_LINE) for head, upload in self._files)
        return len(self._fields) + files + len(self._end)

    async def pieces(self) -> AsyncIterator[bytes]:
        yield self._fields
        for head, upload in self._files:
            yield head
            async for piece in upload.pieces():
                yield piece
            yield _LINE
        yield self._end
