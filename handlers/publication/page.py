"""A story as readers will see it: the same for the author's consent, for channels and for subscribers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.flow import Words
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from storage.ids import BlobId, VersionNumber
from storage.store import Transaction
from storage.story import Story


@dataclass(frozen=True, kw_only=True)
class Page:
    version: VersionNumber
    heading: Words
    text: Rich
    photos: tuple[BlobId, ...]


async def load_page(tx: Transaction, story: Story) -> Page:
    """Of the version that the author was asked about; before that, of the latest."""
    version = story.details.offered or story.details.latest
    text = await tx.stories.text(story, version)
    byline = story.details.byline
    return Page(
        version=version,
        heading=msg("page-by-nobody") if byline is None else msg("page-by", name=byline),
        text=Rich.plain(text.reveal()),
        photos=story.details.photos,
    )
