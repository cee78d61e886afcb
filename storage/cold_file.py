"""A cold story in a file, sealed as it lies, for another machine; and there, with the newsroom's words, opened.

    "TZCOLD" | version (1) | length (4) | record (MessagePack) | …        Head, then for each file: File, Piece, …; End

Nothing in it is secret without the words: the export asks for none, and whoever carries the file learns how many
versions, questions and files there are, and how large. Opening needs no newsroom: no config, no database, no ring.

    "TZBACK" | version (1) | story id (16) | the story's key, for the server alone        the way back: it is thawed
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from sqlalchemy import select

from storage.archive import End, File, Piece
from storage.blobs import FILE
from storage.clock import day_of
from storage.codec import decode
from storage.cold import COLD, RETURN, STORY_KEY, Frozen
from storage.errors import ArchiveDamaged, Conflict
from storage.ids import ID_BYTES, BlobId, QuestionId, StoryId
from storage.questions import QUESTION, Asked
from storage.store import Store, Transaction
from storage.story import Story
from storage.story_rows import VERSION, Text
from storage.tables import questions, versions
from storage.vault import DataKey, Opener, open_sealed
from storage.vault.newsroom import NewsroomKey, OfflineKey

MAGIC: Final = b"TZCOLD\x01"
BACK_MAGIC: Final = b"TZBACK\x01"
_LENGTH: Final = 4
_LONGEST: Final = 16 * 1024 * 1024
"""bytes of a record; a file comes in pieces"""


class Head(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    story: StoryId
    exported: date
    newsroom: str
    """the name of the key whose words open it"""
    sealed: bytes
    """the story's key, for these words"""
    back: bytes
    """a public key: for it the story's key is sealed when it shall be worked on again"""
    frozen: bytes
    versions: list[tuple[int, bytes]]
    questions: list[tuple[QuestionId, bytes]]


Record = Head | File | Piece | End
_decoder = msgspec.msgpack.Decoder(Record)


async def sealed_copy(store: Store, story: StoryId) -> AsyncIterator[bytes]:
    """The file's content, piece by piece. Raises Conflict when there is no such story, or it is not cold."""
    async with store.read() as tx:
        head = await _head(tx, story)
        found = await tx.stories.get(story)
    attached = () if found is None else found.details.attachments
    yield MAGIC + _framed(head)
    for one in attached:
        yield _framed(File(blob=one.blob))
        async for piece in store.files.read(one.blob):
            yield _framed(Piece(data=piece))
    yield _framed(End(rows=len(head.versions) + len(head.questions), files=len(attached)))


async def _head(tx: Transaction, story: StoryId) -> Head:
    connection, wrapped = tx.work.connection, await tx.stories.wrapped(story)
    back = await tx.stories.return_key(story)
    if wrapped is None or wrapped[1] is None or back is None:
        raise Conflict("There is no such story, or it does not lie cold.")
    texts = select(versions.c.number, versions.c.body).where(versions.c.story == story).order_by(versions.c.number)
    asked = select(questions.c.id, questions.c.body).where(questions.c.story == story).order_by(questions.c.position)
    return Head(
        story=story,
        exported=day_of(tx.now),
        newsroom=wrapped[0].newsroom,
        sealed=wrapped[0].sealed,
        back=back.public.raw,
        frozen=wrapped[1],
        versions=[(number, body) for number, body in (await connection.execute(texts)).all()],
        questions=[(row, body) for row, body in (await connection.execute(asked)).all()],
    )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A cold story, readable."""

    frozen: Frozen
    versions: list[tuple[int, Text]]
    questions: list[Asked]


def read_head(path: Path) -> Head:
    """Whose words it needs. Raises ArchiveDamaged."""
    with path.open("rb") as file:
        return _first(file, path)


def way_back(path: Path, key: OfflineKey) -> bytes:
    """The content of a file that thaws this story where it lies, and opens nothing anywhere else. Raises Unreadable."""
    head = read_head(path)
    story_key = key.open(STORY_KEY, head.story, head.sealed)
    return BACK_MAGIC + head.story + NewsroomKey(head.back).seal(RETURN, head.story, story_key)


async def thaw(tx: Transaction, content: bytes) -> Story:
    """What `way_back` made. Raises Conflict when there is no such cold story, Unreadable when it was altered."""
    story_id = StoryId(content[len(BACK_MAGIC) : len(BACK_MAGIC) + ID_BYTES])
    story, back = await tx.stories.get(story_id), await tx.stories.return_key(story_id)
    if story is None or back is None or not content.startswith(BACK_MAGIC):
        raise Conflict("There is no such story here: it was taken back or deleted, or the file is of another newsroom.")
    key = DataKey(back.open(RETURN, story_id, content[len(BACK_MAGIC) + ID_BYTES :]))
    return await tx.stories.thaw(story, key)


def open_copy(path: Path, key: OfflineKey) -> Opened:
    """All but the files. Raises ArchiveDamaged, Unreadable."""
    head = read_head(path)
    story_key = DataKey(key.open(STORY_KEY, head.story, head.sealed))
    return Opened(
        frozen=decode(Frozen, open_sealed(story_key, COLD, head.story, 0, head.frozen)),
        versions=[
            (number, decode(Text, open_sealed(story_key, VERSION, head.story, number, body)))
            for number, body in head.versions
        ],
        questions=[decode(Asked, open_sealed(story_key, QUESTION, row, 0, body)) for row, body in head.questions],
    )


def open_files(path: Path, frozen: Frozen) -> Iterator[tuple[BlobId, Iterator[bytes]]]:
    """Each file with its plain pieces, which must be taken to their end. Raises ArchiveDamaged, Unreadable."""
    keys = {blob: DataKey(key) for blob, key in frozen.files}
    with path.open("rb") as file:
        head, count = _first(file, path), 0
        record: Record | None = _next(file, path)
        while isinstance(record, File):
            pieces = _Pieces(file, path)
            yield record.blob, pieces.opened(Opener(keys[record.blob], FILE, record.blob))
            record, count = pieces.behind, count + 1
        if (
            not isinstance(record, End)
            or record.files != count
            or record.rows != len(head.versions) + len(head.questions)
        ):
            raise _damaged(path)


class _Pieces:
    """Those of one file, and the record behind them."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self.behind: Record | None = None

    def opened(self, opener: Opener) -> Iterator[bytes]:
        while isinstance(record := _next(self._file, self._path), Piece):
            yield opener.update(record.data)
        yield opener.finish()
        self.behind = record


def _framed(record: Record) -> bytes:
    encoded = msgspec.msgpack.encode(record)
    return len(encoded).to_bytes(_LENGTH) + encoded


def _first(file: BinaryIO, path: Path) -> Head:
    if file.read(len(MAGIC)) != MAGIC:
        raise _damaged(path)
    head = _next(file, path)
    if not isinstance(head, Head):
        raise _damaged(path)
    return head


def _next(file: BinaryIO, path: Path) -> Record:
    size = int.from_bytes(file.read(_LENGTH))
    encoded = file.read(min(size, _LONGEST))
    try:
        record: Record = _decoder.decode(encoded)
    except msgspec.DecodeError:
        raise _damaged(path) from None
    return record


def _damaged(path: Path) -> ArchiveDamaged:
    return ArchiveDamaged(f"{path} is no story that was exported, or it is cut off or altered: export it again.")
