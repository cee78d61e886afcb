"""One request of a bot, ready to be carried out: who asks, with which arguments and files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from .limits import Limits
from .model import BotAccount, Chat, Json
from .updates import Updates
from .webhook import Webhook
from .world import World


@dataclass(slots=True, kw_only=True)
class Upload:
    data: bytes
    name: str
    mime: str


@dataclass(slots=True, kw_only=True)
class Call:
    method: str
    world: World
    bot: BotAccount
    updates: Updates
    webhook: Webhook
    limits: Limits
    # Puts an update into the queues of the bots that may see it: (chat, kind, message or body).
    tell: Callable[..., None]
    args: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def chat(self, name: str = "chat_id") -> Chat:
        return self.world.open_chat(self.bot, self.args[name])


Method = Callable[[Call], Any | Awaitable[Any]]
