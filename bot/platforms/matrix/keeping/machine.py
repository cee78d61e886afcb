"""nio's Olm machine, which notes how far each room key was read and can forget what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from nio.crypto import InboundGroupSession, Olm
from nio.events import MegolmEvent

from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.login import Login

MOST_ROOM_KEYS: Final = 100
"""of one device of somebody: a new one comes after a week or a hundred messages, so these last for years"""


class Machine(Olm):
    def __init__(self, login: Login, sealed: SealedStore) -> None:
        self.sealed = sealed
        self.readers: dict[str, frozenset[str]] = {}
        """room → who may be given its keys, whoever else the homeserver says is there; all who are, where none stand"""
        super().__init__(login.user_id, login.device_id, sealed)

    def message_index_ok(self, message_index: int, event: MegolmEvent) -> bool:
        """nio asks this of every event that it has just decrypted. What it knows of others it knows until a restart."""
        if not super().message_index_ok(message_index, event):
            return False
        session = self.inbound_group_store.get(event.room_id or "", event.sender_key or "", event.session_id or "")
        if session is None:
            return True
        if self.sealed.is_replay(session, message_index, event.event_id):
            return False
        self.sealed.note_read(session, message_index, event.event_id)
        return True

    def readers_of(self, room: str, people: Iterable[str]) -> list[str]:
        """Who of these people, who are in the room, may be given its keys."""
        readers = self.readers.get(room)
        return [user for user in people if readers is None or user in readers]

    def share_group_session_parallel(
        self, room_id: str, users: list[str], ignore_unverified_devices: bool = False
    ) -> Iterator[tuple[set[tuple[str, str]], dict[str, Any]]]:
        """nio's client asks this when it has waited for the homeserver: `users` may be more than a moment ago."""
        readers = self.readers_of(room_id, users)
        return super().share_group_session_parallel(room_id, readers, ignore_unverified_devices)

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """nio calls this for each room key that came. Anybody may send us as many as they like."""
        super().save_inbound_group_session(session)
        if session.sender_key != self.account.identity_keys["curve25519"]:
            others = [
                one for one in self.inbound_group_store if one.sender_key == session.sender_key and one is not session
            ]
            others.sort(key=self.sealed.last_use, reverse=True)
            for one in others[MOST_ROOM_KEYS - 1 :]:
                self.drop_room_key(one)

    def forget_said(self, room: RoomId) -> None:
        """In memory, and noted for the rows: our sessions of the room go, others' begin after what was read of them.

        One that was not read at all is kept as it is: nothing of it has been seen yet.
        """
        self.outbound_group_sessions.pop(room, None)
        ours = self.account.identity_keys["curve25519"]
        for sender, sessions in self.inbound_group_store[room].items():
            for name, session in list(sessions.items()):
                if sender == ours:
                    self.drop_room_key(session)
                elif (unread := self.sealed.first_unread(session)) > session.first_known_index:
                    sessions[name] = later = _advanced(session, unread)
                    self.sealed.save_inbound_group_session(later)

    def drop_room_key(self, session: InboundGroupSession) -> None:
        """What it encrypted can't be read any more."""
        del self.inbound_group_store[session.room_id][session.sender_key][session.id]
        self.sealed.drop_megolm(session)

    def forget_person(self, user: str) -> None:
        """In memory, and noted for the rows: their devices, and all that is with one of them alone."""
        for device in self.device_store[user].values():
            for session in self.session_store[device.curve25519]:
                self.sealed.drop_olm(session)
            self.session_store[device.curve25519].clear()
            for room_key in list(self.inbound_group_store):
                if room_key.sender_key == device.curve25519:
                    self.drop_room_key(room_key)
        self.device_store[user].clear()
        self.wedged_devices = [device for device in self.wedged_devices if device.user_id != user]
        self.tracked_users.discard(user)
        self.users_for_key_query.discard(user)
        self.sealed.drop_devices(user)


def _advanced(session: InboundGroupSession, index: int) -> InboundGroupSession:
    """The same key, which opens nothing before this index."""
    exported = session.export_session(index)
    return InboundGroupSession.import_session(
        exported, session.ed25519, session.sender_key, session.room_id, session.forwarding_chain
    )
