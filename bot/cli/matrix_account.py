"""Logging the bot in on Matrix: for `init` and `matrix login`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import quote

from bot.cli import say
from bot.cli.questions import hidden
from bot.errors import ConfigError, PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.keeping import credentials
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.signing.cross_signing import establish
from storage.private import Private
from storage.store import Store


async def log_in(store: Store, account: MatrixSettings) -> None:
    """Asks for password or token until the homeserver takes one; then identity, and the rooms that the config names."""
    password = await _logged_in(store, account, credentials.log_in)
    async with client_of(store, account) as client:
        await establish(client, store, password)
        rooms = [("the editors' room", account.editors_room)]
        rooms += [(f"the room for {language}", room) for language, room in account.channels.items()]
        for name, room in rooms:
            if room is not None:
                await _enter(client, name, room)
    say.line(f"Logged in as {account.user}; its device is signed by the bot's own identity.")


async def _logged_in(
    store: Store, account: MatrixSettings, log_in: Callable[..., Awaitable[None]]
) -> Private[str] | None:
    """Returns the password, if it was that which was given."""
    say.line(f"The password of {account.user} is asked once and not kept. Empty: you have an access token instead.")
    while True:
        password = hidden("Password (empty: a token)")
        token = "" if password else hidden("Access token")
        if not password and not token:
            continue
        try:
            if password:
                await log_in(store, account, password=Private(password))
                return Private(password)
            await log_in(store, account, token=Private(token))
        except (ConfigError, PlatformError) as error:
            say.problem(str(error))
        else:
            return None


async def _enter(client: MatrixClient, name: str, room: str) -> None:
    """An invitation is taken; `doctor` says what is still missing."""
    try:
        await client.call("POST", f"v3/join/{quote(room, safe='')}", body={})
    except PlatformError:
        say.problem(f"The bot can't enter {name} yet: invite {client.user_id} there, then run `tamizdat doctor`.")


@asynccontextmanager
async def client_of(store: Store, account: MatrixSettings) -> AsyncIterator[MatrixClient]:
    """Raises StartRefused when there is no log-in."""
    client = await credentials.open_client(store, account)
    try:
        yield client
    finally:
        await client.close()
