"""The names of things. Each id is 16 random bytes made before the insert, so that it says nothing of order or time."""

from __future__ import annotations

import secrets
from typing import NewType

KeyId = NewType("KeyId", bytes)
"""A data key in the vault; its wraps are rows of `wraps`."""
LaneId = NewType("LaneId", bytes)
"""One chat on one day in one direction: a keyed hash (32 bytes) that changes at midnight UTC."""
ChatHash = NewType("ChatHash", bytes)
"""A chat's keyed hash (32 bytes) under which its conversation and its messages are found."""
AccountHash = NewType("AccountHash", bytes)
"""An account's keyed hash (32 bytes) for one purpose; hashes of two purposes can't be compared."""
EventHash = NewType("EventHash", bytes)
"""A platform event's keyed hash (32 bytes), kept six days to drop what comes twice."""
RowId = NewType("RowId", bytes)
"""A row of a queue: inbox, outbox, jobs, timers."""
AnchorId = NewType("AnchorId", bytes)
"""Our own name for a message we sent, so that it can be edited or deleted later."""
StoryId = NewType("StoryId", bytes)
VersionNumber = NewType("VersionNumber", int)
"""1 is what the author submitted; each edit adds one."""
QuestionId = NewType("QuestionId", bytes)
BlobId = NewType("BlobId", bytes)
EditorId = NewType("EditorId", bytes)
"""A person in the roster, whatever accounts they use."""
SubscriberId = NewType("SubscriberId", bytes)
BroadcastId = NewType("BroadcastId", bytes)
LetterId = NewType("LetterId", bytes)
TemplateId = NewType("TemplateId", bytes)
"""Of what stands above and below letters."""


ID_BYTES = 16


def new_id() -> bytes:
    """16 random bytes; wrap it in the NewType it is for."""
    return secrets.token_bytes(ID_BYTES)
