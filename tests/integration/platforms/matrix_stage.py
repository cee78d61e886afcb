"""Matrix, for the adapter contract: a real homeserver, and Anna with a client that talks to signed devices only."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Self
from urllib.parse import quote

from bot.platforms.base import Beside, Sink
from bot.platforms.matrix.adapter import MatrixAdapter
from bot.platforms.matrix.keeping.credentials import log_in
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.speaking.choices import OPENINGS, TOKENS
from bot.rooms import BOT
from bot.texts.fluent import Texts
from bot.types import FileKind, Incoming
from storage.address import Account, Address, Reference
from storage.errors import DiskFull
from storage.private import Private
from storage.store import Store
from tests.databases import Newsroom
from tests.homeserver.chat import Chat, Seen
from tests.homeserver.people import MatrixPerson
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Person
from tests.integration.platforms.keeper import DiskFull as KeeperFull
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.stage import Sight

PASSWORD = "the-bot-s-password"
_KINDS = {
    "m.image": FileKind.PHOTO,
    "m.audio": FileKind.VOICE,
    "m.video": FileKind.VIDEO,
    "m.file": FileKind.DOCUMENT,
}
_MEDIA = {FileKind.VOICE: "m.audio", FileKind.VIDEO: "m.video", FileKind.DOCUMENT: "m.file"}
_OPENING = re.compile(r"(.+): @\S+ \(\S+\) !start \S+")
_ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
_PENDING = ("undecryptable", "m.room.encrypted")


class StagedSink:
    """The test's keeper, and our own store for what the adapter writes beside it. A cursor from before the test counts
    until the keeper has its own.
    """

    def __init__(self, sink: Sink, store: Store, cursors: dict[str, str]) -> None:
        self._sink = sink
        self._store = store
        self._cursors = cursors

    async def accept(
        self,
        events: Sequence[Incoming],
        *,
        source: str,
        cursor: str | None,
        beside: Beside | None = None,
        traces: Sequence[Reference] = (),
    ) -> None:
        try:
            await self._sink.accept(events, source=source, cursor=cursor)
        except KeeperFull:
            raise DiskFull(DiskFull.__doc__) from None
        if beside is not None:
            async with self._store.write() as tx:
                await beside(tx)

    async def cursor(self, source: str) -> str | None:
        return await self._sink.cursor(source) or self._cursors.get(source)


class StagedAdapter(MatrixAdapter):
    def __init__(self, settings: MatrixSettings, store: Store, texts: Texts, cursors: dict[str, str]) -> None:
        super().__init__(settings, store, texts)
        self._database = store
        self._cursors = cursors

    async def receive(self, sink: Sink) -> None:
        await super().receive(StagedSink(sink, self._database, self._cursors))


class MatrixDesk:
    """The bot's account, and an editor with the encrypted room that the bot is invited to."""

    def __init__(self, synapse: Synapse, store: Store, texts: Texts, settings: MatrixSettings, editor: Person) -> None:
        self.synapse = synapse
        self.store = store
        self.settings = settings
        self.editor = editor
        self.cursors: dict[str, str] = {}
        self._texts = texts

    @classmethod
    async def made(cls, synapse: Synapse, store: Store, texts: Texts) -> Self:
        """Logs the bot in."""
        user = await synapse.register(f"bot-{secrets.token_hex(4)}", PASSWORD)
        editor = await Person.made(synapse, "editor")
        body = {"preset": "private_chat", "invite": [user], "initial_state": [_ENCRYPTION]}
        room = str((await editor.ask("POST", "v3/createRoom", body))["room_id"])
        settings = MatrixSettings(
            homeserver=synapse.url, user=user, editors_room=room, longest_wait=0.05, sync_seconds=5
        )
        await log_in(store, settings, password=Private(PASSWORD))
        desk = cls(synapse, store, texts, settings, editor)
        await desk.enrols(editor.user)
        return desk

    async def enrols(self, user: str) -> None:
        async with self.store.write() as tx:
            await tx.editors.add(Account(platform="matrix", person=Private(user)), user)

    @property
    def room(self) -> Address:
        assert self.settings.editors_room is not None
        return address(self.settings.editors_room)

    def adapter(self) -> StagedAdapter:
        return StagedAdapter(self.settings, self.store, self._texts, self.cursors)


class MatrixStage(MatrixDesk):
    """And Anna, once she has met the bot."""

    lacks = frozenset({"sends_video_note"})
    anna: MatrixPerson
    direct: Chat
    _said = ""

    @property
    def chat(self) -> Address:
        return address(self.anna.user_id)

    @property
    def person(self) -> Account:
        return Account(platform="matrix", person=Private(self.anna.user_id))

    async def meet(self, anna: MatrixPerson) -> None:
        """She and the bot are in a room of their own, which the bot takes for hers."""
        self.anna, keeper = anna, Keeper()
        async with running(adapter := self.adapter(), keeper):
            # Its invitation is accepted beside all else: the bot would be stopped before.
            await adapter._there.client.call("POST", f"v3/join/{quote(self.room.chat.reveal())}", body={})
            self.direct = await self.anna.direct(self.settings.user)
            await keeper.got(1)
            await self.direct.waits_for_room(lambda room: self.settings.user in room.members)
        self.cursors = keeper.cursors

    async def says(self, text: str) -> None:
        self._said = await self.direct.says(text)

    async def follows(self, payload: str) -> None:
        await self.says(f"!start {payload}")

    async def sends_photo(self, data: bytes, caption: str = "", album: str | None = None) -> None:
        await self.direct.sends_file("m.image", data, name="../photo.jpg", mime="image/jpeg", caption=caption)

    async def sends_file(self, kind: FileKind, data: bytes, caption: str = "") -> None:
        if kind is FileKind.PHOTO:
            await self.sends_photo(data, caption)
            return
        mark: dict[str, object] = {"org.matrix.msc3245.voice": {}} if kind is FileKind.VOICE else {}
        await self.direct.sends_file(_MEDIA[kind], data, name="file", caption=caption, more=mark)

    async def edits(self, text: str) -> None:
        await self.direct.edits(self._said, text)

    async def taps(self, label: str) -> None:
        for seen in reversed(await self._settled()):
            _, buttons = _parted(seen)
            if label in buttons:
                await self.direct.reacts(seen.event_id, f"{buttons.index(label) + 1}\ufe0f\u20e3")
                return
        raise AssertionError("there is no such choice")

    async def blocks(self) -> None:
        await self.anna.leaves(self.direct)

    async def joins_room(self) -> None:
        room = self.room.chat.reveal()
        await self.editor.ask("POST", f"v3/rooms/{quote(room)}/invite", {"user_id": self.anna.user_id})
        await self.anna.joins(room)
        await self.enrols(self.anna.user_id)

    async def leaves_room(self) -> None:
        await self.anna.leaves(self.anna.chat(self.room.chat.reveal()))

    async def sees(self) -> list[Sight]:
        return [await self._sight(seen) for seen in await self._settled()]

    async def _settled(self) -> list[Seen]:
        """What she sees once her client has, and has decrypted, all that the server has of the room now."""
        path = f"/_matrix/client/v3/rooms/{quote(self.direct.room_id)}/messages?dir=b&limit=1"
        status, found = await self.anna.request("GET", path)
        assert status == 200, found
        last = str(found["chunk"][0]["event_id"])

        async def look() -> list[Seen] | None:
            if await self.direct.place(last) < 0:
                return None
            seen = await self.direct.sees()
            return None if any(one.kind in _PENDING for one in seen) else seen

        return await self.direct._node.wait_for(look)

    async def _sight(self, seen: Seen) -> Sight:
        text, buttons = _parted(seen)
        kind, name = _KINDS.get(seen.kind), seen.content.get("filename")
        return Sight(
            text="" if kind is not None and text == name else text,
            from_bot=seen.sender == self.settings.user,
            buttons=tuple((label,) for label in buttons),
            kind=FileKind.VIDEO_NOTE if name == "note.mp4" else kind,
            file=await self.direct.downloads(seen) if kind is not None else None,
        )


def address(chat: str) -> Address:
    return Address(platform="matrix", bot=BOT, chat=Private(chat))


def _parted(seen: Seen) -> tuple[str, list[str]]:
    """The words, and the labels below them."""
    lines = seen.text.split("\n")
    count = sum(len(seen.content.get(key, [])) for key in (TOKENS, OPENINGS))
    numbered = [line.partition(". ")[2] for line in lines[len(lines) - count :]]
    words = lines[: len(lines) - count]
    openings = [found[1] for line in words if (found := _OPENING.fullmatch(line)) is not None]
    words = [line for line in words if _OPENING.fullmatch(line) is None]
    return "\n".join(words[:-1] if (numbered or openings) and words[-1] == "" else words), [*openings, *numbered]


@asynccontextmanager
async def open_stage(
    synapse: Synapse, newsroom: Newsroom, texts: Texts, anna: MatrixPerson
) -> AsyncIterator[MatrixStage]:
    """A new bot in an unprepared newsroom; Anna, who has not written yet, has opened a room with it."""
    await newsroom.prepare()
    store = await newsroom.open()
    stage = await MatrixStage.made(synapse, store, texts)
    await stage.meet(anna)
    yield stage
    await store.close()
