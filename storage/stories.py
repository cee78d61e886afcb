"""What is done with stories: every change is of the revision that was read, so two people can't undo each other."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, case, delete, insert, select

from storage.address import Account, Address
from storage.clock import day_of
from storage.cold import ColdStories
from storage.errors import Conflict, VaultError
from storage.ids import AnchorId, EditorId, KeyId, StoryId, VersionNumber, new_id
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.story import Attachment, Contact, Details, Status, Story, Version
from storage.story_rows import STORY, VERSION, Text
from storage.tables import approvals, questions, stories, versions

log = logging.getLogger(__name__)

_KEYS_AT_ONCE = 500


class Stories(ColdStories):
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
        person: Account | None = None,
        appears: int | None = None,
    ) -> Story:
        """A submitted story with its first version and the route to its author; `person`: the account there.

        `appears`: when editors are first shown it. Its days count from then on, so that they do not tell either when it
        was sent.
        """
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
            appears=appears,
        )
        story = Story(
            id=story_id,
            status=Status.SUBMITTED,
            language=language,
            since=work.today if appears is None else day_of(appears),
            revision=1,
            key_id=key_id,
            details=details,
        )
        body = await seal_record(work, key_id, STORY, story_id, 1, details)
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
        await self.routes.put(story_id, author, person)
        await self.wrap_for_newsroom(story_id, key_id)
        return story

    async def listed(self, statuses: Collection[Status]) -> list[Story]:
        """Those that wait longest first. One that does not open is left out: it must not hide the others."""
        rows = await self._work.connection.execute(
            select(stories).where(stories.c.status.in_(statuses)).order_by(stories.c.since, stories.c.id)
        )
        return await self._those_that_open(rows.all())

    async def newest(self, status: Status, language: str, *, skip: int, most: int) -> list[Story]:
        """Of this status: those in the language first, then the others; in each the newest first.

        One that does not open is left out, so fewer may come than there are.
        """
        elsewhere = case((stories.c.language == language, 0), else_=1)
        rows = await self._work.connection.execute(
            select(stories)
            .where(stories.c.status == status)
            .order_by(elsewhere, stories.c.since.desc(), stories.c.id)
            .offset(skip)
            .limit(most)
        )
        return await self._those_that_open(rows.all())

    async def _those_that_open(self, rows: Sequence[Row[Any]]) -> list[Story]:
        found, keys = [], self._work.keys
        for start in range(0, len(rows), _KEYS_AT_ONCE):
            some = rows[start : start + _KEYS_AT_ONCE]
            await keys.prefetch(self._work.connection, [KeyId(row.key_id) for row in some])
            for row in some:
                try:
                    found.append(await self._opened(row))
                except VaultError as error:
                    log.error("a story that can't be read is left out of a list: %s", type(error).__name__)
        return found

    async def versions(self, story: Story) -> list[Version]:
        """Those that are kept, the oldest first, without their text."""
        kept = select(versions.c.number, versions.c.body).where(versions.c.story == story.id)
        rows = (await self._work.connection.execute(kept.order_by(versions.c.number))).all()
        found = []
        for number, body in rows:
            record: Text = await open_record(self._work, story.key_id, VERSION, story.id, number, body, Text)
            found.append(Version(number=VersionNumber(number), editor=record.editor, day=record.day))
        return found

    async def add_version(self, story: Story, text: Private[str], *, editor: EditorId | None = None) -> Story:
        """A new text: what was agreed and approved before counts no more. Raises Conflict."""
        number = VersionNumber(story.details.latest + 1)
        details = msgspec.structs.replace(story.details, latest=number, offered=None)
        changed = await self._change(story, Status.SUBMITTED, details)
        await self._put_version(changed, number, text, editor)
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

    async def hold(self, story: Story, *, wait: bool = True) -> None:
        """Nobody else changes or holds it before this transaction ends: what is read from now on is all there is of it.

        Raises Conflict when it has been changed since it was read; without `wait` also when somebody else has it now.
        """
        held = select(stories.c.revision).where(stories.c.id == story.id).with_for_update(skip_locked=not wait)
        if (await self._work.connection.execute(held)).scalar() != story.revision:
            raise Conflict("Somebody else changed the story in the same moment.")

    async def approve(self, story: Story, editor: EditorId) -> int:
        """How many different editors have now approved the agreed version. Raises Conflict."""
        version = story.details.offered
        if story.status is not Status.AGREED or version is None:
            raise Conflict("Only what its author has agreed to can be approved.")
        await self.hold(story)  # two editors who approve in one moment must not each count one
        approval = {"story": story.id, "version": version, "editor": editor}
        await self._work.connection.execute(self._work.insert_new(approvals), approval)
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
        await self._shred_around(story.id, story.key_id)

    async def shred_unread(self, story: StoryId) -> None:
        """One that does not open: all of it but its files and its card, which are named only inside it."""
        gone = delete(stories).where(stories.c.id == story).returning(stories.c.key_id)
        for key_id in (await self._work.connection.execute(gone)).scalars().all():
            await self._shred_around(story, KeyId(key_id))

    async def _shred_around(self, story: StoryId, key_id: KeyId) -> None:
        work = self._work
        await self.routes.drop(story)
        await self.receipts.drop(story)
        await self._drop_newsroom_wrap(story)
        await work.keys.shred(work.connection, [key_id])
        work.gone.extend((story, self.receipts.name_of(story)))
        for table in (versions, questions, approvals):
            await work.connection.execute(delete(table).where(table.c.story == story))
