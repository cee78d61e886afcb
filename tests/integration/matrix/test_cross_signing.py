"""Our cross-signing chain on a real homeserver, judged by code that is not ours."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.errors import PlatformAway, StartRefused
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.keeping.credentials import log_in
from bot.platforms.matrix.signing import seeds
from bot.platforms.matrix.signing.cross_signing import establish, reset, verify
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_bot import Bot
from tests.integration.matrix.keys_stage import PASSWORD, Stranger, person


@pytest.fixture
async def bot(synapse: Synapse, on_sqlite: Store) -> AsyncIterator[Bot]:
    bot = await Bot.made(synapse, on_sqlite)
    yield bot
    await bot.stop()


@pytest.fixture
async def stranger(synapse: Synapse) -> Stranger:
    return await Stranger.of(synapse, await person(synapse, "reader"))


class Chain:
    """What somebody sees of the bot, and whether the signatures hold: Ed25519 over published JSON, no code of ours."""

    def __init__(self, shown: dict[str, Any], bot: Bot) -> None:
        self.user, self.name = bot.user, str(bot.client.device_id)
        self.master = shown["master_keys"][self.user]
        self.self_signing = shown["self_signing_keys"][self.user]
        self.device = shown["device_keys"][self.user][self.name]

    @classmethod
    async def seen_by(cls, stranger: Stranger, bot: Bot) -> Chain:
        return cls(await stranger.ask("POST", "v3/keys/query", {"device_keys": {bot.user: []}}), bot)

    @property
    def master_key(self) -> str:
        return _only_key(self.master)

    def holds(self) -> bool:
        """From the master key to the device, and the device for itself."""
        own = self.device["keys"][f"ed25519:{self.name}"]
        return (
            self._signed(self.self_signing, self.master_key, self.master_key)
            and self._signed(self.device, _only_key(self.self_signing), _only_key(self.self_signing))
            and self._signed(self.device, own, self.name)
        )

    def is_closed(self) -> bool:
        """The device has signed the master key: homeservers show that to the same account only."""
        return self._signed(self.master, self.device["keys"][f"ed25519:{self.name}"], self.name)

    def _signed(self, value: dict[str, Any], key: str, name: str) -> bool:
        bare = {part: value[part] for part in value if part not in ("signatures", "unsigned")}
        said = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        given = value.get("signatures", {}).get(self.user, {}).get(f"ed25519:{name}")
        if given is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(_raw(key)).verify(_raw(given), said)
        except InvalidSignature:
            return False
        return True


def _only_key(value: dict[str, Any]) -> str:
    ((name, key),) = value["keys"].items()
    assert name == f"ed25519:{key}"
    return str(key)


def _raw(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


async def test_a_stranger_can_follow_the_chain_from_the_bot_s_identity_to_its_device(
    bot: Bot, stranger: Stranger
) -> None:
    await establish(bot.client, bot.store)

    assert (await Chain.seen_by(stranger, bot)).holds()
    assert [found.remedy for found in await verify(bot.client, bot.store) if not found.ok] == []


async def test_the_bot_s_device_has_signed_its_identity(synapse: Synapse, bot: Bot) -> None:
    await establish(bot.client, bot.store)

    assert (await Chain.seen_by(await Stranger.of(synapse, bot.user), bot)).is_closed()


async def test_the_keys_stay_the_same_from_start_to_start(bot: Bot, stranger: Stranger) -> None:
    await establish(bot.client, bot.store)
    first = await Chain.seen_by(stranger, bot)

    await bot.restart()
    await establish(bot.client, bot.store)

    assert (await Chain.seen_by(stranger, bot)).master == first.master


async def test_a_new_device_of_the_bot_is_signed_by_the_same_identity(bot: Bot, stranger: Stranger) -> None:
    await establish(bot.client, bot.store)
    first = await Chain.seen_by(stranger, bot)

    await bot.stop()
    await log_in(bot.store, bot.settings, password=Private(PASSWORD))
    await bot.start()
    await establish(bot.client, bot.store)

    second = await Chain.seen_by(stranger, bot)
    assert second.holds()
    assert second.master_key == first.master_key
    assert second.name != first.name


@pytest.mark.parametrize("lost", ["v3/keys/device_signing/upload", "v3/keys/upload", "v3/keys/signatures/upload"])
@pytest.mark.parametrize("arrived", [True, False])
async def test_the_next_start_finishes_what_was_cut_off(
    bot: Bot, stranger: Stranger, monkeypatch: pytest.MonkeyPatch, lost: str, arrived: bool
) -> None:
    call = MatrixClient.call

    async def cut_off(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        if path == lost and not arrived:
            raise PlatformAway("cut off")
        found = await call(client, method, path, **rest)
        if path == lost:
            raise PlatformAway("cut off")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(MatrixClient, "call", cut_off)
        with pytest.raises(PlatformAway):
            await establish(bot.client, bot.store)

    await bot.restart()
    await establish(bot.client, bot.store)

    assert (await Chain.seen_by(stranger, bot)).holds()


async def test_keys_that_somebody_else_put_there_stop_the_start(synapse: Synapse, bot: Bot) -> None:
    ours = await establish(bot.client, bot.store)
    thief = await Stranger.of(synapse, bot.user)
    await thief.takes_identity()

    with pytest.raises(StartRefused, match="reset-signing"):
        await establish(bot.client, bot.store)

    assert await seeds.load(bot.store) == ours
    assert "reset-signing" in "".join(found.remedy for found in await verify(bot.client, bot.store) if not found.ok)


async def test_an_account_that_had_keys_before_is_not_taken_over(synapse: Synapse, bot: Bot) -> None:
    before = await Stranger.of(synapse, bot.user)
    await before.takes_identity()

    with pytest.raises(StartRefused, match="did not make"):
        await establish(bot.client, bot.store)

    assert await seeds.load(bot.store) is None


async def test_a_reset_makes_a_new_identity_with_the_password(synapse: Synapse, bot: Bot, stranger: Stranger) -> None:
    await establish(bot.client, bot.store)
    first = await Chain.seen_by(stranger, bot)
    thief = await Stranger.of(synapse, bot.user)
    await thief.takes_identity()

    await reset(bot.client, bot.store, Private(PASSWORD))

    second = await Chain.seen_by(stranger, bot)
    assert second.holds()
    assert second.master_key != first.master_key
    await establish(bot.client, bot.store)


@pytest.mark.parametrize("password", [None, Private("not the password")])
async def test_a_reset_that_the_homeserver_refuses_leaves_everything_as_it_was(
    bot: Bot, stranger: Stranger, password: Private[str] | None
) -> None:
    ours = await establish(bot.client, bot.store)

    with pytest.raises(StartRefused, match="password"):
        await reset(bot.client, bot.store, password)

    assert await seeds.load(bot.store) == ours
    assert (await Chain.seen_by(stranger, bot)).holds()
    await establish(bot.client, bot.store)


async def test_doctor_says_what_is_not_there_yet(bot: Bot) -> None:
    (found,) = await verify(bot.client, bot.store)

    assert not found.ok
    assert "tamizdat matrix login" in found.remedy


async def test_the_homeserver_never_sees_a_seed(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[str] = []
    call = MatrixClient.call

    async def noted(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        bodies.append(json.dumps(rest.get("body")))
        return await call(client, method, path, **rest)

    monkeypatch.setattr(MatrixClient, "call", noted)
    made = await establish(bot.client, bot.store)

    secrets = [seed.reveal() for seed in (made.master, made.self_signing, made.user_signing)]
    texts = [base64.b64encode(secret).decode().rstrip("=") for secret in secrets]
    assert len(bodies) > 3
    assert not [text for text in texts if text in "".join(bodies)]
    assert "Private(…)" in repr(made)


async def test_a_homeserver_that_resets_on_its_own_page_only_is_named_as_that(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = await establish(bot.client, bot.store)
    call = MatrixClient.call

    async def elsewhere(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        if path == "v3/keys/device_signing/upload":
            raise MatrixRefused("", 401, {"session": "s", "flows": [{"stages": ["m.oauth"]}]})
        return await call(client, method, path, **rest)

    monkeypatch.setattr(MatrixClient, "call", elsewhere)
    with pytest.raises(StartRefused, match="account page"):
        await reset(bot.client, bot.store, Private(PASSWORD))

    assert await seeds.load(bot.store) == ours
