"""The newsroom's rooms: where editors work, where stories are published. Built by the roof from the config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.address import Address


@dataclass(frozen=True, kw_only=True)
class Rooms:
    editors: Mapping[str, Address]
    """by platform: what came by one platform is shown to editors there"""
    channels: Mapping[str, tuple[Address, ...]]
    """by language"""

    @property
    def ids(self) -> frozenset[str]:
        """The platforms' ids of all of them: other limits hold there than in private chats."""
        channels = (chat for chats in self.channels.values() for chat in chats)
        return frozenset(chat.chat.reveal() for chat in (*self.editors.values(), *channels))
