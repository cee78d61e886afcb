"""The job that brings a file in: fetched from the platform, sealed, and reported to its chat.

A photo is rebuilt in a sandbox first. A recording is sealed as it arrives: it is never in memory as a whole, and never
on a disk as it was. Anything else is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

import msgspec

from bot.errors import FileLost, FileRefused, FileTooLarge
from bot.flows.program import Closing, JobKind, Tools
from bot.intake import happen
from bot.media.download import Counted, in_pieces, in_time
from bot.media.errors import (
    Damaged,
    MediaError,
    NoRoom,
    NoSandbox,
    NotTaken,
    TimedOut,
    TooLarge,
    TooMany,
    Unsupported,
    UnsupportedHeic,
)
from bot.media.rebuild import PhotoRebuilder
from bot.types import File, FileKind, Resulted
from storage.address import Account, Address
from storage.codec import decode
from storage.floods import Deed
from storage.ids import BlobId
from storage.store import Transaction

log = logging.getLogger(__name__)

FETCH = "fetch"
LARGEST_PHOTO = 20 * 1024 * 1024
"""Bytes; what Telegram's Bot API lets a bot download."""
LARGEST_RECORDING = 50 * 1024 * 1024
"""Bytes; what the Bot API lets a bot send: more could be shown to no editor."""
FETCH_SECONDS = 75.0
"""For a whole photo: the largest then needs 2.2 Mbit/s."""
RECORDING_SECONDS = 600.0
"""For a whole recording: 20 MB then need 0.3 Mbit/s. The lease of the job is extended meanwhile."""
MOST_FILES_A_DAY = 100
"""From one account, also those that are thrown away again."""
RECORDINGS = frozenset({FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE})
_PROBLEMS: dict[type[Exception], str] = {
    NoRoom: "files-have-no-room",
    TooMany: "files-are-too-many",
    NotTaken: "file-is-not-taken",
    FileTooLarge: "file-is-too-large",
    FileLost: "file-is-lost",
    FileRefused: "file-is-lost",
    Unsupported: "photo-is-unsupported",
    UnsupportedHeic: "photo-is-heic",
    TooLarge: "photo-is-too-large",
    Damaged: "photo-is-damaged",
    TimedOut: "file-took-too-long",
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
        try:
            blob, size = await _bring_in(tools, rebuilder, order)
        except (MediaError, FileRefused) as error:
            log.warning("a %s was not taken: %s: %s", order.file.kind, type(error).__name__, error)
            facts = {"most": error.megabytes} if isinstance(error, FileTooLarge) else {}
            return _report(order, problem=_PROBLEMS[type(error)], facts=facts)
        return _report(order, blob=blob, size=size)

    return fetch


async def _bring_in(tools: Tools, rebuilder: PhotoRebuilder, order: FetchOrder) -> tuple[BlobId, int]:
    download = tools.download(
        order.chat.platform, order.file
    )  # first: what is another worker's to fetch is not counted
    await _admit(tools, order.person)
    if order.file.kind in RECORDINGS:
        async with in_time(RECORDING_SECONDS, download):
            counted = Counted(download, LARGEST_RECORDING, announced=order.file.size)
            return await tools.store.blobs.save(counted.pieces()), counted.size
    if order.file.kind is not FileKind.PHOTO:
        raise NotTaken(NotTaken.__doc__)
    # The whole photo before a child sees any of it: a slow network must not take up the sandbox and its time.
    photo = bytearray()
    async with in_time(FETCH_SECONDS, download):
        async for piece in Counted(download, LARGEST_PHOTO, announced=order.file.size).pieces():
            photo += piece
    rebuilt = await rebuilder.rebuild(photo)
    jpeg = rebuilt.jpeg.reveal()
    return await tools.store.blobs.save(in_pieces(jpeg)), len(jpeg)


async def _admit(tools: Tools, person: Account) -> None:
    """Counts it. Raises NoRoom or TooMany."""
    if not await tools.store.files.has_room():
        log.error("no file is taken: %s", NoRoom.__doc__)
        raise NoRoom(NoRoom.__doc__)
    floods, now = tools.store.floods, tools.store.clock.now()
    if floods.today(Deed.FILE, now, person) >= MOST_FILES_A_DAY:
        raise TooMany(TooMany.__doc__)
    floods.note(Deed.FILE, now, person)


def _report(
    order: FetchOrder,
    *,
    blob: BlobId | None = None,
    size: int = 0,
    problem: str | None = None,
    facts: Mapping[str, int] = {},
) -> Closing:
    async def close(tx: Transaction) -> None:
        result = Resulted(draft=order.draft, item=order.item, blob=blob, size=size, problem=problem, facts=facts)
        await happen(tx, order.chat, order.person, result)

    return close
