"""Behind nio's store interface: everything in memory, with a note of what changed since it was last written.

nio saves by calling a method and going on, and changes some objects without calling any. So what is noted here is the
object's name; it is pickled when the rows are written (`crypto_rows.py`), with all that became of it until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nio.crypto import (
    DeviceStore,
    GroupSessionStore,
    InboundGroupSession,
    OlmAccount,
    OlmDevice,
    OutgoingKeyRequest,
    Session,
    SessionStore,
    TrustState,
)
from nio.store import MatrixStore

from bot.platforms.matrix.keeping.changes import Changes, Notes
from bot.platforms.matrix.keeping.known_devices import KnownDevices
from bot.platforms.matrix.keeping.pickles import Pickles
from bot.platforms.matrix.keeping.room_keys import RoomKeys, name_of
from storage.crypto import Kind

ONLY = "only"
"""the name of the one row of its kind"""


class SealedStore(MatrixStore):
    """A method of nio's that is not here fails: the parent is not initialised, and has no database."""

    def __init__(self, pickles: Pickles) -> None:
        self._pickles = pickles
        self._account: OlmAccount | None = None
        self._sessions: dict[str, tuple[str, Session]] = {}
        """session id → (curve25519 key of the other device, session)"""
        self._room_keys = RoomKeys(pickles)
        self._devices = KnownDevices(pickles)
        self._rooms: set[str] = set()
        self._requests: dict[str, OutgoingKeyRequest] = {}
        self._notes = Notes()

    def __repr__(self) -> str:
        return "SealedStore(…)"

    # ── what the rows are told ───────────────────────────────────────────────────────────────────────────────────
    @property
    def is_changed(self) -> bool:
        return bool(self._notes)

    def changes(self) -> Changes:
        """As everything is now; `taken` once it is on the disk."""
        found = Changes(stamps=self._notes.stamps())
        for kind, name in found.stamps:
            found.add((kind, name), self._record(kind, name))
        return found

    def taken(self, changes: Changes) -> None:
        self._notes.taken(changes)

    def fill(self, kind: Kind, record: bytes) -> None:
        """From a row, before nio asks. Raises Unreadable or vodozemac's PickleException."""
        match kind:
            case Kind.ACCOUNT:
                self._account = self._pickles.to_account(record)
            case Kind.OLM:
                curve, session = self._pickles.to_session(record)
                self._sessions[session.id] = (curve, session)
            case Kind.MEGOLM:
                self._room_keys.fill(record)
            case Kind.DEVICE:
                self._devices.fill(record)
            case Kind.ROOM:
                self._rooms.add(record.decode())
            case Kind.REQUEST:
                request = self._pickles.to_request(record)
                self._requests[request.request_id] = request

    # ── what our own machine asks ────────────────────────────────────────────────────────────────────────────────
    @property
    def users(self) -> set[str]:
        """Whose devices are known."""
        return self._devices.users

    def is_replay(self, session: InboundGroupSession, index: int, event: str) -> bool:
        """Whether this message of the session was read as another event, also before a restart."""
        return self._room_keys.is_replay(session, index, event)

    def note_read(self, session: InboundGroupSession, index: int, event: str) -> None:
        """This message of the session was decrypted."""
        if self._room_keys.note_read(session, index, event):
            self._notes.note(Kind.MEGOLM, name_of(session))

    def first_unread(self, session: InboundGroupSession) -> int:
        """The index after the last one that was decrypted; 0: none was."""
        return self._room_keys.first_unread(session)

    def last_use(self, session: InboundGroupSession) -> int:
        """When the key came, or opened something, the last time; seconds since 1970."""
        return self._room_keys.used(session)

    def drop_megolm(self, session: InboundGroupSession) -> None:
        self._room_keys.drop(session)
        self._notes.note(Kind.MEGOLM, name_of(session))

    def drop_olm(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        self._notes.note(Kind.OLM, session.id)

    def drop_devices(self, user: str) -> None:
        self._devices.forget(user)
        self._notes.note(Kind.DEVICE, user)

    # ── nio's interface ──────────────────────────────────────────────────────────────────────────────────────────
    def load_account(self) -> OlmAccount | None:
        return self._account

    def save_account(self, account: OlmAccount) -> None:
        self._account = account
        self._notes.note(Kind.ACCOUNT, ONLY)

    def load_sessions(self) -> SessionStore:
        found = SessionStore()
        for curve, session in self._sessions.values():
            found.add(curve, session)
        return found

    def save_session(self, curve_key: str, session: Session) -> None:
        self._sessions[session.id] = (curve_key, session)
        self._notes.note(Kind.OLM, session.id)

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        found = GroupSessionStore()
        for session in self._room_keys:
            found.add(session)
        return found

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        self._room_keys.put(session)
        self._notes.note(Kind.MEGOLM, name_of(session))

    def load_device_keys(self) -> DeviceStore:
        found = DeviceStore()
        for device in self._devices:
            found.add(device)
        return found

    def save_device_keys(self, device_keys: Mapping[str, Mapping[str, OlmDevice]]) -> None:
        for user, devices in device_keys.items():
            self._devices.add(user, devices)
            self._notes.note(Kind.DEVICE, user)

    def load_encrypted_rooms(self) -> set[str]:
        return set(self._rooms)

    def save_encrypted_rooms(self, rooms: Iterable[str]) -> None:
        for room in set(rooms) - self._rooms:
            self._rooms.add(room)
            self._notes.note(Kind.ROOM, room)

    def delete_encrypted_room(self, room: str) -> None:
        if room in self._rooms:
            self._rooms.remove(room)
            self._notes.note(Kind.ROOM, room)

    def load_outgoing_key_requests(self) -> dict[str, OutgoingKeyRequest]:
        return dict(self._requests)

    def add_outgoing_key_request(self, key_request: OutgoingKeyRequest) -> None:
        self._requests.setdefault(key_request.request_id, key_request)
        self._notes.note(Kind.REQUEST, key_request.request_id)

    def remove_outgoing_key_request(self, key_request: OutgoingKeyRequest) -> None:
        if self._requests.pop(key_request.request_id, None) is not None:
            self._notes.note(Kind.REQUEST, key_request.request_id)

    def load_sync_token(self) -> None:
        """The cursor is kept with the inbox, in the transaction of what it stands for."""

    def save_sync_token(self, token: str) -> None:
        """As above."""

    def verify_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.verified)

    def unverify_device(self, device: OlmDevice) -> bool:
        return self.is_device_verified(device) and self._trust(device, TrustState.unset)

    def is_device_verified(self, device: OlmDevice) -> bool:
        return self._devices.is_(device, TrustState.verified)

    def blacklist_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.blacklisted)

    def unblacklist_device(self, device: OlmDevice) -> bool:
        return self.is_device_blacklisted(device) and self._trust(device, TrustState.unset)

    def is_device_blacklisted(self, device: OlmDevice) -> bool:
        return self._devices.is_(device, TrustState.blacklisted)

    def ignore_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.ignored)

    def ignore_devices(self, devices: Iterable[OlmDevice]) -> None:
        for device in devices:
            self._trust(device, TrustState.ignored)

    def unignore_device(self, device: OlmDevice) -> bool:
        return self.is_device_ignored(device) and self._trust(device, TrustState.unset)

    def is_device_ignored(self, device: OlmDevice) -> bool:
        return self._devices.is_(device, TrustState.ignored)

    def _trust(self, device: OlmDevice, state: TrustState) -> bool:
        is_changed = self._devices.set(device, state)
        if is_changed:
            self._notes.note(Kind.DEVICE, device.user_id)
        return is_changed

    def _record(self, kind: Kind, name: str) -> bytes | None:
        """None: the row goes."""
        match kind:
            case Kind.ACCOUNT if self._account is not None:
                return self._pickles.account(self._account)
            case Kind.OLM if name in self._sessions:
                return self._pickles.session(*self._sessions[name])
            case Kind.MEGOLM:
                return self._room_keys.record(name)
            case Kind.DEVICE:
                return self._devices.record(name)
            case Kind.ROOM if name in self._rooms:
                return name.encode()
            case Kind.REQUEST if name in self._requests:
                return self._pickles.request(self._requests[name])
        return None
