"""A bot with a device of its own, whose keys are tended as the loop tends them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from nio.events import MegolmEvent

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.keeping.credentials import log_in, open_client
from bot.platforms.matrix.listening.to_device import take
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.signing.one_time_keys import upkeep
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_stage import PASSWORD, ROOM


class Bot:
    """Our own client; `restart` is what a new process does."""

    def __init__(self, synapse: Synapse, store: Store, settings: MatrixSettings) -> None:
        self.synapse = synapse
        self.store = store
        self.settings = settings
        self.client: MatrixClient
        self.since = ""

    @classmethod
    async def made(cls, synapse: Synapse, store: Store) -> Bot:
        user = await synapse.register(f"bot-{secrets.token_hex(4)}", PASSWORD)
        bot = cls(synapse, store, MatrixSettings(homeserver=synapse.url, user=user))
        await log_in(store, bot.settings, password=Private(PASSWORD))
        await bot.start()
        return bot

    @property
    def user(self) -> str:
        return self.settings.user

    async def start(self) -> None:
        self.client = await open_client(self.store, self.settings)

    async def stop(self) -> None:
        await self.client.close()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def sync(self) -> list[Any]:
        """What the loop does with keys: room keys that came are taken in, our own are refilled. The raw events."""
        since = {"since": self.since} if self.since else {}
        found = await self.client.call("GET", "v3/sync", query={"timeout": "0", **since})
        came = found.get("to_device", {}).get("events", [])
        take(self.client, came)
        await self.client.flush()
        self.since = found["next_batch"]
        await upkeep(
            self.client, found["device_one_time_keys_count"], found.get("device_unused_fallback_key_types", [])
        )
        return list(came)

    def reads(self, event: Mapping[str, Any]) -> str:
        """The text of an encrypted event."""
        read = self.client.machine.decrypt_megolm_event(MegolmEvent.from_dict(dict(event)), ROOM)
        return str(read.source["content"]["body"])
