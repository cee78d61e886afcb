"""The receiving half of the bot on a real homeserver, and people who talk to it with bare requests and vodozemac."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, cast
from urllib.parse import quote

import vodozemac

from bot.intake import Intake
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.keeping.credentials import log_in, open_client
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.sync import Loop
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.signing.one_time_keys import publish
from bot.texts.fluent import Texts
from bot.types import Body, Called, Edited, Incoming, Said
from storage.codec import decode
from storage.private import Private
from storage.store import Store
from tests.databases import Newsroom
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_stage import MEGOLM, PASSWORD, Stranger, room_key
from tests.patience import PATIENCE


class Bot:
    """Our loop, driven round by round. `dies` forgets what is in memory only; `wakes` is the next process."""

    def __init__(self, synapse: Synapse, newsroom: Newsroom, settings: MatrixSettings, texts: Texts) -> None:
        self.synapse = synapse
        self.newsroom = newsroom
        self.settings = settings
        self.texts = texts
        self.means: dict[tuple[str, str], Body] = {}
        """(event, key or text) → what `answer_of` says of it"""
        self.taken: dict[str, str] = {}
        self.arrived: list[Incoming] = []
        self.store: Store
        self.client: MatrixClient
        self.directs: Directs
        self.loop: Loop
        self.sink: Intake
        self._doing: asyncio.Task[None]

    @classmethod
    async def made(
        cls, synapse: Synapse, newsroom: Newsroom, texts: Texts, *, url: str | None = None, editors: str | None = None
    ) -> Bot:
        user = await synapse.register(f"bot-{secrets.token_hex(4)}", PASSWORD)
        settings = MatrixSettings(
            homeserver=url or synapse.url, user=user, sync_seconds=0, longest_wait=0.2, editors_room=editors
        )
        bot = cls(synapse, newsroom, settings, texts)
        store = await newsroom.open()
        await log_in(store, settings, password=Private(PASSWORD))
        await store.close()
        await bot.wakes()
        await publish(bot.client)
        await bot.round()
        return bot

    @property
    def user(self) -> str:
        return self.settings.user

    async def wakes(self) -> None:
        self.store = await self.newsroom.open()
        self.client = await open_client(self.store, self.settings)
        async with self.store.read() as tx:
            self.directs = await Directs.load(tx)
        editors = RoomId(self.settings.editors_room) if self.settings.editors_room else None
        policy = DevicePolicy(self.client, self.store, editors_room=editors)
        self.client.policy = policy.prepare
        self.loop = Loop(
            self.client,
            self.directs,
            self.store,
            self.texts,
            policy,
            answer_of=self._answer_of,
            taken=self._takes,
        )
        self.woken = asyncio.Event()
        """set when something came into the inbox"""
        self.sink = Intake(self.store, wipe_after=3600, wake=self.woken.set)
        self._doing = asyncio.create_task(self.loop.deeds.run())

    async def dies(self) -> None:
        self._doing.cancel()
        with suppress(asyncio.CancelledError):
            await self._doing
        await self.client.close()
        await self.store.close()

    async def restarts(self) -> None:
        await self.dies()
        await self.wakes()

    async def round(self) -> None:
        """One sync, what follows from it, and what then lies in the inbox."""
        await self.loop.round(self.sink)
        await self.loop.deeds.settle()
        await self.hears()

    async def hears(self) -> None:
        """Empties the inbox."""
        self.arrived += await inbox(self.store)

    async def until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self.round()
        except TimeoutError:
            raise AssertionError(f"not in {PATIENCE} s; heard {self.heard}, {self.client.rooms}") from None

    async def settles(self) -> None:
        """Until a sync brings nothing new."""
        before = -1
        while before != len(self.arrived):
            before = len(self.arrived)
            await self.round()
            await self.round()

    @property
    def heard(self) -> list[str]:
        """What people said, in its order, as it came out of the inbox."""
        return [said for said in map(_words, self.arrived) if said is not None]

    def bodies(self, kind: type[Body]) -> list[Body]:
        return [one.body for one in self.arrived if isinstance(one.body, kind)]

    def room_of(self, person: Person) -> str | None:
        return self.directs.room_of(UserId(person.user))

    def _takes(self, last: Mapping[RoomId, EventId]) -> None:
        self.taken |= {str(room): str(event) for room, event in last.items()}

    async def _answer_of(self, room: RoomId, event: EventId, said: str) -> Body | None:
        return self.means.get((event, said))


class Person(Stranger):
    """Somebody with one device, who hands the bot a room's key before speaking there."""

    @classmethod
    async def made(cls, synapse: Synapse, name: str = "anna") -> Person:
        return await cls._logged_in(synapse, await synapse.register(f"{name}-{secrets.token_hex(4)}", PASSWORD))

    @classmethod
    async def again(cls, synapse: Synapse, other: Person) -> Person:
        """The same person with another device."""
        return await cls._logged_in(synapse, other.user)

    @classmethod
    async def _logged_in(cls, synapse: Synapse, user: str) -> Person:
        person = cast(Person, await cls.of(synapse, user))
        person.sessions = {}
        await person.publishes()
        return person

    sessions: dict[str, vodozemac.GroupSession]
    """by room: with what this device encrypts there"""

    async def opens(self, bot: Bot, *, encrypted: bool = True, **more: Any) -> str:
        """A direct room to which the bot is invited, as Element makes one."""
        state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}] if encrypted else []
        body = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "invite": [bot.user],
            "initial_state": state,
            **more,
        }
        answer = await self.ask("POST", "v3/createRoom", body)
        assert "room_id" in answer, answer
        return str(answer["room_id"])

    async def meets(self, bot: Bot) -> str:
        """A direct room in which both are, and whose key the bot has."""
        room = await self.opens(bot)
        await bot.until(lambda: bot.room_of(self) == room)
        await self.hands(bot, room)
        return room

    async def joins(self, room: str) -> None:
        await self.ask("POST", f"v3/join/{quote(room)}", {})

    async def leaves(self, room: str) -> None:
        await self.ask("POST", f"v3/rooms/{quote(room)}/leave", {})

    async def hands(self, bot: Bot, room: str) -> None:
        """The room's key, in an encrypted message to the bot's device."""
        await self.hands_key(bot, room, self.session(room).session_key)

    async def hands_key(self, bot: Bot, room: str, key: vodozemac.SessionKey) -> None:
        """`key`: as it was at some moment."""
        await self.whispers(bot, room_key(room, self.session(room), key))

    async def tells(self, room: str, text: str) -> str:
        """Says it, encrypted; the event's id."""
        return await self.sends(room, {"msgtype": "m.text", "body": text})

    async def sends(self, room: str, content: Mapping[str, Any], kind: str = "m.room.message") -> str:
        sealed = self.sealed(room, {"type": kind, "content": content, "room_id": room})
        relation = {"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {}
        return await self.puts(room, "m.room.encrypted", {**sealed, **relation})

    def sealed(self, room: str, plain: Mapping[str, Any]) -> dict[str, Any]:
        return self.sealed_with(self.session(room), plain)

    async def puts(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        """An event as it is; its id."""
        answer = await self.ask("PUT", f"v3/rooms/{quote(room)}/send/{kind}/{secrets.token_hex(8)}", content)
        assert "event_id" in answer, answer
        return str(answer["event_id"])

    async def states(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> dict[str, Any]:
        return await self.ask("PUT", f"v3/rooms/{quote(room)}/state/{kind}/{key}", content)

    async def invitations(self) -> list[str]:
        found = await self.ask("GET", "v3/sync?timeout=0")
        return list(found.get("rooms", {}).get("invite", {}))

    async def sees(self, room: str) -> list[dict[str, Any]]:
        """The room's last events, the newest first."""
        return list((await self.ask("GET", f"v3/rooms/{quote(room)}/messages?dir=b&limit=50"))["chunk"])

    async def members(self, room: str) -> dict[str, str]:
        found = await self.ask("GET", f"v3/rooms/{quote(room)}/members")
        return {one["state_key"]: one["content"]["membership"] for one in found["chunk"]}

    def session(self, room: str) -> vodozemac.GroupSession:
        if room not in self.sessions:
            self.sessions[room] = vodozemac.GroupSession()
        return self.sessions[room]


async def inbox(store: Store) -> list[Incoming]:
    """Takes out all there is, each chat's in its order."""
    found = []
    async with store.write() as tx:
        for lane in await tx.inbox.ready_lanes(1000):
            while (waiting := await tx.inbox.head(lane)) is not None:
                found.append(decode(Incoming, waiting.body))
                assert await tx.inbox.take(waiting)
    return found


def _words(incoming: Incoming) -> str | None:
    match incoming.body:
        case Said(text=text) | Edited(text=text):
            return text.reveal()
        case Called(name=name, argument=argument):
            return f"/{name} {argument.reveal()}".strip()
    return None
