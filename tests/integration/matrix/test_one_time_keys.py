"""Whoever wants to speak with the bot for the first time can, also when many did while it was down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.signing.one_time_keys import publish
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_bot import Bot
from tests.integration.matrix.keys_stage import Stranger, person


@pytest.fixture
async def bot(synapse: Synapse, on_sqlite: Store) -> AsyncIterator[Bot]:
    bot = await Bot.made(synapse, on_sqlite)
    await publish(bot.client)
    yield bot
    await bot.stop()


async def _left(bot: Bot) -> tuple[int, list[str]]:
    """What the homeserver has of the bot's: the count of one-time keys, the kinds of unused fallback keys."""
    found = await bot.client.call("GET", "v3/sync", query={"timeout": "0"})
    return found["device_one_time_keys_count"]["signed_curve25519"], found["device_unused_fallback_key_types"]


async def test_sixty_new_devices_come_while_the_bot_is_down_and_all_can_talk_to_it(synapse: Synapse, bot: Bot) -> None:
    await bot.sync()
    await bot.stop()
    crowd_of = await person(synapse, "crowd")
    crowd = [await Stranger.of(synapse, crowd_of) for _ in range(60)]
    for one in crowd:
        await one.hands_its_room_key(bot, await one.claims(bot))

    await bot.start()
    assert await _left(bot) == (0, [])
    while await bot.sync():
        pass

    said = [one.says(f"I am {number}") for number, one in enumerate(crowd)]
    assert [bot.reads(event) for event in said] == [f"I am {number}" for number in range(60)]
    assert await _left(bot) == (50, ["signed_curve25519"])


async def test_who_claimed_the_fallback_key_before_it_was_replaced_is_understood_after(
    synapse: Synapse, bot: Bot
) -> None:
    user = await person(synapse, "slow")
    slow = await Stranger.of(synapse, user)
    for _ in range(50):
        await slow.claims(bot)
    claimed = await slow.claims(bot)
    assert claimed.get("fallback") is True

    await bot.sync()
    await slow.hands_its_room_key(bot, claimed)
    await bot.restart()
    await bot.sync()

    assert bot.reads(slow.says("late")) == "late"


async def test_nothing_is_uploaded_when_nothing_is_missing(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    paths: list[str] = []
    call = MatrixClient.call

    async def noted(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        paths.append(path)
        return await call(client, method, path, **rest)

    monkeypatch.setattr(MatrixClient, "call", noted)
    await bot.sync()

    assert paths == ["v3/sync"]


@pytest.mark.parametrize("kind", ["one_time_keys", "fallback_keys"])
async def test_keys_whose_upload_was_not_answered_open_messages_all_the_same(
    synapse: Synapse, bot: Bot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The homeserver took them, the answer was lost, the process died: the private halves are on the disk."""
    early = await Stranger.of(synapse, await person(synapse, "early"))
    for _ in range(51):
        await early.claims(bot)
    with monkeypatch.context() as patched:
        patched.setattr(MatrixClient, "call", _cut_off(kind))
        with pytest.raises(PlatformAway):
            await bot.sync()
    claimed = await early.claims(bot)

    await bot.restart()
    await bot.sync()
    await early.hands_its_room_key(bot, claimed)
    await bot.sync()

    assert bot.reads(early.says("early")) == "early"
    assert await _left(bot) == (50, ["signed_curve25519"])


async def test_no_one_time_key_is_given_to_two_devices(
    synapse: Synapse, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = await Stranger.of(synapse, await person(synapse, "early"))
    given = [(await early.claims(bot))["key"] for _ in range(50)]
    with monkeypatch.context() as patched:
        patched.setattr(MatrixClient, "call", _cut_off("one_time_keys"))
        with pytest.raises(PlatformAway):
            await bot.sync()
    given += [(await early.claims(bot))["key"] for _ in range(10)]

    await bot.restart()
    await bot.sync()
    given += [(await early.claims(bot))["key"] for _ in range(50)]

    assert len(set(given)) == len(given)


def _cut_off(kind: str) -> Any:
    """An answer to an upload of keys of this kind does not reach us."""
    call = MatrixClient.call

    async def cut_off(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        found = await call(client, method, path, **rest)
        if kind in (rest.get("body") or {}):
            raise PlatformAway("cut off")
        return found

    return cut_off
