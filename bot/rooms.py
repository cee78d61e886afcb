"""The newsroom's rooms: where editors work, where stories are published. Built by the roof from the config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from storage.address import Account, Address

BOT = "main"
"""The first bot account of a platform, as a part of every address. The rooms are this one's; editors work with it."""


def private_chat(person: Account) -> Address:
    """With our first bot: on every platform it has the person's own id."""
    return Address(platform=person.platform, bot=BOT, chat=person.person)


@dataclass(frozen=True, kw_only=True)
class Rooms:
    editors: Mapping[str, Address]
    """by platform: what came by one is shown to editors there, and nowhere else; what came by a guest, at its host"""
    channels: Mapping[str, tuple[Address, ...]]
    """by language"""
    guests: Mapping[str, str] = field(default_factory=dict)
    """a platform without an editors' room → its host: the one in whose room its stories are shown"""
    joinable: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """platform → language → link to a room that readers may join there, and in which members see each other"""
    typed: frozenset[str] = frozenset()
    """platforms without buttons: choices are typed there"""
    bots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """platform → its further bot accounts"""
    demo: bool = False
    """on the local page: nobody is in danger there, and nobody wants to wait a day to see what happens"""

    def room_for(self, origin: str) -> Address | None:
        """Where editors are told of what came by this platform."""
        return self.editors.get(self.guests.get(origin, origin))

    def origins(self, platform: str) -> frozenset[str]:
        """The platforms whose stories an editor may see who works on this one."""
        if platform not in self.editors:
            return frozenset()
        return frozenset({platform, *(guest for guest, host in self.guests.items() if host == platform)})

    def private_chats(self, person: Account) -> list[Address]:
        """With each of our bots; in most of them nobody has ever said anything."""
        first = private_chat(person)
        return [first, *(replace(first, bot=bot) for bot in self.bots.get(person.platform, ()))]

    @property
    def platforms(self) -> tuple[str, ...]:
        """On which people can write to us."""
        return (*self.editors, *(guest for guest in self.guests if guest not in self.editors))

    @property
    def ids(self) -> frozenset[str]:
        """The platforms' ids of all of them: other limits hold there than in private chats."""
        channels = (chat for chats in self.channels.values() for chat in chats)
        return frozenset(chat.chat.reveal() for chat in (*self.editors.values(), *channels))
