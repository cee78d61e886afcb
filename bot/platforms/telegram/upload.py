"""The body of a request to the Bot API that brings a file along."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Final

from bot.platforms.upload import Upload

_LINE: Final = b"\r\n"


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
