"""nio's Olm machine, which notes how far each room key was read and can forget what was said."""

from __future__ import annotations

from nio.crypto import InboundGroupSession, Olm
from nio.events import MegolmEvent

from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.login import Login


class Machine(Olm):
    def __init__(self, login: Login, sealed: SealedStore) -> None:
        self._sealed = sealed
        super().__init__(login.user_id, login.device_id, sealed)

    def message_index_ok(self, message_index: int, event: MegolmEvent) -> bool:
        """nio asks this of every event that it has just decrypted."""
        good = super().message_index_ok(message_index, event)
        session = self.inbound_group_store.get(event.room_id or "", event.sender_key or "", event.session_id or "")
        if good and session is not None:
            self._sealed.note_read(session, message_index)
        return good

    def forget_said(self, room: RoomId) -> None:
        """In memory, and noted for the rows: our sessions of the room go, others' begin after what was read of them.

        One that was not read at all is kept as it is: nothing of it has been seen yet.
        """
        self.outbound_group_sessions.pop(room, None)
        ours = self.account.identity_keys["curve25519"]
        for sender, sessions in self.inbound_group_store[room].items():
            for name, session in list(sessions.items()):
                if sender == ours:
                    del sessions[name]
                    self._sealed.drop_megolm(session)
                elif (unread := self._sealed.first_unread(session)) > session.first_known_index:
                    sessions[name] = later = _advanced(session, unread)
                    self._sealed.save_inbound_group_session(later)


def _advanced(session: InboundGroupSession, index: int) -> InboundGroupSession:
    """The same key, which opens nothing before this index."""
    exported = session.export_session(index)
    return InboundGroupSession.import_session(
        exported, session.ed25519, session.sender_key, session.room_id, session.forwarding_chain
    )
