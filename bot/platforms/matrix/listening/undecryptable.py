"""Events that can't be opened yet. They are kept sealed, tried again when a key comes, and people are told in the end.

What a person says arrives in its order: while the first of a room's events waits for its key, which comes within
seconds if at all, those behind it wait too.
"""

from __future__ import annotations

from functools import partial

import msgspec

from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.listening.decrypting import Decrypter, Never, NotYet
from bot.platforms.matrix.listening.reading import RoomEvent
from storage.codec import decode, encode
from storage.crypto import Kind
from storage.store import Transaction

HOLD_SECONDS = 15
"""so long an event holds up those behind it"""
TELL_SECONDS = 120
"""then the person is told"""
FORGET_SECONDS = 2 * 24 * 3600
"""then nothing is expected any more"""
MOST_OF_A_ROOM = 500
MOST = 5000
"""in all rooms; then a room may have a few only, so that nobody's flood takes others their place"""
FEW = 20


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    event: RoomEvent
    place: int
    """among those of its room, counting up"""
    since: int
    """seconds since 1970, our clock"""
    told: bool = False


class Unopened(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever wrote it is to be told that we could not read it."""

    event: RoomEvent


class Waiting:
    def __init__(self, decrypter: Decrypter) -> None:
        self._decrypter = decrypter
        self._rooms: dict[RoomId, list[_Kept]] = {}
        self._changed: dict[str, _Kept | None] = {}
        """event id → what its row is to be; None: gone. Until that is on the disk."""

    async def load(self, tx: Transaction) -> None:
        """At the start, and when a round was broken off: what changed in it did not happen."""
        self._rooms, self._changed = {}, {}
        kept = [decode(_Kept, record) for record in (await tx.crypto.all(Kind.WAITING)).values()]
        for one in sorted(kept, key=lambda one: one.place):
            self._rooms.setdefault(one.event.room, []).append(one)

    async def write(self, tx: Transaction) -> None:
        """Together with what came of those that could be opened."""
        changed = dict(self._changed)
        await tx.crypto.put(Kind.WAITING, {name: encode(one) for name, one in changed.items() if one is not None})
        await tx.crypto.drop(Kind.WAITING, [name for name, one in changed.items() if one is None])
        tx.work.on_commit.append(partial(self._written, changed))

    def rooms(self) -> list[RoomId]:
        return list(self._rooms)

    def is_urgent(self, now: int) -> bool:
        """Whether something is to be done soon, though nothing arrives."""
        return any(not one.told and now - one.since < TELL_SECONDS * 2 for kept in self._rooms.values() for one in kept)

    def take(self, event: RoomEvent, now: int, *, told: bool = False) -> RoomEvent | Unopened | None:
        """A new event: opened, or never to be; None: it waits. told: whoever wrote it is not to hear that it does."""
        kept = self._rooms.get(event.room, [])
        is_full = len(kept) >= (MOST_OF_A_ROOM if self._count() < MOST else FEW)
        if is_full or not any(_holds(one, now) for one in kept):
            try:
                return self._decrypter.open(event)
            except Never:
                return Unopened(event=event)
            except NotYet:
                if is_full:
                    return Unopened(event=event)
        one = _Kept(event=event, place=kept[-1].place + 1 if kept else 0, since=now, told=told)
        try:
            encode(one)
        except Exception:  # numbers and half characters that JSON may hold and our rows may not
            return Unopened(event=event)
        if all(event.id != other.event.id for other in kept):
            self._rooms.setdefault(event.room, []).append(one)
            self._changed[event.id] = one
        return None

    def again(self, room: RoomId, now: int) -> list[RoomEvent | Unopened]:
        """Those of a room that can be opened now, and those that were waited for long enough, in their order."""
        kept = self._rooms.pop(room, [])
        left: list[_Kept] = []
        done: list[RoomEvent | Unopened] = []
        for place, one in enumerate(kept):
            try:
                done.append(self._decrypter.open(one.event))
            except Never:
                if not one.told:
                    done.append(Unopened(event=one.event))
            except NotYet:
                if _holds(one, now):
                    left += kept[place:]
                    break
                if now - one.since < FORGET_SECONDS:
                    left.append(self._waited(one, now))
                    if left[-1].told and not one.told:
                        done.append(Unopened(event=one.event))
                    continue
            self._changed[one.event.id] = None
        if left:
            self._rooms[room] = left
        return done

    def _count(self) -> int:
        return sum(len(kept) for kept in self._rooms.values())

    def _waited(self, one: _Kept, now: int) -> _Kept:
        if one.told or now - one.since < TELL_SECONDS:
            return one
        told = msgspec.structs.replace(one, told=True)
        self._changed[one.event.id] = told
        return told

    def _written(self, changed: dict[str, _Kept | None]) -> None:
        for name, one in changed.items():
            if self._changed.get(name, ...) is one:
                del self._changed[name]


def _holds(one: _Kept, now: int) -> bool:
    return not one.told and now - one.since < HOLD_SECONDS
