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
from storage.story import Attachment, Story


@dataclass(frozen=True, kw_only=True)
class Page:
    version: VersionNumber
    heading: Words
    text: Rich
    photos: tuple[Media, ...]


def media_of(attachment: Attachment) -> Media:
    return Media(kind=FileKind(attachment.kind), blob=attachment.blob, size=attachment.size, alt=attachment.caption)


async def load_page(tx: Transaction, story: Story) -> Page:
    """Of the version that the author was asked about; before that, of the latest."""
    version = story.details.offered or story.details.latest
    text = await tx.stories.text(story, version)
    byline = story.details.byline
    return Page(
        version=version,
        heading=msg("page-by-nobody") if byline is None else msg("page-by", name=byline),
        text=shown(text),
        photos=tuple(media_of(photo) for photo in story.details.photos),
    )
