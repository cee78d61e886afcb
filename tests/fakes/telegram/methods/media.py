"""Photos, documents, video, voice, audio, albums."""

from __future__ import annotations

from collections.abc import Callable

from .. import formatting, keyboards, render
from ..call import Call, Upload
from ..errors import bad_request
from ..model import File, Json
from .sending import answered, place, post

MAX_PHOTO = 10 * 1024 * 1024
MAX_ALBUM = 10
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")
_APART = {"document": "Document", "audio": "Audio"}


def sender(kind: str) -> Callable[[Call], Json]:
    """The method that sends one file of this kind."""

    def send(call: Call) -> Json:
        chat = place(call, kind)
        file = attached(call, kind, call.args.get(kind))
        text, entities = formatting.caption(call.args)
        markup = keyboards.checked(call.args.get("reply_markup"), chat)
        reply_to = answered(call, chat)
        call.limits.admit(call.bot.token, chat)
        message = post(
            call,
            chat,
            kind=kind,
            file=file,
            caption=text or None,
            entities=entities,
            markup=markup,
            reply_to=reply_to,
            spoiler=bool(call.args.get("has_spoiler")),
            caption_above=bool(call.args.get("show_caption_above_media")),
        )
        return render.message(call.world, call.bot, message)

    return send


def send_media_group(call: Call) -> list[Json]:
    items: list[Json] = call.args["media"]
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in items}
    for kind in kinds & _APART.keys():
        if len(kinds) > 1:
            raise bad_request(f"{_APART[kind]} can't be mixed with other media types")
    chat = place(call, items[0]["type"])
    contents = [content(call, item) for item in items]
    reply_to = answered(call, chat)
    call.limits.admit(call.bot.token, chat, len(items))
    album = str(call.world.rng.getrandbits(53)) if len(items) > 1 else None
    messages = [post(call, chat, album=album, reply_to=reply_to, **fields) for fields in contents]
    return [render.message(call.world, call.bot, message) for message in messages]


def content(call: Call, item: Json) -> Json:
    """A Message's fields for one InputMedia. Raises ApiError."""
    text, entities = formatting.caption(item)
    return {
        "kind": item["type"],
        "file": attached(call, item["type"], item["media"]),
        "caption": text or None,
        "entities": entities,
        "spoiler": bool(item.get("has_spoiler")),
        "caption_above": bool(item.get("show_caption_above_media")),
    }


def attached(call: Call, kind: str, value: object) -> File:
    """The file a parameter names: an upload, `attach://field`, or a file id of this bot. Raises ApiError."""
    if isinstance(value, Upload):
        return _stored(call, kind, value)
    text = str(value)
    if text.startswith("attach://"):
        upload = call.files.get(text.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
        return _stored(call, kind, upload)
    if text.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.world.file(call.bot, text)
    if file.kind != kind:
        raise bad_request(f"type of file mismatch: can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _stored(call: Call, kind: str, upload: Upload) -> File:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        if len(upload.data) > MAX_PHOTO:
            raise bad_request(f"file of size {len(upload.data)} bytes is too big for a photo")
        if not upload.data.startswith(_PICTURES):
            raise bad_request("IMAGE_PROCESS_FAILED")
    return call.world.store(kind, upload.data, name=upload.name, mime=upload.mime)
