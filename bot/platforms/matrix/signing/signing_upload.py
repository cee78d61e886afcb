"""The upload of cross-signing keys, with the interactive authentication that a homeserver may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.errors import StartRefused
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.signing.seeds import Keys
from storage.private import Private

_PATH = "v3/keys/device_signing/upload"
_PASSWORD = "m.login.password"  # noqa: S105 - the name of a stage


async def upload_keys(client: MatrixClient, keys: Keys, password: Private[str] | None) -> None:
    """A first upload usually needs no password (MSC3967), a replacing one does; either is asked for only when wanted.

    Raises StartRefused when the homeserver wants what we do not have, and as `client.call` does.
    """
    body = keys.published()
    try:
        await client.call("POST", _PATH, body=body)
        return
    except MatrixRefused as refused:
        session = _session(refused)
    if password is None:
        raise StartRefused(
            "The homeserver wants the account's password before it takes cross-signing keys: run "
            "`tamizdat matrix reset-signing`, which asks for it."
        )
    auth = {
        "type": _PASSWORD,
        "identifier": {"type": "m.id.user", "user": client.machine.user_id},
        "password": password.reveal(),
        "session": session,
    }
    try:
        await client.call("POST", _PATH, body={**body, "auth": auth})
    except MatrixRefused as refused:
        if refused.status != HTTPStatus.UNAUTHORIZED:
            raise
        raise StartRefused("The homeserver does not take this password for the bot's Matrix account.") from None


def _session(refused: MatrixRefused) -> str:
    """The interactive session in which a password is enough."""
    if refused.status != HTTPStatus.UNAUTHORIZED:
        raise refused
    said: Mapping[str, Any] = refused.answer.reveal()
    flows = said.get("flows")
    stages = [flow.get("stages") for flow in flows if isinstance(flow, Mapping)] if isinstance(flows, list) else []
    if [_PASSWORD] not in stages or not isinstance(said.get("session"), str):
        raise StartRefused(
            "The homeserver takes cross-signing keys only after a step on its own account page: allow the reset of the "
            "cryptographic identity there, then run this again."
        )
    return str(said["session"])
