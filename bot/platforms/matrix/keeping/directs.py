"""Whose room is whose, and which rooms must be encrypted, whatever nio or the server believes."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec

from bot.platforms.matrix.ids import RoomId, UserId
from storage.codec import decode, encode
from storage.crypto import Kind
from storage.store import Transaction

MOST_FORMER: Final = 20
"""rooms of one person: they are left as soon as what was said there has been erased, so nobody has many"""


class _Direct(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    room: str | None
    """None: they had one, and get another"""
    former: tuple[str, ...] = ()
    """rooms they had before: nothing goes there in plain either"""


class Directs:
    """Read from memory; a change counts here once its transaction is on the disk."""

    def __init__(self) -> None:
        self._by_user: dict[UserId, _Direct] = {}
        self._by_room: dict[RoomId, UserId] = {}
        self._former: set[RoomId] = set()
        self._marked: set[RoomId] = set()

    @classmethod
    async def load(cls, tx: Transaction) -> Directs:
        """Once, at the start."""
        directs = cls()
        for record in (await tx.crypto.all(Kind.DIRECT)).values():
            directs._note(decode(_Direct, record))
        directs._marked |= {RoomId(room) for room in await tx.crypto.all(Kind.MARK)}
        return directs

    @property
    def users(self) -> set[UserId]:
        """Who has, or ever had, a room with us alone. The homeserver can't make anybody disappear from here: those who
        seem to have left are known again when they are back.
        """
        return set(self._by_user)

    def room_of(self, user: UserId) -> RoomId | None:
        """Where this person and we are alone."""
        direct = self._by_user.get(user)
        return None if direct is None or direct.room is None else RoomId(direct.room)

    def user_of(self, room: RoomId) -> UserId | None:
        """Whose room it is now; None also for one they had before."""
        return self._by_room.get(room)

    def rooms_of(self, user: UserId) -> tuple[RoomId, ...]:
        """Where we are or were alone with this person: the present room, then those before it, the newest first."""
        direct = self._by_user.get(user)
        if direct is None:
            return ()
        present = () if direct.room is None else (RoomId(direct.room),)
        return (*present, *map(RoomId, reversed(direct.former)))

    def is_former(self, room: RoomId) -> bool:
        """Whether it was somebody's before they got another one."""
        return room in self._former

    def is_marked(self, room: RoomId) -> bool:
        """Whether nothing may ever go there in plain."""
        return room in self._marked

    async def keep(self, tx: Transaction, user: UserId, room: RoomId) -> None:
        """From now on this is the person's room, and must be encrypted; so must those they had before."""
        old = self._by_user.get(user)
        if old is not None and old.room == room:
            return
        before = () if old is None else (*old.former, old.room)
        former = tuple(place for place in before if place is not None and place != room)[-MOST_FORMER:]
        await self._put(tx, _Direct(user=user, room=room, former=former))

    async def vacate(self, tx: Transaction, user: UserId) -> None:
        """Their room is theirs no more, nor marked; they are not forgotten, nor are those before it."""
        old = self._by_user.get(user)
        if old is not None and old.room is not None:
            await self._put(tx, msgspec.structs.replace(old, room=None))

    async def mark(self, tx: Transaction, room: RoomId) -> None:
        """Another room that must be encrypted: the editors'."""
        if room not in self._marked:
            await tx.crypto.put(Kind.MARK, {room: b""})
            tx.work.on_commit.append(partial(self._marked.add, room))

    async def _put(self, tx: Transaction, direct: _Direct) -> None:
        await tx.crypto.put(Kind.DIRECT, {direct.user: encode(direct)})
        tx.work.on_commit.append(partial(self._note, direct))

    def _note(self, direct: _Direct) -> None:
        self._drop(UserId(direct.user))
        self._by_user[UserId(direct.user)] = direct
        if direct.room is not None:
            self._by_room[RoomId(direct.room)] = UserId(direct.user)
        self._former |= set(map(RoomId, direct.former))
        self._marked |= _rooms(direct)

    def _drop(self, user: UserId) -> None:
        direct = self._by_user.pop(user, None)
        if direct is not None:
            if direct.room is not None:
                self._by_room.pop(RoomId(direct.room), None)
            self._former -= set(map(RoomId, direct.former))
            self._marked -= _rooms(direct)


def _rooms(direct: _Direct) -> set[RoomId]:
    return {RoomId(room) for room in (direct.room, *direct.former) if room is not None}
