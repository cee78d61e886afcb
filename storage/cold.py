"""Stories that the server itself can't read any more.

    offline:   story | key_id | body | cold
    body:      sealed by the row's own key, which the ring wraps: the story's key, sealed for the newsroom's offline key
    cold:      sealed by the story's key: the details and the files' keys; empty until the story goes cold

Each story's key is sealed for the newsroom as soon as it is made. When the story goes cold, the ring's wraps of its key
and of its files' keys are destroyed; what is left in `stories`, under a new key, is what it takes to find the story, to
tell how it stands, to take it back and to destroy it (`shell_of`). Its text opens with the newsroom's twelve words on
another machine, or by its author's receipt.

Why the ring is around the offline key's seal too: when the story is shredded this row and its key go, and once the ring
has changed, an old copy of them opens with nothing, not even with the words.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Row, insert, select, update

from storage.blobs import Blobs
from storage.codec import decode, encode
from storage.errors import Conflict
from storage.ids import BlobId, KeyId, StoryId
from storage.private import Private
from storage.published import PublishedStories
from storage.sealed import open_record, seal_record
from storage.story import Cold, Details, Story
from storage.tables import blobs, offline
from storage.vault import Column, DataKey, derive, open_sealed, seal
from storage.vault.newsroom import OfflineKey

COLD = Column("offline", "cold")
STORY_KEY = "newsroom/story"
"""the purpose for which a story's key is sealed for the newsroom, at the place of its story's id"""
RETURN = "newsroom/return"
"""the same for its way back"""
_BODY = Column("offline", "body")


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """A story's key, for the newsroom alone."""

    key_id: KeyId
    newsroom: str
    """the name of the key that opens it"""
    sealed: bytes


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """What only the story's key opens, once it is cold."""

    details: Details
    files: tuple[tuple[BlobId, bytes], ...]
    """each file's key"""


class ColdStories(PublishedStories):
    async def wrap_for_newsroom(self, story: StoryId, key_id: KeyId) -> None:
        """For the offline key that there is now, if there is one; in place of any earlier wrap."""
        work = self._work
        if work.newsroom is None:
            return
        key = await work.keys.get(work.connection, key_id)
        sealed = work.newsroom.seal(STORY_KEY, story, key.reveal())
        await self._drop_newsroom_wrap(story)
        row_key, _ = await work.keys.new(work.connection)
        wrapped = Wrapped(key_id=key_id, newsroom=work.newsroom.name, sealed=sealed)
        body = await seal_record(work, row_key, _BODY, story, 0, wrapped)
        await work.connection.execute(insert(offline).values(story=story, key_id=row_key, body=body, cold=None))

    async def go_cold(self, story: Story) -> Story:
        """Nothing here opens its text from now on. Raises Conflict, also without an offline key."""
        work = self._work
        if work.newsroom is None or story.details.cold is not None:
            raise Conflict("There is no offline key, or the story is cold already.")
        key = await work.keys.get(work.connection, story.key_id)
        await self.wrap_for_newsroom(story.id, story.key_id)
        attached = [one.blob for one in story.details.attachments]
        files = [(blob, (await Blobs(work).key_of(blob)).reveal()) for blob in attached]
        frozen = seal(key, COLD, story.id, 0, encode(Frozen(details=story.details, files=tuple(files))))
        await work.connection.execute(update(offline).where(offline.c.story == story.id).values(cold=frozen))
        shell = shell_of(story.details, Cold(since=work.today, subject=derive(key, "audit/subject")[:16]))
        key_id, _ = await work.keys.new(work.connection)
        changed = await self._put(msgspec.structs.replace(story, key_id=key_id), story.status, shell)
        file_keys = await work.connection.execute(select(blobs.c.key_id).where(blobs.c.id.in_(attached)))
        await work.keys.shred(work.connection, [story.key_id, *map(KeyId, file_keys.scalars())])
        return changed

    async def thaw(self, story: Story, key: DataKey) -> Story:
        """A cold story can be worked on again: its key came back from where somebody has the words.

        Raises Conflict when it is not cold, Unreadable when the key is another one's.
        """
        work, (wrapped, sealed) = self._work, await self.wrapped(story.id) or (None, None)
        if wrapped is None or sealed is None or story.details.cold is None:
            raise Conflict("There is no such story, or it does not lie cold.")
        frozen: Frozen = decode(Frozen, open_sealed(key, COLD, story.id, 0, sealed))
        shell = story.details  # what its author has decided meanwhile stands there
        details = msgspec.structs.replace(
            frozen.details, contact=shell.contact, extended_days=shell.extended_days, cold=None
        )
        await work.keys.add(work.connection, wrapped.key_id, key)
        named = select(blobs.c.id, blobs.c.key_id).where(blobs.c.id.in_([blob for blob, _ in frozen.files]))
        of_file = {row.id: KeyId(row.key_id) for row in (await work.connection.execute(named)).all()}
        for blob, file_key in frozen.files:
            if blob in of_file:
                await work.keys.add(work.connection, of_file[blob], DataKey(file_key))
        changed = await self._put(msgspec.structs.replace(story, key_id=wrapped.key_id), story.status, details)
        await work.connection.execute(update(offline).where(offline.c.story == story.id).values(cold=None))
        await work.keys.shred(work.connection, [story.key_id])
        return changed

    async def return_key(self, story: StoryId) -> OfflineKey | None:
        """For its public half the story's key is sealed on its way back; made of the row's own key, which the ring
        wraps. None: there is no such row."""
        key_id = (
            await self._work.connection.execute(select(offline.c.key_id).where(offline.c.story == story))
        ).scalar()
        if key_id is None:
            return None
        key = await self._work.keys.get(self._work.connection, KeyId(key_id))
        return OfflineKey(derive(key, "offline/return"))

    async def wrapped(self, story: StoryId) -> tuple[Wrapped, bytes | None] | None:
        """The story's key for the newsroom, and what is frozen, if it is. None: there was no offline key."""
        found = select(offline).where(offline.c.story == story)
        row: Row[Any] | None = (await self._work.connection.execute(found)).one_or_none()
        if row is None:
            return None
        body: Wrapped = await open_record(self._work, row.key_id, _BODY, story, 0, row.body, Wrapped)
        return body, row.cold


def shell_of(details: Details, cold: Cold) -> Details:
    """What a cold story's row still says: nothing that its author has told, but which messenger it came by and how it
    stands."""
    return msgspec.structs.replace(
        details,
        byline=None,
        region=None,
        attachments=tuple(msgspec.structs.replace(one, caption=Private("")) for one in details.attachments),
        notes=(),
        cold=cold,
    )
