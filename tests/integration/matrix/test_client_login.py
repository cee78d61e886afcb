"""Device, token and keys belong together: whatever is missing, the service does not start, least of all in plain."""

from __future__ import annotations

import secrets

import msgspec
import pytest
from nio.crypto import OlmAccount

from bot.errors import ConfigError, PlatformDenied, StartRefused
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.keeping.credentials import check_device, log_in, open_client
from bot.platforms.matrix.keeping.crypto_store import ONLY
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.settings import MatrixSettings
from storage.crypto import Kind
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse

PASSWORD = "password of the tests"

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
async def settings(synapse: Synapse) -> MatrixSettings:
    user = await synapse.register(f"bot-{secrets.token_hex(4)}", PASSWORD)
    return MatrixSettings(homeserver=synapse.url, user=user, device_name="Newsroom")


async def enter(store: Store, settings: MatrixSettings) -> None:
    await log_in(store, settings, password=Private(PASSWORD))


async def test_a_log_in_is_found_again_with_its_keys(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    first = await open_client(store, settings)
    assert first.olm is first.machine
    await check_device(first)
    checked(await first.keys_upload())
    await check_device(first)
    device = await first.call("GET", f"v3/devices/{first.device_id}")
    assert device["display_name"] == "Newsroom"
    await first.close()
    again = await open_client(store, settings)
    assert again.device_id == first.device_id
    assert again.machine.account.identity_keys == first.machine.account.identity_keys
    await check_device(again)
    await again.close()


async def test_a_token_of_an_earlier_log_in_does_as_well(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    client = await open_client(store, settings)
    token, device = Private(client.access_token), client.device_id
    await client.close()
    await log_in(store, settings, token=token)
    client = await open_client(store, settings)
    assert client.device_id == device
    await check_device(client)
    await client.close()


async def test_what_the_homeserver_does_not_take_is_the_configuration_s_fault(
    store: Store, settings: MatrixSettings, synapse: Synapse
) -> None:
    with pytest.raises(ConfigError, match="password or token"):
        await log_in(store, settings, password=Private("wrong"))
    await enter(store, settings)
    token = Private((await open_client(store, settings)).access_token)
    other = await synapse.register(f"other-{secrets.token_hex(4)}", PASSWORD)
    with pytest.raises(ConfigError, match="another account"):
        await log_in(store, msgspec.structs.replace(settings, user=other), token=token)
    await (await open_client(store, settings)).close()


async def test_nobody_has_logged_in(store: Store, settings: MatrixSettings) -> None:
    with pytest.raises(StartRefused, match="nobody has logged in yet: run `tamizdat matrix login`"):
        await open_client(store, settings)


@pytest.mark.parametrize(
    ("lost", "says"), [(Kind.ACCOUNT, "its keys are lost or damaged"), (Kind.LOGIN, "but not its log-in")]
)
async def test_a_part_is_lost(store: Store, settings: MatrixSettings, lost: Kind, says: str) -> None:
    """nio would make a new account, or go on without encryption."""
    await enter(store, settings)
    async with store.write() as tx:
        await tx.crypto.clear(lost)
    with pytest.raises(StartRefused, match=says):
        await open_client(store, settings)


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.LOGIN])
async def test_a_part_is_damaged(store: Store, settings: MatrixSettings, kind: Kind) -> None:
    await enter(store, settings)
    async with store.write() as tx:
        await tx.crypto.put(kind, {ONLY: b"\x80"})
    with pytest.raises(StartRefused):
        await open_client(store, settings)


async def test_the_configuration_names_another_account(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    with pytest.raises(StartRefused, match="another account"):
        await open_client(store, msgspec.structs.replace(settings, user="@other:paper.test"))


async def test_keys_of_another_device_are_noticed(store: Store, settings: MatrixSettings) -> None:
    """A copy of the newsroom, or an older state of it."""
    await enter(store, settings)
    client = await open_client(store, settings)
    checked(await client.keys_upload())
    client.machine.account = OlmAccount()
    client.machine.account.shared = True
    with pytest.raises(StartRefused, match="other keys"):
        await check_device(client)
    await client.close()


async def test_a_server_that_lost_our_keys_is_noticed(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    client = await open_client(store, settings)
    client.machine.account.shared = True
    with pytest.raises(StartRefused, match="has lost the keys"):
        await check_device(client)
    await client.close()


async def test_a_session_that_was_ended_there(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    client = await open_client(store, settings)
    await client.call("POST", "v3/logout", body={})
    with pytest.raises(PlatformDenied, match="tamizdat matrix login"):
        await check_device(client)
    await client.close()


async def test_a_new_log_in_takes_nothing_over_but_people(store: Store, settings: MatrixSettings) -> None:
    await enter(store, settings)
    before = await open_client(store, settings)
    directs = Directs()
    async with store.write() as tx:
        await directs.keep(tx, UserId("@anna:paper.test"), RoomId("!room:paper.test"))
    before.machine.create_outbound_group_session("!room:paper.test")
    await before.flush()
    await before.close()
    await enter(store, settings)
    after = await open_client(store, settings)
    assert after.device_id != before.device_id
    assert after.machine.account.identity_keys != before.machine.account.identity_keys
    assert list(after.machine.inbound_group_store) == []
    await after.close()
    async with store.read() as tx:
        assert (await Directs.load(tx)).room_of(UserId("@anna:paper.test")) == RoomId("!room:paper.test")
