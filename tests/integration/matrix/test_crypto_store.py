"""Our crypto store and nio's own are told the same, and say the same after a restart; ours shows nobody anything."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import vodozemac
from nio.crypto import InboundGroupSession, Olm, OlmAccount, OlmDevice, OutboundSession, OutgoingKeyRequest, TrustState
from nio.store import MatrixStore, SqliteStore
from sqlalchemy import select

from bot.platforms.matrix.keeping.crypto_rows import read, write
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.pickles import Pickles
from storage.crypto import Kind
from storage.store import Store
from storage.tables import crypto
from tests.integration.storage.people import MARKER

ME, DEVICE = f"@bot-{MARKER}:server", "OURDEVICE"
ANNA, BORIS = f"@anna-{MARKER}:server", "@boris:server"
ROOM = f"!room-{MARKER}:server"
KEY = "ab" * 32


class Kept(ABC):
    """A store of either kind, and the same one after a restart."""

    store: Any

    @abstractmethod
    async def restart(self) -> None: ...


class Nio(Kept):
    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.store = SqliteStore(ME, DEVICE, self._folder, KEY)

    async def restart(self) -> None:
        self.close()
        self.store = SqliteStore(ME, DEVICE, self._folder, KEY)

    def close(self) -> None:
        self.store.database.close()


class Sealed(Kept):
    def __init__(self, rows: Store) -> None:
        self._rows = rows
        self.store = SealedStore(Pickles(KEY))

    async def restart(self) -> None:
        await written(self._rows, self.store)
        self.store = await again(self._rows)


async def written(rows: Store, store: SealedStore) -> None:
    async with rows.write() as tx:
        await write(tx, store)


async def again(rows: Store) -> SealedStore:
    async with rows.read() as tx:
        return await read(tx, KEY)


@pytest.fixture(params=["nio", "sealed"])
async def kept(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> AsyncIterator[Kept]:
    if request.param == "sealed":
        yield Sealed(store)
        return
    theirs = Nio(tmp_path)
    yield theirs
    theirs.close()


def device(user: str, name: str) -> OlmDevice:
    found = OlmAccount().identity_keys
    keys = {"ed25519": found["ed25519"], "curve25519": found["curve25519"]}
    return OlmDevice(user, name, keys, display_name=f"{MARKER} phone")


def room_key(room: str = ROOM, sender: str = "curve") -> tuple[vodozemac.GroupSession, InboundGroupSession]:
    outbound = vodozemac.GroupSession()
    return outbound, InboundGroupSession(outbound.session_key.to_base64(), "ed25519", sender, room, ["chain"])


def test_ours_answers_everything_that_nio_may_ask() -> None:
    """A method that nio adds would else work on a database that is not there."""
    asked = {name for name in {*vars(MatrixStore), *vars(SqliteStore)} if not name.startswith("_")}
    data = {"models", "store_version", "pickle_key", "database_name", "upgrade_to_v2"}
    assert asked - data - set(vars(SealedStore)) == set()


async def test_an_empty_one(kept: Kept) -> None:
    assert kept.store.load_account() is None
    assert list(kept.store.load_sessions()) == []
    assert list(kept.store.load_inbound_group_sessions()) == []
    assert list(kept.store.load_device_keys()) == []
    assert kept.store.load_encrypted_rooms() == set()
    assert kept.store.load_outgoing_key_requests() == {}


async def test_an_account(kept: Kept) -> None:
    account = OlmAccount()
    kept.store.save_account(account)
    account.generate_one_time_keys(2)
    account.shared = True
    kept.store.save_account(account)
    await kept.restart()
    found = kept.store.load_account()
    assert (found.identity_keys, found.one_time_keys, found.shared) == (
        account.identity_keys,
        account.one_time_keys,
        True,
    )


async def test_a_session_goes_on_where_it_was(kept: Kept) -> None:
    ours, theirs = OlmAccount(), OlmAccount()
    theirs.generate_one_time_keys(1)
    curve = theirs.identity_keys["curve25519"]
    session = OutboundSession(ours, curve, next(iter(theirs.one_time_keys["curve25519"].values())))
    kept.store.save_account(ours)
    kept.store.save_session(curve, session)
    first = session.encrypt("first")
    kept.store.save_session(curve, session)
    await kept.restart()
    (found,) = kept.store.load_sessions()[curve]
    assert found.id == session.id
    assert abs(found.creation_time - session.creation_time) < timedelta(milliseconds=1)
    second = found.encrypt("second")
    begins = first.to_pre_key()
    assert begins is not None
    inbound, plain = theirs._account.create_inbound_session(
        vodozemac.Curve25519PublicKey.from_base64(ours.identity_keys["curve25519"]), begins
    )
    assert (plain, inbound.decrypt(second)) == (b"first", b"second")


async def test_a_room_key(kept: Kept) -> None:
    kept.store.save_account(OlmAccount())
    outbound, session = room_key()
    kept.store.save_inbound_group_session(session)
    await kept.restart()
    found = kept.store.load_inbound_group_sessions().get(ROOM, "curve", session.id)
    assert (found.ed25519, found.forwarding_chain) == ("ed25519", ["chain"])
    assert found.decrypt(outbound.encrypt(b"text").to_base64()) == ("text", 0)


async def test_devices_and_what_we_think_of_them(kept: Kept) -> None:
    kept.store.save_account(OlmAccount())
    phone, laptop, gone = device(ANNA, "PHONE"), device(BORIS, "LAPTOP"), device(BORIS, "GONE")
    kept.store.save_device_keys({ANNA: {"PHONE": phone}, BORIS: {"LAPTOP": laptop, "GONE": gone}})
    gone.deleted = True
    kept.store.save_device_keys({BORIS: {"GONE": gone}})
    kept.store.verify_device(phone)
    kept.store.blacklist_device(laptop)
    kept.store.ignore_devices([gone])
    await kept.restart()
    devices = kept.store.load_device_keys()
    assert {one.id: (one.keys, one.deleted, one.trust_state, one.display_name) for one in devices} == {
        "PHONE": (phone.keys, False, TrustState.verified, f"{MARKER} phone"),
        "LAPTOP": (laptop.keys, False, TrustState.blacklisted, f"{MARKER} phone"),
        "GONE": (gone.keys, True, TrustState.ignored, f"{MARKER} phone"),
    }
    assert [one.id for one in devices.active_user_devices(BORIS)] == ["LAPTOP"]


async def test_each_change_of_trust_says_whether_it_was_one(kept: Kept) -> None:
    kept.store.save_account(OlmAccount())
    phone = device(ANNA, "PHONE")
    assert not kept.store.is_device_verified(phone)
    kept.store.save_device_keys({ANNA: {"PHONE": phone}})
    for change, undo, asks, state in (
        (kept.store.verify_device, kept.store.unverify_device, kept.store.is_device_verified, TrustState.verified),
        (
            kept.store.blacklist_device,
            kept.store.unblacklist_device,
            kept.store.is_device_blacklisted,
            TrustState.blacklisted,
        ),
        (kept.store.ignore_device, kept.store.unignore_device, kept.store.is_device_ignored, TrustState.ignored),
    ):
        assert [change(phone), change(phone), asks(phone)] == [True, False, True]
        assert phone.trust_state is state
        assert [undo(phone), undo(phone), asks(phone)] == [True, False, False]
        assert phone.trust_state is TrustState.unset


async def test_encrypted_rooms_and_requests(kept: Kept) -> None:
    kept.store.save_account(OlmAccount())
    kept.store.save_encrypted_rooms({ROOM, "!other:server"})
    kept.store.save_encrypted_rooms({ROOM})
    kept.store.delete_encrypted_room("!other:server")
    kept.store.delete_encrypted_room("!unknown:server")
    wanted, done = (OutgoingKeyRequest(name, name, ROOM, "m.megolm.v1.aes-sha2") for name in ("wanted", "done"))
    kept.store.add_outgoing_key_request(wanted)
    kept.store.add_outgoing_key_request(done)
    await kept.restart()
    kept.store.remove_outgoing_key_request(done)
    kept.store.remove_outgoing_key_request(done)
    await kept.restart()
    assert kept.store.load_encrypted_rooms() == {ROOM}
    assert kept.store.load_outgoing_key_requests() == {"wanted": wanted}


async def test_nio_s_machine_finds_itself_again(kept: Kept) -> None:
    first = Olm(ME, DEVICE, kept.store)
    first.create_outbound_group_session(ROOM)
    await kept.restart()
    second = Olm(ME, DEVICE, kept.store)
    assert second.account.identity_keys == first.account.identity_keys
    assert [session.id for session in second.inbound_group_store] == [
        session.id for session in first.inbound_group_store
    ]


# ── ours alone ───────────────────────────────────────────────────────────────────────────────────────────────────
async def filled(rows: Store) -> SealedStore:
    store = SealedStore(Pickles(KEY))
    machine = Olm(ME, DEVICE, store)
    machine.create_outbound_group_session(ROOM)
    store.save_device_keys({ANNA: {"PHONE": device(ANNA, "PHONE")}})
    store.save_encrypted_rooms({ROOM})
    store.add_outgoing_key_request(OutgoingKeyRequest(MARKER, MARKER, ROOM, "m.megolm.v1.aes-sha2"))
    await written(rows, store)
    return store


async def test_no_row_and_no_repr_shows_an_id_or_a_key(store: Store) -> None:
    ours = await filled(store)
    async with store.read() as tx:
        found = (await tx.work.connection.execute(select(crypto))).all()
    raw = b"".join(row.name + row.key_id + row.body for row in found)
    (megolm,) = ours.load_inbound_group_sessions()
    account = ours.load_account()
    assert account is not None
    keys = account.identity_keys
    for secret in (MARKER, DEVICE, "PHONE", megolm.id, keys["ed25519"], keys["curve25519"]):
        assert secret.encode() not in raw
        assert secret not in repr(ours)
    assert len(found) == 5


async def test_pickles_open_with_our_own_key_only(store: Store) -> None:
    """Not with nio's DEFAULT_KEY, and not with none."""
    await filled(store)
    async with store.read() as tx:
        (record,) = (await tx.crypto.all(Kind.ACCOUNT)).values()
    Pickles(KEY).to_account(record)
    for other in ("DEFAULT_KEY", "", "cd" * 32):
        with pytest.raises((vodozemac.PickleException, vodozemac.LibolmPickleException)):
            Pickles(other).to_account(record)


async def test_only_what_changed_is_written(store: Store) -> None:
    ours = await filled(store)
    assert not ours.is_changed
    async with store.read() as tx:
        before = {row.name: row.body for row in (await tx.work.connection.execute(select(crypto))).all()}
    ours.verify_device(next(iter(ours.load_device_keys())))
    await written(store, ours)
    async with store.read() as tx:
        after = {row.name: row.body for row in (await tx.work.connection.execute(select(crypto))).all()}
    assert [name for name, body in after.items() if before[name] != body] == [
        name for name in after if name == tx.crypto._name(Kind.DEVICE, ANNA)
    ]


async def test_what_was_not_committed_is_written_the_next_time(store: Store) -> None:
    ours = await filled(store)
    ours.save_encrypted_rooms({"!new:server"})

    async def fails() -> None:
        async with store.write() as tx:
            await write(tx, ours)
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert ours.is_changed
    assert (await again(store)).load_encrypted_rooms() == {ROOM}
    await written(store, ours)
    assert (await again(store)).load_encrypted_rooms() == {ROOM, "!new:server"}


async def test_what_changes_while_it_is_written_is_not_lost(store: Store) -> None:
    ours = await filled(store)
    (phone,) = ours.load_device_keys()
    ours.verify_device(phone)
    async with store.write() as tx:
        await write(tx, ours)
        ours.blacklist_device(phone)
    assert ours.is_changed
    await written(store, ours)
    (found,) = (await again(store)).load_device_keys()
    assert found.trust_state is TrustState.blacklisted


async def test_the_same_key_handed_on_by_somebody_else_replaces_nothing(store: Store) -> None:
    """Whoever has got a session's key can send it as if it were their own."""
    ours = await filled(store)
    outbound, first = room_key(sender="first")
    ours.save_inbound_group_session(first)
    key = outbound.session_key.to_base64()
    ours.save_inbound_group_session(InboundGroupSession(key, "other", "second", ROOM))
    await written(store, ours)
    found = (await again(store)).load_inbound_group_sessions()
    kept = {session.sender_key: session.ed25519 for session in found if session.id == first.id}
    assert kept == {"first": "ed25519", "second": "other"}


async def test_how_far_a_room_key_was_read_only_grows(store: Store) -> None:
    ours = await filled(store)
    _, session = room_key()
    ours.save_inbound_group_session(session)
    for index in (3, 1):
        ours.note_read(session, index, f"$event{index}")
    await written(store, ours)
    assert (await again(store)).first_unread(session) == 4
    ours.drop_megolm(session)
    await written(store, ours)
    assert (await again(store)).first_unread(session) == 0


async def test_one_damaged_row_costs_no_other(store: Store) -> None:
    ours = await filled(store)
    async with store.write() as tx:
        await tx.crypto.put(Kind.DEVICE, {BORIS: b"\xc1"})
        await tx.crypto.put(Kind.OLM, {"session": b"\x80"})
    found = await again(store)
    assert [one.user_id for one in found.load_device_keys()] == [ANNA]
    assert found.load_account() is not None
    assert not ours.is_changed
