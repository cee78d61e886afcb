"""Who gets the keys of the editors' room: whoever is in it now and in the roster, both.

Who is in the room the homeserver says, and it could have anybody be there; who is in the roster an admin has said, with
the code that made them an editor. That is the confirmation, and the only one: a second for the same person would be
given unread. Which devices are theirs is another question, and answered as ever (`trust.py`).
"""

from __future__ import annotations

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.room_checks import PLATFORM
from storage.address import Account
from storage.private import Private
from storage.store import Store


class EditorsRoom:
    def __init__(self, client: MatrixClient, store: Store, room: RoomId | None) -> None:
        self._client = client
        self._store = store
        self._room = room
        self._enrolled: set[str] = set()
        """of those in the room, as last looked up"""

    async def look(self, members: set[str]) -> None:
        """Which of these people are editors. Each time anew: somebody may be let in or put out from the console."""
        here = members & self._people() - {self._client.user_id}
        if here:
            async with self._store.read() as tx:
                found = {user for user in here if await tx.editors.find(_account(user)) is not None}
            self._enrolled = self._enrolled - here | found

    def is_editor(self, user: str) -> bool:
        return user in self._enrolled and user in self._people()

    def readers(self, room: RoomId, members: set[str]) -> set[str]:
        """Who of the room's members may read along, for nio too: it makes a new key when they are not as before."""
        if room != self._room:
            return members
        readers = frozenset(user for user in members if self.is_editor(user) or user == self._client.user_id)
        if self._client.machine.readers.get(room) != readers:
            self._client.machine.readers[room] = readers
            self._client.invalidate_outbound_session(room)
        return set(readers)

    def _people(self) -> set[str]:
        room = None if self._room is None else self._client.rooms.get(self._room)
        return set() if room is None else set(room.users)


def _account(user: str) -> Account:
    return Account(platform=PLATFORM, person=Private(user))
