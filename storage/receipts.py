"""What a receipt leads to: the row that its words find, and in it the story and, for these words alone, its key.

    receipts:  lookup (made of the words) | story (a keyed hash) | key_id | body
    body:      sealed by the row's own key, which the ring wraps:  story id | wrapped
    wrapped:   sealed by the receipt's key:                        the story's key id and data key

Nothing in the open leads from a row to its story, and all rows are of one size. The words alone open nothing without
the ring: when a story is shredded its receipt's row and key go too, and once the ring has changed, no old copy of them
opens, not even with the slip of paper at hand. (So the story's key has no wrap under `Holder` for the receipt: that
one would be outlived by old back-ups.) The ring alone does not open `wrapped`: a cold story stays cold for us.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, insert, select, update

from storage.codec import decode, encode
from storage.errors import Conflict, Unreadable
from storage.ids import KeyId, StoryId, new_id
from storage.sealed import open_record, seal_record
from storage.story import Story
from storage.tables import receipts, stories
from storage.vault import Column, DataKey, Lookup, Opened, Purpose, open_sealed, seal
from storage.vault.envelope import BLOCK
from storage.work import Work

_BODY = Column("receipts", "body")
_WRAPPED = Column("receipts", "wrapped")

# Held until the commit: a story that is shredded, or gets a new key, in the same moment must not leave us a copy.
_held = select(stories.c.key_id).where(stories.c.id == bindparam("story")).with_for_update()
_found = select(receipts).where(receipts.c.lookup == bindparam("lookup"))
_of_story = select(receipts).where(receipts.c.story == bindparam("story")).with_for_update()
_delete = delete(receipts).where(receipts.c.story == bindparam("story")).returning(receipts.c.key_id)


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    wrapped: bytes


class _Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    key_id: KeyId
    key: bytes


class Receipts:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def issue(self, story: Story, opened: Opened) -> None:
        """The story's receipt from now on; one that it had before finds nothing any more. Raises Conflict when the
        story was shredded, or got a new key, in the same moment."""
        held = (await self._work.connection.execute(_held, {"story": story.id})).scalar()
        if held != story.key_id:
            raise Conflict("The story has changed in the same moment.")
        await self.drop(story.id)
        key = await self._work.keys.get(self._work.connection, story.key_id)
        body = _Body(story=story.id, wrapped=_wrapped(opened, story.key_id, key))
        key_id, sealed = await self._sealed(opened.lookup, body)
        await self._work.connection.execute(
            insert(receipts).values(lookup=opened.lookup, story=self.name_of(story.id), key_id=key_id, body=sealed)
        )

    async def find(self, opened: Opened) -> StoryId | None:
        """Takes the same work whether the receipt is of a story or of none. Raises Unreadable or KeyMissing when it is
        of one, but does not open."""
        row = await self._row(opened.lookup)
        if row is None:
            await self._find_nothing(opened)
            return None
        body = await self._body(row)
        return body.story

    async def is_in_force(self, lookup: Lookup) -> bool:
        """Whether what was found before is still found: it may have been replaced, dropped or shredded."""
        return await self._row(lookup) is not None

    async def is_given(self, story: StoryId) -> bool:
        """Whether there are words that lead to this story."""
        return (await self._work.connection.execute(_of_story, {"story": self.name_of(story)})).first() is not None

    async def story_key(self, opened: Opened) -> tuple[KeyId, DataKey] | None:
        """The story's data key by these words, when the ring has its own wrap no more; None also once it has changed
        (`drop_key`)."""
        row = await self._row(opened.lookup)
        if row is None:
            return None
        body = await self._body(row)
        try:
            plain = open_sealed(opened.key, _WRAPPED, opened.lookup, 0, body.wrapped)
        except Unreadable:
            return None
        held: _Wrapped = decode(_Wrapped, plain)
        return held.key_id, DataKey(held.key)

    async def drop(self, story: StoryId) -> None:
        """The story has no receipt any more; nothing happens if it had none."""
        gone = await self._work.connection.execute(_delete, {"story": self.name_of(story)})
        await self._work.shred([KeyId(key_id) for key_id in gone.scalars()])

    async def drop_key(self, story: StoryId) -> None:
        """The receipt still finds the story, but no longer holds its key: for a story that gets a new one."""
        row = (await self._work.connection.execute(_of_story, {"story": self.name_of(story)})).one_or_none()
        if row is None:
            return
        await self._work.keys.shred(self._work.connection, [KeyId(row.key_id)])
        # Of the same size, for a receipt that nobody has.
        nothing = _wrapped(Opened(lookup=row.lookup, key=DataKey.new()), KeyId(new_id()), DataKey.new())
        key_id, sealed = await self._sealed(row.lookup, _Body(story=story, wrapped=nothing))
        await self._work.connection.execute(
            update(receipts).where(receipts.c.lookup == row.lookup).values(key_id=key_id, body=sealed)
        )

    async def _row(self, lookup: Lookup) -> Row[Any] | None:
        return (await self._work.connection.execute(_found, {"lookup": lookup})).one_or_none()

    async def _body(self, row: Row[Any]) -> _Body:
        body: _Body = await open_record(self._work, row.key_id, _BODY, row.lookup, 0, row.body, _Body)
        return body

    async def _sealed(self, lookup: bytes, body: _Body) -> tuple[KeyId, bytes]:
        key_id, _ = await self._work.keys.new(self._work.connection)
        return key_id, await seal_record(self._work, key_id, _BODY, lookup, 0, body)

    async def _find_nothing(self, opened: Opened) -> None:
        """A key that is looked for, a key and a record that are opened: as when there is a row."""
        with suppress(Unreadable):
            await self._work.keys.get(self._work.connection, KeyId(new_id()))
        key = DataKey.new()
        open_sealed(key, _BODY, opened.lookup, 0, seal(key, _BODY, opened.lookup, 0, bytes(BLOCK)))

    def name_of(self, story: StoryId) -> bytes:
        return self._work.names.account(Purpose.RECEIPT, "story", story.hex())


def _wrapped(opened: Opened, key_id: KeyId, key: DataKey) -> bytes:
    return seal(opened.key, _WRAPPED, opened.lookup, 0, encode(_Wrapped(key_id=key_id, key=key.reveal())))
