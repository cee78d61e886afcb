"""A newsroom on Matrix from nothing: `init` asks and logs in on a real Synapse, `doctor` looks, `matrix` mends."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.config import load
from tests.homeserver.synapse import NAME, Synapse
from tests.integration.cli.desk import SECRET, Desk
from tests.integration.cli.terminal import Terminal

PASSWORD = f"{SECRET}!"


class Admin:
    """The person who has the rooms: raw requests, none of our code."""

    def __init__(self, session: aiohttp.ClientSession, user: str) -> None:
        self._session = session
        self.user = user

    @classmethod
    async def log_in(cls, synapse: Synapse, name: str) -> Admin:
        session = aiohttp.ClientSession(synapse.url)
        body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": name}, "password": PASSWORD}
        async with session.post("/_matrix/client/v3/login", json=body) as answer:
            token = (await answer.json())["access_token"]
        await session.close()
        return cls(aiohttp.ClientSession(synapse.url, headers={"Authorization": f"Bearer {token}"}), name)

    async def call(self, method: str, path: str, body: object) -> dict[str, Any]:
        async with self._session.request(method, f"/_matrix/client/v3/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            said: dict[str, Any] = await answer.json()
            return said

    async def room(self, bot: str, *, public: bool) -> str:
        state = [] if public else [{"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        if public:
            state = [{"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}]
        made = await self.call(
            "POST",
            "createRoom",
            {
                "preset": "public_chat" if public else "private_chat",
                "invite": [bot],
                "initial_state": state,
                "power_level_content_override": {"users": {bot: 100}, "events_default": 50 * public},
            },
        )
        return str(made["room_id"])

    async def close(self) -> None:
        await self._session.close()


@pytest.fixture
def bot(synapse: Synapse) -> str:
    return f"@newsroom-{secrets.token_hex(4)}:{NAME}"


@pytest.fixture
async def admin(synapse: Synapse, bot: str) -> AsyncIterator[Admin]:
    name = f"@admin-{secrets.token_hex(4)}:{NAME}"
    for user in (bot, name):
        await synapse.register(user.partition(":")[0][1:], PASSWORD)
    admin = await Admin.log_in(synapse, name)
    yield admin
    await admin.close()


@pytest.fixture
async def terminal(desk: Desk) -> AsyncIterator[Terminal]:
    terminal = await Terminal.start(desk, "init")
    yield terminal
    await terminal.close()


async def tell(terminal: Terminal, homeserver: str, user: str, editors: str, russian: str = "") -> None:
    """To the passphrase."""
    answers = {
        "Serve Telegram? [Y/n]:": "n",
        "Homeserver (like https://matrix.example.org):": homeserver,
        "The bot's account (like @newsroom:example.org):": user,
        "Editors' room on Matrix:": editors,
        "Room in Russian": russian,
        "Room in English": "",
        "Room in German": "",
        "Room in French": "",
        "Room in Czech": "",
        "Passphrase (empty: none):": "",
    }
    for question, answer in answers.items():
        await terminal.expects(question)
        terminal.types(answer)


async def test_a_newsroom_on_matrix_is_set_up_and_in_order(
    desk: Desk, synapse: Synapse, bot: str, admin: Admin, terminal: Terminal
) -> None:
    editors, stories = await admin.room(bot, public=False), await admin.room(bot, public=True)
    await tell(terminal, synapse.url, bot, editors, stories)
    await terminal.expects("Back up the root key now")
    await terminal.expects("Password (empty: a token):")
    terminal.types("not the password")
    await terminal.expects("Is the user")
    await terminal.expects("Password (empty: a token):")
    terminal.types(PASSWORD)
    await terminal.expects(f"Logged in as {bot}")
    assert await terminal.ends() == 0
    assert PASSWORD not in terminal.screen
    assert PASSWORD not in (desk.folder / "config.toml").read_text()

    settings = load(desk.folder / "config.toml").matrix
    assert settings is not None
    assert (settings.user, settings.editors_room, settings.channels) == (bot, editors, {"ru": stories})
    found = [line for line in (await desk.run("doctor")).out.splitlines() if "Matrix" in line]
    assert f"✓ Matrix: our session ({bot})" in found
    assert "✓ Matrix: the editors' room is encrypted" in found
    assert "✓ Matrix: the room for ru can be read without joining" in found
    assert "✓ Matrix: the bot's identity has signed its device" in found
    assert [line for line in found if line.startswith("✗")] == []
    assert "No device of an editor waits" in await desk.succeeds("matrix", "trust")
    assert "Nothing of that name waits" in await desk.refuses("matrix", "trust", "@anna:paper.test", "DEVICE")
    assert "matrix login" in await desk.refuses("init")


async def test_wrong_answers_and_a_room_without_the_bot(
    desk: Desk, synapse: Synapse, bot: str, admin: Admin, terminal: Terminal
) -> None:
    await terminal.expects("Serve Telegram? [Y/n]:")
    terminal.types("n")
    await terminal.expects("Homeserver (like https://matrix.example.org):")
    terminal.types("http://matrix.example.org")
    await terminal.expects("must begin with https://")
    terminal.types(synapse.url)
    await terminal.expects("The bot's account")
    terminal.types("newsroom")
    await terminal.expects("must be a whole Matrix id")
    terminal.types(bot)
    await terminal.expects("Editors' room on Matrix:")
    terminal.types("#editors:paper.test")
    await terminal.expects("must be the room's id")
    terminal.types("!nowhere:paper.test")
    for language in ("Russian", "English", "German", "French", "Czech"):
        await terminal.expects(f"Room in {language}")
        terminal.types("")
    await terminal.expects("Passphrase (empty: none):")
    terminal.types("")
    await terminal.expects("Password (empty: a token):")
    terminal.types(PASSWORD)
    await terminal.expects("The bot can't enter the editors' room yet: invite")
    assert await terminal.ends() == 0
    assert "✗ Matrix: the editors' room" in (await desk.run("doctor")).out


@pytest.mark.usefixtures("processes")
async def test_before_anybody_has_logged_in(newsroom_desk: Desk) -> None:
    assert "There is no [matrix] in the config" in await newsroom_desk.refuses("matrix", "trust")
    newsroom_desk.processes = False
    newsroom_desk.write(
        '[matrix]\nhomeserver = "http://127.0.0.1:9"\nuser = "@a:b.c"\neditors_room = "!r:b.c"\n', "config.toml"
    )
    assert "✗ Matrix: logged in" in (await newsroom_desk.run("doctor")).out
