"""What a contributor's decisions do: a story handed in, files kept or dropped."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.appearing import appearance, expect
from handlers.contributors.limits import count_story
from handlers.contributors.receipts.pasted import spoil_pasted
from handlers.editors.alias import new_alias
from storage.ids import BlobId
from storage.private import Private
from storage.story import Attachment, Contact


class Submit(msgspec.Struct, frozen=True, kw_only=True):
    text: Private[str]
    notes: tuple[Private[str], ...]
    """what only editors read; they stand among the questions and answers"""
    byline: Private[str] | None
    attachments: tuple[Attachment, ...]
    topic: str
    region: Private[str] | None
    contact: Contact


class KeepFile(msgspec.Struct, frozen=True, kw_only=True):
    file: BlobId


class DropFiles(msgspec.Struct, frozen=True, kw_only=True):
    files: tuple[BlobId, ...]


async def submit(turn: Turn, effect: Submit) -> None:
    """The story, and the way to its author; editors are shown it hours later. The chat is wiped, both sides."""
    who = turn.person
    story = await turn.tx.stories.create(
        text=effect.text,
        language=who.language,
        alias=new_alias(),
        byline=effect.byline,
        attachments=effect.attachments,
        author=who.chat,
        person=who.person,
        topic=effect.topic,
        region=effect.region,
        contact=effect.contact,
        appears=appearance(turn),
    )
    for aside in effect.notes:
        await turn.tx.questions.note(story, aside)
    await turn.tx.contributors.add_story(who.person, story.id)
    await spoil_pasted(turn, effect.text, *effect.notes)
    count_story(turn)
    await turn.wipe(who.chat)
    await expect(turn, story)


async def keep_file(turn: Turn, effect: KeepFile) -> None:
    await turn.tx.blobs.keep([effect.file])


async def drop_files(turn: Turn, effect: DropFiles) -> None:
    await turn.tx.blobs.shred(effect.files)
