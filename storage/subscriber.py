"""A reader: what they wish, and what waits for them.

A published story meets each reader once, by its broadcast: it goes out to them at once, or is put by for their next
digest. So changes of rhythm, zone or clock can neither bring a story twice nor lose it: what waits, waits.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from storage.address import Address
from storage.ids import KeyId, StoryId, SubscriberId
from storage.rhythm import Every, Rhythm

UNTIL_RETURN = 2**62
"""`paused_until` of those who want nothing until they come back: a second that no clock reaches."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """Which stories of their language a reader wants, and when."""

    topics: tuple[str, ...] | None = None
    """None: all, also those that are added later"""
    paused_until: int = 0
    """the second from which stories come again"""
    rhythm: Rhythm = Rhythm()

    def wants(self, topic: str, now: int) -> bool:
        """At some time."""
        return now >= self.paused_until and (self.topics is None or topic in self.topics)

    def wants_at_once(self, topic: str, now: int) -> bool:
        return self.wants(topic, now) and self.rhythm.every is Every.AT_ONCE and not self.rhythm.is_quiet(now)


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    id: SubscriberId
    language: str
    chat: Address
    wishes: Wishes
    waiting: tuple[StoryId, ...] = ()
    """for the next digest, in the order in which they appeared"""
    digest_due: int | None = None
    """the second of the next digest; None: every story comes at once and none waits, or none is to come"""
    generation: int
    """of those who have joined, or changed their language, since one broadcast and before the next"""
    key_id: KeyId
    """of the row"""

    def wishing(self, wishes: Wishes, now: int) -> Subscriber:
        """With another rhythm or pause, a digest that was due comes when these say."""
        before, changed = self.wishes, msgspec.structs.replace(self, wishes=wishes)
        is_as_ever = (before.rhythm, before.paused_until) == (wishes.rhythm, wishes.paused_until)
        return changed if is_as_ever else changed._due_after(now)

    def putting_by(self, story: StoryId, now: int) -> Subscriber:
        """Nothing changes when it waits already."""
        if story in self.waiting:
            return self
        changed = msgspec.structs.replace(self, waiting=(*self.waiting, story))
        return changed if self.digest_due is not None else changed._due_after(now)

    def having_got(self, stories: Collection[StoryId]) -> Subscriber:
        """These wait no more."""
        return msgspec.structs.replace(self, waiting=tuple(one for one in self.waiting if one not in stories))

    def past_digest(self, slot: int, now: int) -> Subscriber:
        """The digest of this slot has come, or will not; nothing changes for whoever has another by now."""
        return self._due_after(now) if self.digest_due == slot else self

    def _due_after(self, now: int) -> Subscriber:
        rhythm, paused_until = self.wishes.rhythm, self.wishes.paused_until
        if paused_until == UNTIL_RETURN or (rhythm.every is Every.AT_ONCE and not self.waiting):
            return msgspec.structs.replace(self, digest_due=None)
        return msgspec.structs.replace(self, digest_due=rhythm.next_digest(max(now, paused_until)))
