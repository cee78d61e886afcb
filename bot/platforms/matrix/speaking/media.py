"""Our files on Matrix: uploaded, and described so that clients show them for what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import PlatformError
from bot.platforms.base import SLOWEST_LINE, OpenBlob
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.speaking.attachments_out import Encrypted
from bot.platforms.upload import Upload
from bot.types import FileKind, Media

LARGEST = 50 * 1024 * 1024
"""bytes; what Synapse takes unless told otherwise (`max_upload_size`)"""
_SECONDS = 20.0
"""to upload nothing; a file gets as much more as SLOWEST_LINE says"""
_KINDS = {
    FileKind.PHOTO: ("m.image", "photo.jpg", "image/jpeg"),
    FileKind.VOICE: ("m.audio", "voice.ogg", "audio/ogg"),
    FileKind.VIDEO: ("m.video", "video.mp4", "video/mp4"),
    FileKind.VIDEO_NOTE: ("m.video", "note.mp4", "video/mp4"),
    FileKind.DOCUMENT: ("m.file", "document.txt", "text/plain"),
}
_VOICE: Mapping[str, Any] = {"org.matrix.msc3245.voice": {}, "org.matrix.msc1767.audio": {}}
_OCTETS = "application/octet-stream"


def objection(media: Media) -> str | None:
    """Why it is never sent."""
    if media.kind not in _KINDS:
        return "files of this kind are not sent"
    return "the file is larger than 50 MB" if media.size > LARGEST else None


class Uploads:
    def __init__(self, client: MatrixClient) -> None:
        self._client = client

    async def message(
        self, media: Media, words: Mapping[str, Any], open_blob: OpenBlob, *, encrypted: bool
    ) -> dict[str, Any]:
        """The content of the message that shows the file, which is on the server then.

        words: as `words_of`; an empty body gives way to what is to be seen there. Raises PlatformError, WrongSize, and
        what `open_blob` raises.
        """
        msgtype, name, mime = _KINDS[media.kind]
        upload = Upload(media, open_blob)
        sealed = Encrypted(upload.pieces())
        try:
            url = (
                await self._upload(upload, sealed.pieces(), _OCTETS)
                if encrypted
                else await self._upload(upload, upload.pieces(), mime)
            )
        except PlatformError:
            if upload.problem is not None:
                raise upload.problem from None
            raise
        where = {"file": sealed.file(url)} if encrypted else {"url": url}
        alt = media.alt.reveal() if media.kind is FileKind.PHOTO else ""
        return {
            **words,
            "msgtype": msgtype,
            "m.mentions": {},
            "filename": name,
            "body": words["body"] or alt or name,
            "info": {"mimetype": mime, "size": media.size},
            **(_VOICE if media.kind is FileKind.VOICE else {}),
            **where,
        }

    async def _upload(self, upload: Upload, pieces: Any, mime: str) -> str:
        """Returns the address (mxc://…). The length is told before: the server need not keep the body to count it."""
        headers = {"Content-Type": mime, "Content-Length": str(upload.size)}
        seconds = _SECONDS + upload.size / SLOWEST_LINE
        request = self._client.exchange(
            "POST", "/_matrix/media/v3/upload", headers=headers, data=pieces, seconds=seconds
        )
        async with request as answer:
            return str((await answer.json())["content_uri"])
