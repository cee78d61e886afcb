"""Our messages on Matrix: sent, edited, moved, redacted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from bot.errors import PlatformError
from bot.outcomes import Delivered, Later, Outcome, Refused
from bot.platforms.base import OpenBlob
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.rooms.direct_rooms import leave
from bot.platforms.matrix.speaking.content import as_edit, in_thread, text_message, words_of
from bot.platforms.matrix.speaking.erasing import Eraser, Unfinished
from bot.platforms.matrix.speaking.failures import outcome_of
from bot.platforms.matrix.speaking.media import Uploads, objection
from bot.platforms.matrix.speaking.own_events import OwnEvents
from bot.platforms.matrix.speaking.sending import Mail, is_person, transaction
from bot.platforms.matrix.speaking.threads import Standing, reference_of, standing_of
from bot.platforms.upload import WrongSize
from bot.types import Choice, Content, Erase, Place, Show
from storage.address import Address, Reference

log = logging.getLogger(__name__)


class Sender:
    """editors_room: where openings are answered by their number."""

    def __init__(self, client: MatrixClient, mail: Mail, own: OwnEvents, *, editors_room: str | None) -> None:
        self._client = client
        self._mail = mail
        self._own = own
        self._uploads = Uploads(client)
        self._eraser = Eraser(client, mail, own)
        self._editors_room = editors_room

    async def perform(
        self, outgoing: Show | Erase, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        """As `Adapter.perform`. What `open_blob` raises passes through."""
        media = outgoing.content.media if isinstance(outgoing, Show) else None
        if media is not None and (why := objection(media)) is not None:
            return Refused(why=why)
        try:
            if isinstance(outgoing, Erase):
                return await self._erase(outgoing, chat, await self._mail.rooms_of(chat), before, key)
            if outgoing.place is Place.THERE:
                return await self._change(outgoing, chat, await self._mail.rooms_of(chat), before, open_blob, key)
            return await self._show(outgoing, chat, await self._mail.room_of(chat), before, open_blob, key)
        except PlatformError as error:
            return outcome_of(error)
        except WrongSize:
            return Refused(why="its file has another size")
        except Unfinished:
            return Later(after=1.0)

    async def _show(
        self, show: Show, chat: Address, room: RoomId, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        content = await self._content(show, chat, room, open_blob)
        standing = None if before is None or show.place is Place.NEW else standing_of(before)
        if standing is not None and show.topic is not None:
            moves = show.place is Place.BOTTOM
            return await self._show_card(content, chat, room, standing, key, moves=moves)
        if standing is not None:
            if show.place is Place.SAME and await self._edit(room, standing.event, content, key):
                return Delivered(reference=before)
            await self._eraser.erase([room], [standing.event], key)
        event = await self._send(room, content, key)
        return Delivered(reference=reference_of(chat, Standing(event=event)))

    async def _change(
        self,
        show: Show,
        chat: Address,
        rooms: Sequence[RoomId],
        before: Reference | None,
        open_blob: OpenBlob,
        key: str,
    ) -> Outcome:
        """What stands there, whether or not we can still read it. A file goes up once more: its key is in the event."""
        if before is None or not rooms:
            return Delivered()
        event = standing_of(before).event
        room = await self._eraser.place_of(event, rooms)
        if not await self._own.is_there(room, event):
            return Delivered()
        await self._replace(room, event, await self._content(show, chat, room, open_blob), key)
        return Delivered(reference=before)

    async def _show_card(
        self, content: dict[str, Any], chat: Address, room: RoomId, standing: Standing, key: str, *, moves: bool
    ) -> Outcome:
        """A message with a thread of its own."""
        if not await self._edit(room, standing.event, content, key):
            event = await self._send(room, content, key)
            return Delivered(reference=reference_of(chat, Standing(event=event)))
        if standing.copy is not None:
            await self._eraser.erase([room], [standing.copy], key)
        copy = None
        if moves:
            copy = await self._mail.send(room, in_thread(content, standing.event), transaction(key, "copy"))
            self._own.remember(copy, content)
        return Delivered(reference=reference_of(chat, Standing(event=standing.event, copy=copy)))

    async def _erase(
        self, erase: Erase, chat: Address, rooms: Sequence[RoomId], before: Reference | None, key: str
    ) -> Outcome:
        mine = standing_of(before) if before is not None and erase.anchor is not None else None
        events = [standing_of(reference).event for reference in erase.references]
        if mine is not None:
            events += [*((mine.copy,) if mine.copy is not None else ()), mine.event]
        for room in self._mail.private_rooms(chat):  # first, as the homeserver can keep us from all that follows
            await self._client.forget_said(room)
        if not rooms:
            return Delivered(failed=len(events))
        failed = await self._eraser.erase(rooms, events, key)
        if erase.everything and is_person(chat):
            for former in rooms[1:]:  # nothing is left there to come back for
                await leave(self._client, former)
        if failed and mine is not None and erase.instead is not None:
            is_replaced = await self._edit(rooms[0], mine.event, self._text(erase.instead, chat), key)
            return Delivered(reference=before) if is_replaced else Delivered(failed=failed)
        return Delivered(failed=failed)

    async def _send(self, room: RoomId, content: dict[str, Any], key: str) -> EventId:
        event = await self._mail.send(room, content, transaction(key, "send"))
        self._own.remember(event, content)
        return event

    async def _edit(self, room: RoomId, event: EventId, content: dict[str, Any], key: str) -> bool:
        """False: this message can't become that one; a new one must be sent."""
        if content["msgtype"] not in ("m.text", "m.notice") or not await self._own.is_text(room, event):
            return False
        await self._replace(room, event, content, key)
        return True

    async def _replace(self, room: RoomId, event: EventId, content: dict[str, Any], key: str) -> None:
        await self._mail.send(room, as_edit(content, event), transaction(key, "edit"))
        self._own.remember(event, content)

    async def _content(self, show: Show, chat: Address, room: RoomId, open_blob: OpenBlob) -> dict[str, Any]:
        media = show.content.media
        if media is None:
            return self._text(show.content, chat, quiet=show.silent)
        words = self._words(show.content, chat)
        return await self._uploads.message(media, words, open_blob, encrypted=not self._mail.is_plain(room))

    def _text(self, content: Content, chat: Address, *, quiet: bool = True) -> dict[str, Any]:
        """A prompt always makes itself heard, and how loud a room is, its people decide."""
        asks = any(isinstance(button, Choice) for row in content.buttons for button in row)
        return text_message(self._words(content, chat), quiet=quiet and is_person(chat) and not asks)

    def _words(self, content: Content, chat: Address) -> dict[str, Any]:
        opens_by_number = chat.chat.reveal() == self._editors_room
        return words_of(content, opens_by_number=opens_by_number, me=self._client.user_id)
