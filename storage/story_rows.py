"""The rows of stories and their versions, opened and sealed. What is done with them: `stories.py`, `published.py`."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from storage.errors import Conflict, VaultError
from storage.ids import EditorId, KeyId, StoryId, VersionNumber
from storage.private import Private
from storage.receipts import Receipts
from storage.routes import Routes
from storage.sealed import open_record, seal_record
from storage.story import MAY_BECOME, Details, Status, Story
from storage.tables import approvals, offline, stories, versions
from storage.vault import Column
from storage.work import Work

STORY = Column("stories", "body")
VERSION = Column("versions", "body")

log = logging.getLogger(__name__)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    text: Private[str]
    editor: EditorId | None = None
    """who wrote this version; None: its author"""
    day: date | None = None


class StoryRows:
    def __init__(self, work: Work) -> None:
        self._work = work
        self.routes = Routes(work)
        self.receipts = Receipts(work)
        self._opened_rows: dict[tuple[bytes, int, bytes], Details] = {}
        """In this transaction: a turn looks at the same list for the answer and for the question."""

    async def get(self, story: StoryId) -> Story | None:
        row = (await self._work.connection.execute(select(stories).where(stories.c.id == story))).one_or_none()
        return None if row is None else await self._opened(row)

    async def is_there(self, story: StoryId) -> bool:
        found = select(stories.c.status).where(stories.c.id == story)
        return (await self._work.connection.execute(found)).scalar() is not None

    async def find(self, story: StoryId) -> Story | None:
        """The same; None also for one that does not open: it must not keep its author from the others."""
        try:
            return await self.get(story)
        except VaultError as error:
            log.error("a story that can't be read counts as none: %s", type(error).__name__)
            return None

    async def text(self, story: Story, number: VersionNumber | None = None) -> Private[str]:
        """The latest version's text, or that of another version."""
        number = number or story.details.latest
        body = (
            await self._work.connection.execute(
                select(versions.c.body).where(versions.c.story == story.id, versions.c.number == number)
            )
        ).scalar_one()
        record: Text = await open_record(self._work, story.key_id, VERSION, story.id, number, body, Text)
        return record.text

    async def _opened(self, row: Row[Any]) -> Story:
        known = (row.id, row.revision, row.body)
        details = self._opened_rows.get(known)
        if details is None:
            details = await open_record(self._work, row.key_id, STORY, row.id, row.revision, row.body, Details)
            self._opened_rows[known] = details
        return Story(
            id=StoryId(row.id),
            status=Status(row.status),
            language=row.language,
            since=row.since,
            revision=row.revision,
            key_id=KeyId(row.key_id),
            details=details,
        )

    async def _change(self, story: Story, status: Status, details: Details) -> Story:
        if story.status not in MAY_BECOME[status]:
            raise Conflict(f"A story that is {story.status} can't become {status}.")
        if status is not story.status:
            details = msgspec.structs.replace(details, extended_days=0)
        if status is not Status.SCHEDULED:
            details = msgspec.structs.replace(details, goes_out=None, urges=None)
        if status is not Status.PUBLISHED:
            details = msgspec.structs.replace(details, correction=None, retracts=None)
        changed = await self._put(story, status, details)
        if status in (Status.SUBMITTED, Status.AGREED):  # whoever approved it before is asked anew
            await self._work.connection.execute(delete(approvals).where(approvals.c.story == story.id))
        return changed

    async def _put(self, story: Story, status: Status, details: Details) -> Story:
        work, revision = self._work, story.revision + 1
        body = await seal_record(work, story.key_id, STORY, story.id, revision, details)
        since = work.today if status is not story.status else story.since
        changed = await work.connection.execute(
            update(stories)
            .where(stories.c.id == story.id, stories.c.revision == story.revision)
            .values(status=status, since=since, revision=revision, key_id=story.key_id, body=body)
        )
        if changed.rowcount != 1:
            raise Conflict("Somebody else changed the story in the same moment.")
        return msgspec.structs.replace(story, status=status, since=since, revision=revision, details=details)

    async def _put_version(
        self, story: Story, number: VersionNumber, text: Private[str], editor: EditorId | None = None
    ) -> None:
        day = self._work.today if editor is not None else None
        record = Text(text=text, editor=editor, day=day)
        body = await seal_record(self._work, story.key_id, VERSION, story.id, number, record)
        await self._work.connection.execute(insert(versions).values(story=story.id, number=number, body=body))

    async def _drop_newsroom_wrap(self, story: StoryId) -> None:
        """What the newsroom's offline key opens of it (`cold.py`)."""
        gone = delete(offline).where(offline.c.story == story).returning(offline.c.key_id)
        keys = (await self._work.connection.execute(gone)).scalars().all()
        await self._work.keys.shred(self._work.connection, [KeyId(key_id) for key_id in keys])
