"""Whose room is whose, and which rooms must be encrypted, whatever nio or the server believes."""

from __future__ import annotations

from functools import partial

import msgspec

from bot.platforms.matrix.ids import RoomId, UserId
from storage.codec import decode, encode
from storage.crypto import Kind
from storage.store import Transaction


class _Direct(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    room: str
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

    def room_of(self, user: UserId) -> RoomId | None:
        """Where this person and we are alone."""
        direct = self._by_user.get(user)
        return None if direct is None else RoomId(direct.room)

    def user_of(self, room: RoomId) -> UserId | None:
        """Whose room it is now; None also for one they had before."""
        return self._by_room.get(room)

    def rooms_of(self, user: UserId) -> tuple[RoomId, ...]:
        """Where we are or were alone with this person: the present room, then those before it, the newest first."""
        direct = self._by_user.get(user)
        return () if direct is None else (RoomId(direct.room), *map(RoomId, reversed(direct.former)))

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
        former = () if old is None else (*(place for place in old.former if place != room), old.room)
        direct = _Direct(user=user, room=room, former=former)
        await tx.crypto.put(Kind.DIRECT, {user: encode(direct)})
        tx.work.on_commit.append(partial(self._note, direct))

    async def forget(self, tx: Transaction, user: UserId) -> None:
        """The person and all their rooms, marks included: nothing is known of them any more."""
        await tx.crypto.drop(Kind.DIRECT, [user])
        tx.work.on_commit.append(partial(self._drop, user))

    async def mark(self, tx: Transaction, room: RoomId) -> None:
        """Another room that must be encrypted: the editors'."""
        if room not in self._marked:
            await tx.crypto.put(Kind.MARK, {room: b""})
            tx.work.on_commit.append(partial(self._marked.add, room))

    def _note(self, direct: _Direct) -> None:
        self._drop(UserId(direct.user))
        self._by_user[UserId(direct.user)] = direct
        self._by_room[RoomId(direct.room)] = UserId(direct.user)
        self._former |= set(map(RoomId, direct.former))
        self._marked |= _rooms(direct)

    def _drop(self, user: UserId) -> None:
        direct = self._by_user.pop(user, None)
        if direct is not None:
            self._by_room.pop(RoomId(direct.room), None)
            self._former -= set(map(RoomId, direct.former))
            self._marked -= _rooms(direct)


def _rooms(direct: _Direct) -> set[RoomId]:
    return {RoomId(room) for room in (direct.room, *direct.former)}
