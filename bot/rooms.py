"""The newsroom's rooms: where editors work, where stories are published. Built by the roof from the config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.address import Account, Address

BOT = "main"
"""The only bot account of a platform, as a part of every address."""


def private_chat(person: Account) -> Address:
    """With our bot: on every platform it has the person's own id."""
    return Address(platform=person.platform, bot=BOT, chat=person.person)


@dataclass(frozen=True, kw_only=True)
class Rooms:
    editors: Mapping[str, Address]
    """by platform: what came by one platform is shown to editors there"""
    channels: Mapping[str, tuple[Address, ...]]
    """by language"""
    demo: bool = False
    """on the local page: nobody is in danger there, and nobody wants to wait a day to see what happens"""

    @property
    def ids(self) -> frozenset[str]:
        """The platforms' ids of all of them: other limits hold there than in private chats."""
        channels = (chat for chats in self.channels.values() for chat in chats)
        return frozenset(chat.chat.reveal() for chat in (*self.editors.values(), *channels))
