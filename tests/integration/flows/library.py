"""Published stories, put into the store as publishing leaves them: for tests that begin where readers do."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.flows.testing import Stage
from bot.flows.turn import Turn
from handlers.digests.due import DIGESTS
from handlers.publication.publish import begin_broadcast
from storage.address import Address
from storage.ids import BlobId
from storage.private import Private
from storage.story import Attachment, Status, Story
from tests.clock import Clock


async def put_out(
    stage: Stage, text: str, *, language: str = "ru", topic: str = "", photos: tuple[tuple[BlobId, int], ...] = ()
) -> Story:
    """It has gone to its subscribers when this returns."""
    attachments = tuple(
        Attachment(kind="photo", blob=blob, size=size, caption=Private("Площадь")) for blob, size in photos
    )
    async with stage.store.write() as tx:
        story = await come_out(stage.turn(tx), text, stage.address("somebody"), language, topic, attachments)
    await stage.settle()
    return story


async def come_out(
    turn: Turn,
    text: str,
    author: Address,
    language: str = "ru",
    topic: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Story:
    """It is on its way to its subscribers with this transaction."""
    stories = turn.tx.stories
    story = await stories.create(
        text=Private(text),
        language=language,
        alias="Рябина-100",
        byline=None,
        attachments=attachments,
        author=author,
        topic=topic,
    )
    story = await stories.offer(story)
    for status in (Status.AGREED, Status.SCHEDULED):
        story = await stories.move(story, status)
    published = msgspec.structs.replace(story.details, published=story.details.offered)
    story = await stories.move(story, Status.PUBLISHED, published)
    await begin_broadcast(turn, story)
    return story


async def take_back(stage: Stage, story: Story) -> None:
    async with stage.store.write() as tx:
        await tx.stories.move(story, Status.RETRACTED)


def long_story(paragraphs: int = 22) -> str:
    """Some 15,000 characters."""
    return "\n\n".join(f"{number}. " + "Мы шли по пустой улице и молчали. " * 20 for number in range(1, paragraphs + 1))


async def until(stage: Stage, clock: Clock, moment: datetime) -> None:
    """Digests that are due by then are sent."""
    async with stage.store.write() as tx:
        await tx.timers.set(DIGESTS, b"", tx.now)
    await stage.settle()
    clock.set(moment)
    await stage.settle()
