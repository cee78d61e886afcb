"""Files that people send: where they lie, encrypted, and what opens them."""

from __future__ import annotations

import re

import msgspec

from bot.platforms.matrix.listening.reading import Raw, is_storable, mapping, text, whole
from bot.types import File, FileKind
from storage.private import Private

_MXC = re.compile(r"mxc://[A-Za-z0-9.:\[\]-]{1,255}/[A-Za-z0-9_-]{1,255}")
_KINDS = {"m.image": FileKind.PHOTO, "m.video": FileKind.VIDEO, "m.file": FileKind.DOCUMENT, "m.audio": FileKind.OTHER}
_VOICE = ("org.matrix.msc3245.voice", "m.voice")

FILE_TYPES = frozenset(_KINDS)


def file_of(content: Raw) -> File | None:
    """None: it is not encrypted, or lies nowhere. The handle is the specification's `EncryptedFile` as JSON: `url`,
    `key.k`, `iv`, `hashes.sha256`, all of them texts.
    """
    file = mapping(content, "file")
    url, iv = text(file, "url"), text(file, "iv")
    key, sha256 = text(mapping(file, "key"), "k"), text(mapping(file, "hashes"), "sha256")
    if not _MXC.fullmatch(url) or not all(part and is_storable(part) for part in (iv, key, sha256)):
        return None
    handle = {"url": url, "key": {"k": key}, "iv": iv, "hashes": {"sha256": sha256}}
    return File(
        kind=_kind(content),
        handle=Private(msgspec.json.encode(handle).decode()),
        size=whole(mapping(content, "info"), "size"),
    )


def caption_of(content: Raw) -> str:
    """Since MSC2530 the body is a caption when there is a file name besides; else it is the file's name."""
    name, body = text(content, "filename"), text(content, "body")
    return body if name and body != name else ""


def _kind(content: Raw) -> FileKind:
    kind = text(content, "msgtype")
    if kind == "m.audio" and any(mark in content for mark in _VOICE):
        return FileKind.VOICE
    return _KINDS.get(kind, FileKind.OTHER)
