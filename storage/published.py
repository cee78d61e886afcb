"""From approval on: stopped, corrected, and what is left of a story once its readers have it.

Every change is of the revision that was read, as in `stories.py`.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, select

from storage.errors import Conflict
from storage.ids import EditorId, StoryId, VersionNumber
from storage.private import Private
from storage.story import Correction, Status, Story
from storage.story_rows import StoryRows
from storage.tables import approvals, questions, stories, versions


def sources_of(story: StoryId) -> bytes:
    """By this name they are marked as gone; the story itself stays."""
    return b"sources " + story


class PublishedStories(StoryRows):
    async def unschedule(self, story: Story) -> Story:
        """It does not come out; editors approve it anew. Raises Conflict."""
        return await self._change(story, Status.AGREED, story.details)

    async def correct(self, story: Story, text: Private[str], *, meaning: bool, editor: EditorId) -> Story:
        """A new version beside the one that readers have. Raises Conflict, also when there is one already."""
        if story.status is not Status.PUBLISHED or story.details.correction is not None:
            raise Conflict("Only what is published, and is not being corrected, can be corrected.")
        number = VersionNumber(story.details.latest + 1)
        correction = Correction(version=number, meaning=meaning, editor=editor)
        details = msgspec.structs.replace(story.details, latest=number, correction=correction)
        changed = await self._put(story, story.status, details)
        await self._put_version(changed, number, text, editor)
        return changed

    async def all_published(self) -> frozenset[StoryId]:
        """Those that readers have now."""
        found = select(stories.c.id).where(stories.c.status == Status.PUBLISHED)
        return frozenset(StoryId(row) for row in (await self._work.connection.execute(found)).scalars())

    async def drop_correction(self, story: Story) -> Story:
        """Readers keep what they have; nothing is left of the other text. Raises Conflict."""
        correction, published = story.details.correction, story.details.published
        if correction is None or published is None:
            raise Conflict("There is no correction.")
        details = msgspec.structs.replace(story.details, latest=published, correction=None)
        changed = await self._put(story, story.status, details)
        await self._work.connection.execute(
            delete(versions).where(versions.c.story == story.id, versions.c.number == correction.version)
        )
        return changed

    async def forget_sources(self, story: Story) -> Story:
        """Of a published story only what readers have stays, under a new key: with the old one go all other versions,
        questions, notes and the way to its author. Files are the caller's, as in `shred`. Raises Conflict."""
        work, published = self._work, story.details.published or story.details.offered or story.details.latest
        text = await self.text(story, published)
        details = msgspec.structs.replace(
            story.details,
            attachments=story.details.photos,
            region=None,
            notes=(),
            latest=published,
            offered=published,
            published=published,
            correction=None,
        )
        key_id, _ = await work.keys.new(work.connection)
        changed = await self._put(msgspec.structs.replace(story, key_id=key_id), story.status, details)
        for table in (versions, questions, approvals):
            await work.connection.execute(delete(table).where(table.c.story == story.id))
        await self._put_version(changed, published, text)
        await self.routes.drop(story.id)
        await self.receipts.drop_key(story.id)
        await self._drop_newsroom_wrap(story.id)
        await work.keys.shred(work.connection, [story.key_id])
        work.gone.append(sources_of(story.id))
        return changed
