"""One newsroom with its people on a real homeserver: the bot, its rooms, and what everybody waits for there."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.acceptance.matrix_human import MatrixHuman
from tests.acceptance.matrix_service import begin, furnish
from tests.acceptance.service import Home
from tests.databases import Newsroom
from tests.homeserver.chat import Chat, Seen
from tests.homeserver.people import MatrixPerson, People
from tests.homeserver.synapse import Synapse
from tests.patience import PATIENCE

MODERATOR = 50


@dataclass(kw_only=True)
class MatrixScene:
    home: Home
    people: People
    bot: str
    """user id"""
    password: str
    """the bot's"""
    editors: Chat
    """the editors' room, as Anna sees it"""
    channel: Chat
    """the published room, as Anna sees it"""
    desk: tuple[MatrixPerson, MatrixPerson]
    """who is in the editors' room from the beginning"""
    on_act: Callable[[int], None] = lambda _number: None
    """told the number of each thing that a person does, right after it"""
    acts: int = field(default=0)
    anna: MatrixHuman = field(init=False)
    boris: MatrixHuman = field(init=False)

    def __post_init__(self) -> None:
        anna, boris = self.desk
        self.anna = MatrixHuman(self, anna, "Анна", self.bot)
        self.boris = MatrixHuman(self, boris, "Борис", self.bot)

    @property
    def editors_room(self) -> str:
        return self.editors.room_id

    def happened(self) -> None:
        self.acts += 1
        self.on_act(self.acts)

    def log(self) -> str:
        return self.home.log.read_text()

    async def human(self, name: str) -> MatrixHuman:
        """A new person with the name in their user id. They exchange keys with signed devices only: bar 2."""
        return MatrixHuman(self, await self.people.person(name, only_signed=True), name, self.bot)

    async def card(self, words: str) -> Seen:
        """The card in the editors' room, once it says so."""
        return await self.editors.expects(words)

    async def published(self, words: str) -> Seen:
        return await self.channel.expects(words)

    async def settled(self) -> None:
        """Nothing waits in the service any more."""
        await self.home.settled(PATIENCE)


@asynccontextmanager
async def open_matrix_scene(newsroom: Newsroom, synapse: Synapse) -> AsyncIterator[MatrixScene]:
    """Rooms and people are there, `tamizdat init` is done, which enters the rooms; the test starts the service."""
    await newsroom.prepare(migrated=False)
    name, password = f"newsroom-{secrets.token_hex(4)}", secrets.token_hex(8)
    bot = await synapse.register(name, password)
    async with People(synapse) as people:
        anna = await people.person("anna", only_signed=True)
        boris = await people.person("boris", only_signed=True)
        editors = await anna.opens_room(name="Редакция", invite=[bot, boris.user_id])
        channel = await anna.opens_room(name="Истории", invite=[bot], open_to_all=True, encrypted=False)
        for room in (editors, channel):
            await anna.empowers(room, bot, MODERATOR)
        await boris.joins(editors.room_id)
        home = furnish(newsroom, synapse.url, bot, editors.room_id, {"ru": channel.room_id})
        await begin(home, password)
        yield MatrixScene(
            home=home, people=people, bot=bot, password=password, editors=editors, channel=channel, desk=(anna, boris)
        )
    await newsroom.remove()
