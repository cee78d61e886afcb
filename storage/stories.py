"""What is done with stories: every change is of the revision that was read, so two people can't undo each other."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from storage.address import Address
from storage.errors import Conflict, VaultError
from storage.ids import AnchorId, EditorId, KeyId, StoryId, VersionNumber, new_id
from storage.private import Private
from storage.routes import Routes
from storage.sealed import open_record, seal_record
from storage.story import MAY_BECOME, Attachment, Contact, Details, Status, Story
from storage.tables import approvals, questions, stories, versions
from storage.vault import Column
from storage.work import Work

log = logging.getLogger(__name__)

_STORY = Column("stories", "body")
_VERSION = Column("versions", "body")


class _Text(msgspec.Struct, frozen=True, kw_only=True):
    text: Private[str]


class Stories:
    def __init__(self, work: Work) -> None:
        self._work = work
        self.routes = Routes(work)

    async def create(
        self,
        *,
        text: Private[str],
        language: str,
        alias: str,
        byline: Private[str] | None,
        attachments: tuple[Attachment, ...],
        author: Address,
        topic: str = "",
        region: Private[str] | None = None,
        contact: Contact = Contact.SILENT,
    ) -> Story:
        """A submitted story with its first version and the route to its author."""
        work, story_id = self._work, StoryId(new_id())
        key_id, _ = await work.keys.new(work.connection)
        details = Details(
            alias=alias,
            origin=author.platform,
            byline=byline,
            attachments=attachments,
            topic=topic,
            region=region,
            contact=contact,
            latest=VersionNumber(1),
            offered=None,
            card=AnchorId(new_id()),
        )
        story = Story(
            id=story_id,
            status=Status.SUBMITTED,
            language=language,
            since=work.today,
            revision=1,
            key_id=key_id,
            details=details,
        )
        body = await seal_record(work, key_id, _STORY, story_id, 1, details)
        await work.connection.execute(
            insert(stories).values(
                id=story_id,
                status=story.status,
                language=language,
                since=story.since,
                revision=1,
                key_id=key_id,
                body=body,
            )
        )
        await self._put_version(story, VersionNumber(1), text)
        await self.routes.put(story_id, author)
        return story

    async def get(self, story: StoryId) -> Story | None:
        row = (await self._work.connection.execute(select(stories).where(stories.c.id == story))).one_or_none()
        return None if row is None else await self._opened(row)

    async def _opened(self, row: Row[Any]) -> Story:
        details = await open_record(self._work, row.key_id, _STORY, row.id, row.revision, row.body, Details)
        return Story(
            id=StoryId(row.id),
            status=Status(row.status),
            language=row.language,
            since=row.since,
            revision=row.revision,
            key_id=KeyId(row.key_id),
            details=details,
        )

    async def listed(self, statuses: Collection[Status]) -> list[Story]:
        """Those that wait longest first. One that does not open is left out: it must not hide the others."""
        rows = await self._work.connection.execute(
            select(stories).where(stories.c.status.in_(statuses)).order_by(stories.c.since, stories.c.id)
        )
        found = []
        for row in rows.all():
            try:
                found.append(await self._opened(row))
            except VaultError as error:
                log.error("a story that can't be read is left out of a list: %s", type(error).__name__)
        return found

    async def text(self, story: Story, number: VersionNumber | None = None) -> Private[str]:
        """The latest version's text, or that of another version."""
        number = number or story.details.latest
        body = (
            await self._work.connection.execute(
                select(versions.c.body).where(versions.c.story == story.id, versions.c.number == number)
            )
        ).scalar_one()
        record: _Text = await open_record(self._work, story.key_id, _VERSION, story.id, number, body, _Text)
        return record.text

    async def add_version(self, story: Story, text: Private[str]) -> Story:
        """A new text: what was agreed and approved before counts no more. Raises Conflict."""
        number = VersionNumber(story.details.latest + 1)
        details = msgspec.structs.replace(story.details, latest=number, offered=None)
        changed = await self._change(story, Status.SUBMITTED, details)
        await self._put_version(changed, number, text)
        return changed

    async def offer(self, story: Story) -> Story:
        """The latest version goes to its author. Raises Conflict."""
        details = msgspec.structs.replace(story.details, offered=story.details.latest)
        return await self._change(story, Status.CONSENT, details)

    async def move(self, story: Story, status: Status, details: Details | None = None) -> Story:
        """Raises Conflict when the story has moved on in between, or may not become that."""
        return await self._change(story, status, details or story.details)

    async def amend(self, story: Story, details: Details) -> Story:
        """Other details in the same status. Raises Conflict."""
        return await self._put(story, story.status, details)

    async def approve(self, story: Story, editor: EditorId) -> int:
        """How many different editors have now approved the agreed version. Raises Conflict."""
        version = story.details.offered
        if story.status is not Status.AGREED or version is None:
            raise Conflict("Only what its author has agreed to can be approved.")
        # Held until the commit: two editors who approve in one moment must not each count one.
        held = select(stories.c.revision).where(stories.c.id == story.id).with_for_update()
        if (await self._work.connection.execute(held)).scalar() != story.revision:
            raise Conflict("Somebody else changed the story in the same moment.")
        await self._work.connection.execute(
            self._work.insert(approvals).values(story=story.id, version=version, editor=editor).on_conflict_do_nothing()
        )
        return len(await self.approvers(story))

    async def approvers(self, story: Story) -> list[EditorId]:
        rows = await self._work.connection.execute(
            select(approvals.c.editor).where(
                approvals.c.story == story.id, approvals.c.version == (story.details.offered or 0)
            )
        )
        return [EditorId(row) for row in rows.scalars()]

    async def shred(self, story: Story) -> None:
        """Keys and rows. Files and card are the caller's: `Blobs.shred`, an Erase to the editors' room.

        Raises Conflict when it was changed since it was read: it may have been published in the same moment.
        """
        work = self._work
        gone = await work.connection.execute(
            delete(stories).where(stories.c.id == story.id, stories.c.revision == story.revision)
        )
        if gone.rowcount != 1:
            raise Conflict("Somebody else changed the story in the same moment.")
        await self.routes.drop(story.id)
        await work.keys.shred(work.connection, [story.key_id])
        for table in (versions, questions, approvals):
            await work.connection.execute(delete(table).where(table.c.story == story.id))

    async def _change(self, story: Story, status: Status, details: Details) -> Story:
        if story.status not in MAY_BECOME[status]:
            raise Conflict(f"A story that is {story.status} can't become {status}.")
        if status is not story.status:
            details = msgspec.structs.replace(details, extended_days=0)
        return await self._put(story, status, details)

    async def _put(self, story: Story, status: Status, details: Details) -> Story:
        work, revision = self._work, story.revision + 1
        body = await seal_record(work, story.key_id, _STORY, story.id, revision, details)
        since = work.today if status is not story.status else story.since
        changed = await work.connection.execute(
            update(stories)
            .where(stories.c.id == story.id, stories.c.revision == story.revision)
            .values(status=status, since=since, revision=revision, body=body)
        )
        if changed.rowcount != 1:
            raise Conflict("Somebody else changed the story in the same moment.")
        return msgspec.structs.replace(story, status=status, since=since, revision=revision, details=details)

    async def _put_version(self, story: Story, number: VersionNumber, text: Private[str]) -> None:
        body = await seal_record(self._work, story.key_id, _VERSION, story.id, number, _Text(text=text))
        await self._work.connection.execute(insert(versions).values(story=story.id, number=number, body=body))
