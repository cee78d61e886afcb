"""nio's crypto objects as records, and back. A pickle is encrypted by vodozemac before our own seal goes around it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from nio.crypto import InboundGroupSession, OlmAccount, OlmDevice, OutgoingKeyRequest, Session, TrustState

from storage.codec import decode, encode


class _Account(msgspec.Struct, frozen=True, kw_only=True):
    pickle: bytes
    shared: bool


class _Session(msgspec.Struct, frozen=True, kw_only=True):
    curve: str
    pickle: bytes
    created: float
    """seconds since 1970"""
    used: float


class _Megolm(msgspec.Struct, frozen=True, kw_only=True):
    room: str
    curve: str
    ed25519: str
    chain: list[str]
    pickle: bytes
    read: int
    """the index after the last one that was decrypted"""
    used: int
    """seconds since 1970"""
    events: dict[int, bytes]
    """index → of which event, hashed; the newest"""


class _Device(msgspec.Struct, frozen=True, kw_only=True):
    device: str
    keys: dict[str, str]
    display_name: str
    deleted: bool
    trust: int


class _Devices(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    devices: list[_Device]


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    request: str
    session: str
    room: str
    algorithm: str


class Pickles:
    """`key`: 32 random bytes as text, for ever the same; nio makes vodozemac's key of it with one SHA-256."""

    def __init__(self, key: str) -> None:
        self._key = key

    def account(self, account: OlmAccount) -> bytes:
        return encode(_Account(pickle=account.pickle(self._key), shared=account.shared))

    def to_account(self, record: bytes) -> OlmAccount:
        found: _Account = decode(_Account, record)
        return OlmAccount.from_pickle(found.pickle, self._key, found.shared)

    def session(self, curve: str, session: Session) -> bytes:
        created, used = session.creation_time.timestamp(), session.use_time.timestamp()
        return encode(_Session(curve=curve, pickle=session.pickle(self._key), created=created, used=used))

    def to_session(self, record: bytes) -> tuple[str, Session]:
        """Whose (curve25519 key), and the session."""
        found: _Session = decode(_Session, record)
        # without a zone: nio compares with datetime.now()
        created, used = datetime.fromtimestamp(found.created), datetime.fromtimestamp(found.used)
        return found.curve, Session.from_pickle(found.pickle, created, self._key, used)

    def megolm(self, session: InboundGroupSession, read: int, used: int, events: dict[int, bytes]) -> bytes:
        return encode(
            _Megolm(
                room=session.room_id,
                curve=session.sender_key,
                ed25519=session.ed25519,
                chain=session.forwarding_chain,
                pickle=session.pickle(self._key),
                read=read,
                used=used,
                events=events,
            )
        )

    def to_megolm(self, record: bytes) -> tuple[InboundGroupSession, int, int, dict[int, bytes]]:
        """With `read`, `used` and `events`."""
        found: _Megolm = decode(_Megolm, record)
        session = InboundGroupSession.from_pickle(
            found.pickle, found.ed25519, found.curve, found.room, self._key, found.chain
        )
        return session, found.read, found.used, found.events

    def devices(self, user: str, devices: Mapping[str, OlmDevice]) -> bytes:
        kept = [
            _Device(
                device=device.id,
                keys=device.keys,
                display_name=device.display_name or "",
                deleted=device.deleted,
                trust=device.trust_state.value,
            )
            for device in devices.values()
        ]
        return encode(_Devices(user=user, devices=kept))

    def to_devices(self, record: bytes) -> list[OlmDevice]:
        found: _Devices = decode(_Devices, record)
        return [
            OlmDevice(found.user, one.device, one.keys, one.display_name, one.deleted, TrustState(one.trust))
            for one in found.devices
        ]

    def request(self, request: OutgoingKeyRequest) -> bytes:
        return encode(
            _Request(
                request=request.request_id,
                session=request.session_id,
                room=request.room_id,
                algorithm=request.algorithm,
            )
        )

    def to_request(self, record: bytes) -> OutgoingKeyRequest:
        found: _Request = decode(_Request, record)
        return OutgoingKeyRequest(found.request, found.session, found.room, found.algorithm)
