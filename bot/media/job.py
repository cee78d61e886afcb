"""The job that brings a file in: fetched from the platform, rebuilt in a sandbox, sealed, and reported to its chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator

import msgspec

from bot.errors import FileRefused
from bot.flows.program import Closing, JobKind, Tools
from bot.media.errors import Damaged, MediaError, NoSandbox, TimedOut, TooLarge, Unsupported, UnsupportedHeic
from bot.media.rebuild import PhotoRebuilder
from bot.types import ChatKind, File, FileKind, Incoming, Resulted
from storage.address import Account, Address
from storage.codec import decode, encode
from storage.ids import BlobId
from storage.inbox import Arrival
from storage.store import Transaction

log = logging.getLogger(__name__)

FETCH = "fetch"
LARGEST_PHOTO = 20 * 1024 * 1024
"""Bytes; what Telegram's Bot API lets a bot download."""
FETCH_SECONDS = 75.0
"""For the whole file: the largest then needs 2.2 Mbit/s. With two photos' time in the sandbox (`media/rebuild.py`; one
may have to wait for another) this stays below the lease of a job, so that nobody else begins it meanwhile."""
_PROBLEMS: dict[type[Exception], str] = {
    Unsupported: "photo-is-unsupported",
    UnsupportedHeic: "photo-is-heic",
    TooLarge: "photo-is-too-large",
    FileRefused: "photo-is-too-large",
    Damaged: "photo-is-damaged",
    TimedOut: "photo-took-too-long",
    NoSandbox: "photos-are-off",
}


class FetchOrder(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    person: Account
    draft: bytes
    item: bytes
    file: File


def fetch_job(rebuilder: PhotoRebuilder) -> JobKind:
    async def fetch(tools: Tools, payload: bytes) -> Closing:
        order: FetchOrder = decode(FetchOrder, payload)
        blob, size, problem = None, 0, None
        try:
            blob, size = await _bring_in(tools, rebuilder, order)
        except (MediaError, FileRefused) as error:
            problem = _PROBLEMS.get(type(error), "photo-is-damaged")
            log.info("a photo was not taken: %s", type(error).__name__)
        return _report(order, blob, size, problem)

    return fetch


async def _bring_in(tools: Tools, rebuilder: PhotoRebuilder, order: FetchOrder) -> tuple[BlobId, int]:
    if order.file.kind is not FileKind.PHOTO:
        raise Unsupported("Only photos are rebuilt so far.")
    if (order.file.size or 0) > LARGEST_PHOTO:
        raise TooLarge("The file is larger than the limit.")
    photo = await _fetched(tools.download(order.chat.platform, order.file))
    rebuilt = await rebuilder.rebuild(photo)
    jpeg = rebuilt.jpeg.reveal()
    return await tools.store.blobs.save(_once(jpeg)), len(jpeg)


async def _fetched(pieces: AsyncIterator[bytes]) -> bytes:
    """The whole file before a child sees any of it: a slow network must not take up the sandbox and its time."""
    file = bytearray()
    deadline = asyncio.timeout(FETCH_SECONDS)
    try:
        async with deadline:
            async for piece in pieces:
                file += piece
                if len(file) > LARGEST_PHOTO:
                    raise TooLarge(TooLarge.__doc__)
    except TimeoutError as error:
        if deadline.expired():
            raise TimedOut(TimedOut.__doc__) from error
        raise  # the platform's own, which is not ours to rename
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()
    return bytes(file)


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _report(order: FetchOrder, blob: BlobId | None, size: int, problem: str | None) -> Closing:
    async def close(tx: Transaction) -> None:
        result = Incoming(
            event="",
            chat=order.chat,
            kind=ChatKind.PRIVATE,
            person=order.person,
            language_code=None,
            at=tx.now,
            reference=None,
            body=Resulted(draft=order.draft, item=order.item, blob=blob, size=size, problem=problem),
        )
        await tx.inbox.put([Arrival(event="", chat=order.chat, body=encode(result))])

    return close
