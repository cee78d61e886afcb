"""Logging in once, and opening the client from what was kept. Device, token and keys belong together or count nothing.

Nothing here fails open: without a complete set the service does not start, because nio would go on in plain text.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from nio.crypto import OlmAccount
from vodozemac import PickleException

from bot.errors import ConfigError, StartRefused
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.keeping.crypto_rows import read
from bot.platforms.matrix.keeping.crypto_store import ONLY
from bot.platforms.matrix.keeping.login import Login
from bot.platforms.matrix.keeping.pickles import Pickles
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.transport import Transport
from storage.codec import decode, encode
from storage.crypto import OF_THE_DEVICE, Kind
from storage.errors import Unreadable
from storage.private import Private
from storage.store import Store, Transaction

_AGAIN = "Run `tamizdat matrix login` to log in as a new device: what was said to the old one can't be read any more."
_PICKLE_KEY_BYTES = 32


async def log_in(
    store: Store,
    settings: MatrixSettings,
    *,
    password: Private[str] | None = None,
    token: Private[str] | None = None,
) -> None:
    """A new device with a fresh account; one of the two is given, a token being another log-in's of its own.

    What belonged to an older device is dropped with its keys; whom we trust and whose room is whose stays.
    Raises ConfigError when the homeserver does not take them, or knows them as somebody else's; PlatformAway.
    """
    transport = Transport(settings.homeserver, token)
    try:
        answer = await _asked(transport, settings, password)
    except MatrixRefused as error:
        raise ConfigError(f"{error} Is the user {settings.user}, and the password or token, right?") from None
    finally:
        await transport.close()
    user, device, fresh = (answer.get(name) for name in ("user_id", "device_id", "access_token"))
    if user != settings.user:
        raise ConfigError(f"[matrix] user is {settings.user}, but this is another account's token.")
    if not isinstance(device, str) or not device:
        raise ConfigError("This token has no device: log in with the password, or with a token of a log-in.")
    login = Login(
        user=Private(settings.user),
        device=Private(device),
        token=token or Private(str(fresh)),
        pickle_key=Private(secrets.token_hex(_PICKLE_KEY_BYTES)),
    )
    async with store.write() as tx:
        for kind in OF_THE_DEVICE:
            await tx.crypto.clear(kind)
        account = Pickles(login.pickle_key.reveal()).account(OlmAccount())
        await tx.crypto.put(Kind.ACCOUNT, {ONLY: account})
        await tx.crypto.put(Kind.LOGIN, {ONLY: encode(login)})


async def open_client(store: Store, settings: MatrixSettings) -> MatrixClient:
    """Asks the homeserver nothing. Raises StartRefused when something is missing, lost or another account's."""
    async with store.read() as tx:
        login = await _login(tx, settings)
        try:
            sealed = await read(tx, login.pickle_key.reveal())
        except (Unreadable, PickleException):
            raise _lost() from None
    if sealed.load_account() is None:
        raise _lost()
    return MatrixClient(settings, login, sealed, store)


async def check_device(client: MatrixClient) -> None:
    """That the homeserver still knows our token as this device's, and shows no other keys for it than ours.

    Raises StartRefused, PlatformDenied, PlatformAway.
    """
    who = await client.call("GET", "v3/account/whoami")
    if (who.get("user_id"), who.get("device_id")) != (client.user_id, client.device_id):
        raise StartRefused(f"Our token belongs to another device than our keys do. {_AGAIN}")
    shown = _shown_keys(await client.call("POST", "v3/keys/query", body={"device_keys": {client.user_id: []}}), client)
    ours = {f"{name}:{client.device_id}": key for name, key in client.machine.account.identity_keys.items()}
    if shown is None and client.machine.account.shared:
        raise StartRefused(f"The homeserver has lost the keys of our device. {_AGAIN}")
    if shown is not None and shown != ours:
        raise StartRefused(
            "The homeserver shows other keys for our device than we have: a copy of this newsroom runs elsewhere, or "
            f"an older state of it was restored here. Stop the other one. {_AGAIN}"
        )


async def _asked(transport: Transport, settings: MatrixSettings, password: Private[str] | None) -> dict[str, Any]:
    """user_id and device_id; with a password access_token too."""
    seconds = settings.read_seconds
    if password is None:
        path = "/_matrix/client/v3/account/whoami"
        return await transport.json("GET", path, query={}, body=None, seconds=seconds)
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user},
        "password": password.reveal(),
        "initial_device_display_name": settings.device_name,
    }
    return await transport.json("POST", "/_matrix/client/v3/login", query={}, body=body, seconds=seconds)


async def _login(tx: Transaction, settings: MatrixSettings) -> Login:
    try:
        kept = await tx.crypto.get(Kind.LOGIN, ONLY)
        login: Login | None = None if kept is None else decode(Login, kept)
    except Unreadable:
        raise StartRefused(f"What was kept of the Matrix log-in does not open. {_AGAIN}") from None
    if login is None:
        if await tx.crypto.all(Kind.ACCOUNT):
            raise StartRefused(f"The keys of a Matrix device are here, but not its log-in. {_AGAIN}")
        raise StartRefused("[matrix] is configured, but nobody has logged in yet: run `tamizdat matrix login`.")
    if login.user.reveal() != settings.user:
        raise StartRefused(
            "The Matrix log-in that was kept is another account's than [matrix] user: run `tamizdat matrix login`."
        )
    return login


def _shown_keys(answer: Mapping[str, Any], client: MatrixClient) -> object:
    devices = answer.get("device_keys", {}).get(client.user_id, {})
    return devices.get(client.device_id, {}).get("keys")


def _lost() -> StartRefused:
    return StartRefused(f"The log-in of a Matrix device is here, but its keys are lost or damaged. {_AGAIN}")
