"""What a contributor's decisions do: a story handed in, photos kept or dropped."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.editors.alias import new_alias
from handlers.progress import note_progress
from storage.ids import BlobId
from storage.private import Private


class Submit(msgspec.Struct, frozen=True, kw_only=True):
    text: Private[str]
    byline: Private[str] | None
    photos: tuple[BlobId, ...]


class KeepPhoto(msgspec.Struct, frozen=True, kw_only=True):
    photo: BlobId


class DropPhotos(msgspec.Struct, frozen=True, kw_only=True):
    photos: tuple[BlobId, ...]


async def submit(turn: Turn, effect: Submit) -> None:
    """The story, the way to its author, a card for the editors; and the chat is wiped, both sides."""
    who = turn.person
    story = await turn.tx.stories.create(
        text=effect.text,
        language=who.language,
        alias=new_alias(),
        byline=effect.byline,
        photos=effect.photos,
        author=who.chat,
    )
    await turn.tx.contributors.add_story(who.person, story.id)
    await turn.wipe(who.chat)
    await note_progress(turn, story)


async def keep_photo(turn: Turn, effect: KeepPhoto) -> None:
    await turn.tx.blobs.keep([effect.photo])


async def drop_photos(turn: Turn, effect: DropPhotos) -> None:
    await turn.tx.blobs.shred(effect.photos)
