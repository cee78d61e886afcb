"""What the bot says: shown, changed and deleted, under the limits of a real messenger."""

from __future__ import annotations

import time
from typing import Final

from bot.errors import FileTooLarge
from bot.outcomes import Delivered, Outcome, Refused, Unreachable
from bot.platforms.base import OpenBlob
from bot.platforms.local.acts import CAPTION_LIMIT, TEXT_LIMIT
from bot.platforms.local.kinds import TYPE_OF
from bot.platforms.local.people import PLACES
from bot.platforms.local.uploads import Uploads
from bot.platforms.local.world import Attachment, Message, World
from bot.types import Choice, Content, Erase, FileKind, Media, Opening, Place, Show
from storage.address import Address, Reference
from storage.ids import BlobId
from storage.private import Private

_TOKEN_BYTES: Final = 64
_PAYLOAD_LETTERS: Final = 64


class Speaker:
    def __init__(self, world: World, uploads: Uploads) -> None:
        self._world = world
        self._uploads = uploads

    async def perform(
        self, outgoing: Show | Erase, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        if chat.chat.reveal() not in PLACES:
            return Unreachable()
        old = self._message_of(before, chat)
        if isinstance(outgoing, Erase):
            named = [self._message_of(reference, chat) for reference in outgoing.references]
            await self._erase([message for message in [old, *named] if message is not None])
            return Delivered()
        if old is None and outgoing.place is Place.THERE:
            return Delivered()
        if why := _wrong_with(outgoing.content):
            return Refused(why=why)
        return await self._show(outgoing, chat, old, open_blob)

    async def _show(self, show: Show, chat: Address, old: Message | None, open_blob: OpenBlob) -> Outcome:
        edited = old if show.place in (Place.SAME, Place.THERE) else None
        attachment = None
        if show.content.media is not None:
            try:
                blob, size = await self._uploads.save(open_blob(show.content.media.blob))
            except FileTooLarge:
                return Refused(why="the file is too large")
            attachment = _attachment(show.content.media, blob, size)
        message = Message(
            number=edited.number if edited else self._world.take_number(),
            chat=chat.chat.reveal(),
            sender=None,
            at=edited.at if edited else int(time.time()),
            text=show.content.text,
            buttons=show.content.buttons,
            attachment=attachment,
            protect=show.protect,
            silent=show.silent,
        )
        self._world.change(show=[message])
        if edited is not None:
            await self._drop_file(edited)
        elif old is not None and show.place is Place.BOTTOM:
            await self._erase([old])
        return Delivered(reference=Reference(chat=chat, message=Private(str(message.number))))

    async def _erase(self, messages: list[Message]) -> None:
        self._world.change(erase={message.number for message in messages})
        for message in messages:
            await self._drop_file(message)

    async def _drop_file(self, message: Message) -> None:
        if message.attachment is not None:
            await self._uploads.remove(message.attachment.blob)

    def _message_of(self, reference: Reference | None, chat: Address) -> Message | None:
        if reference is None or not reference.message.reveal().isdecimal():
            return None
        message = self._world.message(int(reference.message.reveal()))
        return message if message is not None and message.chat == chat.chat.reveal() else None


def _attachment(media: Media, blob: BlobId, size: int) -> Attachment:
    name = Private("document.txt" if media.kind is FileKind.DOCUMENT else str(media.kind))
    return Attachment(kind=media.kind, blob=blob, name=name, size=size, media=TYPE_OF[media.kind], alt=media.alt)


def _wrong_with(content: Content) -> str | None:
    """Why a messenger would never take this message."""
    if content.media is not None and content.media.kind not in TYPE_OF:
        return "files of this kind are not sent"
    limit = TEXT_LIMIT if content.media is None else CAPTION_LIMIT
    if content.text.utf16_length > limit:
        return f"longer than {limit} UTF-16 units"
    if content.media is None and not content.text.text.strip():
        return "empty"
    for button in (button for row in content.buttons for button in row):
        if isinstance(button, Choice) and len(button.token.encode()) > _TOKEN_BYTES:
            return f"a token of more than {_TOKEN_BYTES} bytes"
        if isinstance(button, Opening) and len(button.payload) > _PAYLOAD_LETTERS:
            return f"a payload of more than {_PAYLOAD_LETTERS} letters"
    return None
