"""What the config says of the list of official accounts."""

from __future__ import annotations

import msgspec


class HandlesSettings(msgspec.Struct, frozen=True, kw_only=True):
    name: str = "Tamizdat"
    """what the newsroom is called in it"""
    also: tuple[str, ...] = ()
    """the newsroom's other accounts and addresses: `https://…`, `@…`"""
