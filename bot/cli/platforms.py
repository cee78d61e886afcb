"""Asking the platforms whether they work, before or beside the service."""

from __future__ import annotations

from bot.errors import PlatformDenied, PlatformError, StartRefused
from bot.platforms.base import Finding
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import TelegramSettings
from storage.store import Store


async def check_telegram(settings: TelegramSettings) -> list[Finding]:
    """Takes no message away from a service that runs."""
    # Here, because the library takes half a second to load, which a newsroom without Telegram should not wait for.
    from bot.platforms.telegram.adapter import TelegramAdapter

    adapter = TelegramAdapter(settings)
    try:
        await adapter.start()
    except PlatformDenied as error:
        return [Finding(what="Telegram: the bot's token", ok=False, remedy=str(error))]
    try:
        return await adapter.check()
    finally:
        await adapter.stop()


async def check_matrix(settings: MatrixSettings, store: Store) -> list[Finding]:
    """The session, the rooms, the bot's identity, and devices that get no keys. Changes nothing, here or there."""
    # As above.
    from bot.platforms.matrix import room_checks
    from bot.platforms.matrix.devices import confirming
    from bot.platforms.matrix.keeping.credentials import open_client
    from bot.platforms.matrix.signing import cross_signing

    try:
        client = await open_client(store, settings)
    except StartRefused as error:
        return [Finding(what="Matrix: logged in", ok=False, remedy=str(error))]
    try:
        found = await room_checks.findings(client, settings)
        if all(finding.ok for finding in found[:1]):
            found += await cross_signing.verify(client, store)
    except PlatformError as error:
        found = [Finding(what="Matrix: the homeserver answers", ok=False, remedy=f"{error} Try again.")]
    finally:
        await client.close()
    return [*found, *await confirming.findings(store)]
