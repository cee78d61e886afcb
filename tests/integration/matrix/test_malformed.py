"""Ten thousand events that are wrong in one way or another: the loop goes on, and nothing that is right is lost."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.types import Said
from tests.clock import Clock
from tests.integration.matrix.loop_stage import Bot, Person
from tests.integration.matrix.nonsense import Nonsense

SEED = 20260301
SYNCS = 500
IN_EACH = 20


@pytest.mark.soak
async def test_ten_thousand_malformed_events(
    bot: Bot, anna: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    room = await anna.meets(bot)
    await anna.tells(room, "now her device is known")
    await bot.until(lambda: bot.heard[1:])
    made = Nonsense(SEED, bot, anna, room)
    answers = [_sync(number, room, made) for number in range(SYNCS + 1)]
    right = [f"right {number}" for number in range(SYNCS) if number % 5]
    for number, answer in enumerate(answers[:-1]):
        if number % 5:
            answer["rooms"]["join"][room]["timeline"]["events"].insert(number % IN_EACH, made.right(number))
        else:  # it is wrong as a whole
            part = list(answer)[number // 5 % (len(answer) - 1)]
            answer[part] = made.junk()
    left = iter(answers)

    async def call(method: str, path: str, **how: Any) -> dict[str, Any]:
        return next(left) if path == "v3/sync" else {"device_keys": {anna.user: made.junk()}}

    monkeypatch.setattr(bot.client, "call", call)
    for _ in range(SYNCS):
        await bot.round()
        clock.pass_(seconds=1)
    clock.pass_(minutes=1)  # those that wait behind an event without key wait no longer
    await bot.round()
    heard = [body.text.reveal() for body in bot.bodies(Said) if isinstance(body, Said)]
    assert [words for words in heard if words.startswith("right")] == right
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "could not be read" in ours
    assert not any(secret in ours for secret in ("words", anna.user, room, "$nonsense", "paper.test"))


async def test_two_hundred_through_a_real_homeserver(bot: Bot, anna: Person, clock: Clock) -> None:
    room = await anna.meets(bot)
    made = Nonsense(SEED, bot, anna, room)
    taken = 0
    for number in range(200):
        kind = ("m.room.message", "m.room.encrypted", "m.reaction", "m.sticker")[number % 4]
        answer = await anna.ask("PUT", f"v3/rooms/{room}/send/{kind}/{number}", made.content())
        taken += "event_id" in answer
        if number % 10 == 0:
            await anna.tells(room, f"right {number}")
            await anna.ask("PUT", f"v3/sendToDevice/m.room.encrypted/n{number}", _to_bot(bot, made.to_device()))
    await anna.states(room, "m.room.name", {"name": "\x00\x1b[2J\u202e" * 20})
    assert taken > 100
    await bot.settles()
    clock.pass_(minutes=1)
    await bot.until(lambda: "right 190" in bot.heard)
    assert [words for words in bot.heard if words.startswith("right")] == [f"right {n}" for n in range(0, 200, 10)]


def _sync(number: int, room: str, made: Nonsense) -> dict[str, Any]:
    events = [made.event() for _ in range(IN_EACH)]
    in_room = {"timeline": {"events": events[5:], "limited": made.junk()}, "state": {"events": events[:5]}}
    return {
        "to_device": {"events": [made.to_device(), made.junk()]},
        "rooms": {
            "join": {room: in_room},
            "invite": {f"!nonsense{number}:paper.test": made.invitation(), "?": made.junk()},
            "leave": {"!never:paper.test": made.junk(), "": {"state": {"events": [made.event()]}}},
        },
        "device_one_time_keys_count": {"signed_curve25519": made.junk()},
        "device_unused_fallback_key_types": made.junk(),
        "device_lists": {"changed": [made.junk()], "left": made.junk()},
        "next_batch": f"s{number}",
    }


def _to_bot(bot: Bot, event: Any) -> dict[str, Any]:
    content = event.get("content") if isinstance(event, dict) else {}
    return {"messages": {bot.user: {bot.client.device_id: content if isinstance(content, dict) else {}}}}
