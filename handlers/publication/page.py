"""A story as readers will see it: the same for the author's consent, for channels and for subscribers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.flow import Words
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from bot.types import FileKind, Media
from handlers.manuscript.sections import shown
from storage.ids import VersionNumber
from storage.store import Transaction
from storage.story import Attachment, Status, Story


@dataclass(frozen=True, kw_only=True)
class Page:
    version: VersionNumber
    heading: Words
    text: Rich
    photos: tuple[Media, ...]


def media_of(attachment: Attachment) -> Media:
    return Media(kind=FileKind(attachment.kind), blob=attachment.blob, size=attachment.size, alt=attachment.caption)


def caption_of(media: Media) -> Rich:
    """What is to be seen in a photo, for those who can't see it."""
    return Rich.plain(media.alt.reveal())


def version_of(story: Story) -> VersionNumber:
    """That which readers have; before there are any, the one that the author was asked about, or the latest."""
    details = story.details
    if story.status in (Status.PUBLISHED, Status.RETRACTED) and details.published is not None:
        return details.published
    return details.offered or details.latest


async def load_page(tx: Transaction, story: Story, version: VersionNumber | None = None) -> Page:
    """Of this version; without one, of `version_of`."""
    version = version or version_of(story)
    text = await tx.stories.text(story, version)
    byline = story.details.byline
    return Page(
        version=version,
        heading=msg("page-by-nobody") if byline is None else msg("page-by", name=byline),
        text=shown(text),
        photos=tuple(media_of(photo) for photo in story.details.photos),
    )
