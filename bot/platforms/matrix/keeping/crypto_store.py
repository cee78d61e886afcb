"""Behind nio's store interface: everything in memory, with a note of what changed since it was last written.

nio saves by calling a method and going on, and changes some objects without calling any. So what is noted here is the
object's name; it is pickled when the rows are written (`crypto_rows.py`), with all that became of it until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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

from bot.platforms.matrix.keeping.pickles import Pickles
from storage.crypto import Kind

ONLY = "only"
"""the name of the one row of its kind"""
Named = tuple[Kind, str]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs from the rows at one moment."""

    put: dict[Kind, dict[str, bytes]] = field(default_factory=dict)
    drop: dict[Kind, list[str]] = field(default_factory=dict)
    stamps: dict[Named, int] = field(default_factory=dict)


class SealedStore(MatrixStore):
    """A method of nio's that is not here fails: the parent is not initialised, and has no database."""

    def __init__(self, pickles: Pickles) -> None:
        self._pickles = pickles
        self._account: OlmAccount | None = None
        self._sessions: dict[str, tuple[str, Session]] = {}
        """session id → (curve25519 key of the other device, session)"""
        self._megolm: dict[str, InboundGroupSession] = {}
        self._read: dict[str, int] = {}
        """both under `_megolm_name`; the index after the last one that was decrypted"""
        self._devices: dict[str, dict[str, OlmDevice]] = {}
        self._rooms: set[str] = set()
        self._requests: dict[str, OutgoingKeyRequest] = {}
        self._changed: dict[Named, int] = {}
        self._count = 0

    def __repr__(self) -> str:
        return "SealedStore(…)"

    # ── what the rows are told ───────────────────────────────────────────────────────────────────────────────────
    @property
    def is_changed(self) -> bool:
        return bool(self._changed)

    def changes(self) -> Changes:
        """As everything is now; `taken` once it is on the disk."""
        found = Changes(stamps=dict(self._changed))
        for kind, name in self._changed:
            record = self._record(kind, name)
            if record is None:
                found.drop.setdefault(kind, []).append(name)
            else:
                found.put.setdefault(kind, {})[name] = record
        return found

    def taken(self, changes: Changes) -> None:
        """They are on the disk; what changed again since then stays noted."""
        for named, stamp in changes.stamps.items():
            if self._changed.get(named) == stamp:
                del self._changed[named]

    def fill(self, kind: Kind, record: bytes) -> None:
        """From a row, before nio asks. Raises Unreadable or vodozemac's PickleException."""
        match kind:
            case Kind.ACCOUNT:
                self._account = self._pickles.to_account(record)
            case Kind.OLM:
                curve, session = self._pickles.to_session(record)
                self._sessions[session.id] = (curve, session)
            case Kind.MEGOLM:
                megolm, read = self._pickles.to_megolm(record)
                name = _megolm_name(megolm)
                self._megolm[name], self._read[name] = megolm, read
            case Kind.DEVICE:
                for device in self._pickles.to_devices(record):
                    self._devices.setdefault(device.user_id, {})[device.id] = device
            case Kind.ROOM:
                self._rooms.add(record.decode())
            case Kind.REQUEST:
                request = self._pickles.to_request(record)
                self._requests[request.request_id] = request

    # ── how far sessions were read ───────────────────────────────────────────────────────────────────────────────
    def note_read(self, session: InboundGroupSession, index: int) -> None:
        """This message of the session was decrypted."""
        name = _megolm_name(session)
        if name in self._megolm and index >= self._read.get(name, 0):
            self._read[name] = index + 1
            self._note(Kind.MEGOLM, name)

    def first_unread(self, session: InboundGroupSession) -> int:
        """The index after the last one that was decrypted; 0: none was."""
        return self._read.get(_megolm_name(session), 0)

    def drop_megolm(self, session: InboundGroupSession) -> None:
        name = _megolm_name(session)
        self._megolm.pop(name, None)
        self._read.pop(name, None)
        self._note(Kind.MEGOLM, name)

    # ── nio's interface ──────────────────────────────────────────────────────────────────────────────────────────
    def load_account(self) -> OlmAccount | None:
        return self._account

    def save_account(self, account: OlmAccount) -> None:
        self._account = account
        self._note(Kind.ACCOUNT, ONLY)

    def load_sessions(self) -> SessionStore:
        found = SessionStore()
        for curve, session in self._sessions.values():
            found.add(curve, session)
        return found

    def save_session(self, curve_key: str, session: Session) -> None:
        self._sessions[session.id] = (curve_key, session)
        self._note(Kind.OLM, session.id)

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        found = GroupSessionStore()
        for session in self._megolm.values():
            found.add(session)
        return found

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        name = _megolm_name(session)
        self._megolm[name] = session
        self._note(Kind.MEGOLM, name)

    def load_device_keys(self) -> DeviceStore:
        found = DeviceStore()
        for devices in self._devices.values():
            for device in devices.values():
                found.add(device)
        return found

    def save_device_keys(self, device_keys: Mapping[str, Mapping[str, OlmDevice]]) -> None:
        for user, devices in device_keys.items():
            self._devices.setdefault(user, {}).update(devices)
            self._note(Kind.DEVICE, user)

    def load_encrypted_rooms(self) -> set[str]:
        return set(self._rooms)

    def save_encrypted_rooms(self, rooms: Iterable[str]) -> None:
        for room in set(rooms) - self._rooms:
            self._rooms.add(room)
            self._note(Kind.ROOM, room)

    def delete_encrypted_room(self, room: str) -> None:
        if room in self._rooms:
            self._rooms.remove(room)
            self._note(Kind.ROOM, room)

    def load_outgoing_key_requests(self) -> dict[str, OutgoingKeyRequest]:
        return dict(self._requests)

    def add_outgoing_key_request(self, key_request: OutgoingKeyRequest) -> None:
        self._requests.setdefault(key_request.request_id, key_request)
        self._note(Kind.REQUEST, key_request.request_id)

    def remove_outgoing_key_request(self, key_request: OutgoingKeyRequest) -> None:
        if self._requests.pop(key_request.request_id, None) is not None:
            self._note(Kind.REQUEST, key_request.request_id)

    def load_sync_token(self) -> None:
        """The cursor is kept with the inbox, in the transaction of what it stands for."""

    def save_sync_token(self, token: str) -> None:
        """As above."""

    def verify_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.verified)

    def unverify_device(self, device: OlmDevice) -> bool:
        return self.is_device_verified(device) and self._trust(device, TrustState.unset)

    def is_device_verified(self, device: OlmDevice) -> bool:
        return self._state(device) is TrustState.verified

    def blacklist_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.blacklisted)

    def unblacklist_device(self, device: OlmDevice) -> bool:
        return self.is_device_blacklisted(device) and self._trust(device, TrustState.unset)

    def is_device_blacklisted(self, device: OlmDevice) -> bool:
        return self._state(device) is TrustState.blacklisted

    def ignore_device(self, device: OlmDevice) -> bool:
        return self._trust(device, TrustState.ignored)

    def ignore_devices(self, devices: Iterable[OlmDevice]) -> None:
        for device in devices:
            self._trust(device, TrustState.ignored)

    def unignore_device(self, device: OlmDevice) -> bool:
        return self.is_device_ignored(device) and self._trust(device, TrustState.unset)

    def is_device_ignored(self, device: OlmDevice) -> bool:
        return self._state(device) is TrustState.ignored

    def _state(self, device: OlmDevice) -> TrustState | None:
        known = self._devices.get(device.user_id, {}).get(device.id)
        return None if known is None else known.trust_state

    def _trust(self, device: OlmDevice, state: TrustState) -> bool:
        """Whether that changed anything. Raises KeyError for a device that was never saved."""
        known = self._devices[device.user_id][device.id]
        if known.trust_state is state:
            return False
        known.trust_state = device.trust_state = state
        self._note(Kind.DEVICE, device.user_id)
        return True

    def _note(self, kind: Kind, name: str) -> None:
        self._count += 1
        self._changed[kind, name] = self._count

    def _record(self, kind: Kind, name: str) -> bytes | None:
        """None: the row goes."""
        match kind:
            case Kind.ACCOUNT if self._account is not None:
                return self._pickles.account(self._account)
            case Kind.OLM if name in self._sessions:
                return self._pickles.session(*self._sessions[name])
            case Kind.MEGOLM if name in self._megolm:
                return self._pickles.megolm(self._megolm[name], self._read.get(name, 0))
            case Kind.DEVICE if name in self._devices:
                return self._pickles.devices(name, self._devices[name])
            case Kind.ROOM if name in self._rooms:
                return name.encode()
            case Kind.REQUEST if name in self._requests:
                return self._pickles.request(self._requests[name])
        return None


def _megolm_name(session: InboundGroupSession) -> str:
    """With room and sender: whoever was given a session's key can hand it on as if it were their own."""
    return f"{session.room_id} {session.sender_key} {session.id}"
