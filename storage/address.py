"""Where a message goes and who is there. Sealed wherever it is kept, hidden wherever it is shown."""

from __future__ import annotations

import msgspec

from storage.private import Private


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """One chat on one platform, as our bot there knows it."""

    platform: str
    """telegram, matrix, local"""
    bot: str
    """which of the newsroom's bot accounts, as named in the config; never the account's own id"""
    chat: Private[str]
    """the platform's id of the chat or room"""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person's account on one platform."""

    platform: str
    person: Private[str]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its platform."""

    chat: Address
    message: Private[str]
