"""Which kind a file of the page is, and as which type it is served: only what a page shows or plays without danger."""

from __future__ import annotations

from typing import Final

from bot.types import FileKind

PLAIN: Final = "application/octet-stream"
TYPE_OF: Final = {
    FileKind.PHOTO: "image/jpeg",
    FileKind.VOICE: "audio/ogg",
    FileKind.VIDEO: "video/mp4",
    FileKind.VIDEO_NOTE: "video/mp4",
    FileKind.DOCUMENT: PLAIN,
}
"""Of the service's own files: photos are rebuilt as JPEG, messengers record voices as Ogg and videos as MP4. A document
is there to be saved, not to be shown."""
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_PLAYED: Final = {"audio": FileKind.VOICE, "video": FileKind.VIDEO}


def sorted_out(media: str) -> tuple[FileKind, str]:
    """Kind and MIME type of a file from what the browser calls it: "audio/ogg", "audio/webm;codecs=opus", ""."""
    plain = media.partition(";")[0].strip().lower()
    if plain in _SHOWN:
        return FileKind.PHOTO, plain
    family, _, name = plain.partition("/")
    if family in _PLAYED and name.replace("-", "").replace(".", "").isalnum():
        return _PLAYED[family], plain
    return FileKind.DOCUMENT, PLAIN
