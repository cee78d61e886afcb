"""Reading a bot's request in any of its four forms, and writing refusals."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import BodyPartReader, web

from .call import Upload
from .errors import ApiError
from .methods.service import EXTENSIONS
from .model import Json

MAX_BODY = 50 * 1024 * 1024 + 65536  # a bot may upload 50 MB
JSON = {"Content-Type": "application/json"}
_FILE_FIELDS = frozenset({*EXTENSIONS, "document", "thumbnail", "cover", "certificate"})


async def read(request: web.BaseRequest) -> tuple[Json, dict[str, Upload]]:
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        body = await request.read()
        try:
            given = msgspec.json.decode(body) if body else {}
        except msgspec.DecodeError:
            given = {}
        return (given, {}) if isinstance(given, dict) else ({}, {})
    query = dict(request.query)
    if request.method == "GET" or not kind:
        return query, {}
    if not kind.startswith("multipart/"):
        return query | dict(await request.post()), {}
    values: Json = query
    files: dict[str, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytearray()
        while chunk := await part.read_chunk():
            data += chunk
            if (size := size + len(chunk)) > MAX_BODY:
                raise web.HTTPRequestEntityTooLarge(MAX_BODY, size)
        if part.filename is None:
            values[part.name] = data.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(data=bytes(data), name=part.filename, mime=mime)
    # A file stands for itself where a field of its name is asked for; else only as attach://name.
    for name, upload in files.items():
        if name in _FILE_FIELDS:
            values[name] = upload
    return values, files


def number(chat: Any) -> int | None:
    try:
        return int(chat)
    except (TypeError, ValueError):
        return None


def refusal(reason: ApiError) -> web.Response:
    headers = dict(JSON)
    if "retry_after" in reason.parameters:
        headers["Retry-After"] = str(reason.parameters["retry_after"])
    return web.Response(status=reason.code, body=msgspec.json.encode(reason.payload()), headers=headers)


def abort(request: web.BaseRequest) -> web.Response:
    """Cuts the connection without a word; the response is never written."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
