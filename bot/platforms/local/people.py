"""The four people of the page and the chats they see. Their names are the page's own words."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.platforms.names import LOCAL
from bot.types import ChatKind
from storage.address import Account, Address
from storage.private import Private

CONTRIBUTOR: Final = "contributor"
ANNA: Final = "anna"
BORIS: Final = "boris"
SUBSCRIBER: Final = "subscriber"
PEOPLE: Final = (CONTRIBUTOR, ANNA, BORIS, SUBSCRIBER)

EDITORS_ROOM: Final = "editors"
CHANNELS: Final = ("channel-ru", "channel-en")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One chat. Who reads there may tap buttons; only writers write."""

    kind: ChatKind
    readers: frozenset[str]
    writers: frozenset[str]


def _private(person: str) -> Place:
    return Place(kind=ChatKind.PRIVATE, readers=frozenset({person}), writers=frozenset({person}))


_EDITORS = frozenset({ANNA, BORIS})

PLACES: Final = {
    **{person: _private(person) for person in PEOPLE},
    EDITORS_ROOM: Place(kind=ChatKind.ROOM, readers=_EDITORS, writers=_EDITORS),
    **{
        channel: Place(kind=ChatKind.ROOM, readers=frozenset({SUBSCRIBER}), writers=frozenset()) for channel in CHANNELS
    },
}
"""By the chat's id. As in other messengers a private chat is named like the person."""


def address(chat: str, bot: str) -> Address:
    return Address(platform=LOCAL, bot=bot, chat=Private(chat))


def account(person: str) -> Account:
    return Account(platform=LOCAL, person=Private(person))
