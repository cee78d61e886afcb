"""The keys of the audit trail: only with the root key can an entry be put in, or the trail be ended somewhere else.

    mac of an entry = HMAC( link key, fields( mac of the entry before it, number, day, key id, sealed body ) )
    what is marked  = HMAC( ends key, content ) | content

Whoever has the root key can make another trail that is whole in itself. Against that helps only a head that was posted
where they can't change it.
"""

from __future__ import annotations

import hmac
from datetime import date
from typing import Final

from storage.vault.root import RootKey
from storage.vault.secret import derive, fields

MAC_BYTES: Final = 32


class ChainKeys:
    """The two keys of one installation's audit trail."""

    __slots__ = ("_ends", "_link")

    def __init__(self, root: RootKey) -> None:
        self._link = derive(root, "audit/link")
        self._ends = derive(root, "audit/ends")

    def link(self, previous: bytes, seq: int, day: date, key_id: bytes, body: bytes) -> bytes:
        """The mac (32 bytes) of an entry behind the one whose mac is `previous`."""
        parts = fields(previous, seq.to_bytes(8), day.isoformat().encode(), key_id, body)
        return hmac.digest(self._link, parts, "sha256")

    def mark(self, content: bytes) -> bytes:
        """For what says where the trail begins and ends: `marked` gives the content back."""
        return hmac.digest(self._ends, content, "sha256") + content

    def marked(self, value: bytes) -> bytes | None:
        """None when anything was altered, or marked by another root key."""
        content = value[MAC_BYTES:]
        return content if hmac.compare_digest(value, self.mark(content)) else None
