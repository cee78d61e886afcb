"""The first sync after a start: short while people wait, patient with a slow server, whole when the place is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import PlatformAway
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.listening import asking
from bot.platforms.matrix.listening.sync import SOURCE
from bot.types import Undecrypted
from tests.clock import Clock
from tests.integration.matrix.loop_stage import Bot, Person


class Syncs:
    """What the bot asks of /sync from now on, and with how much patience; `fails`: the next ones have no answer."""

    def __init__(self, bot: Bot, monkeypatch: pytest.MonkeyPatch, *, fails: int = 0) -> None:
        self.asked: list[Mapping[str, str]] = []
        self.patience: list[float] = []
        call = bot.client.call

        async def passes(method: str, path: str, **how: Any) -> dict[str, Any]:
            if path == "v3/sync":
                self.asked.append(how["query"])
                self.patience.append(how["timeout"])
                if len(self.asked) <= fails:
                    raise PlatformAway("too slow")
            return await call(method, path, **how)

        monkeypatch.setattr(bot.client, "call", passes)


async def loses_its_place(bot: Bot) -> None:
    """The server has forgotten what it once answered, as after a restored back-up."""
    await bot.sink.accept([], source=SOURCE, cursor="s0_forgotten")


async def test_a_server_that_needs_longer_is_given_longer(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    await bot.restarts()
    syncs = Syncs(bot, monkeypatch, fails=8)
    for _ in range(8):
        with pytest.raises(PlatformAway):
            await bot.round()
    await bot.round()
    usual = bot.settings.read_seconds
    assert syncs.patience == [*(usual * 2**tries for tries in range(5)), *[asking.LONGEST] * 4]
    assert len({json.dumps(query) for query in syncs.asked}) == 1  # so that it can give what it has found meanwhile
    await bot.round()
    assert syncs.patience[9] == usual


async def test_a_bot_that_comes_for_the_first_time_asks_for_no_history(
    bot: Bot, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await anna.meets(bot)
    for word in ("one", "two", "three"):
        await anna.tells(room, word)
    await bot.restarts()
    async with bot.store.write() as tx:
        await tx.inbox.set_cursor(b"\0" * 32, "another's")
    monkeypatch.setattr(bot.sink, "cursor", _none)
    found: list[dict[str, Any]] = []
    call = bot.client.call

    async def keeps(method: str, path: str, **how: Any) -> dict[str, Any]:
        found.append(await call(method, path, **how))
        return found[-1]

    monkeypatch.setattr(bot.client, "call", keeps)
    await bot.round()
    assert len(found[0]["rooms"]["join"][room]["timeline"]["events"]) == 1
    assert anna.user in bot.client.rooms[room].users


async def _none(_source: str) -> None:
    return None


async def test_who_waited_is_heard_before_invitations_are_asked_for(
    bot: Bot, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await anna.meets(bot)
    await anna.tells(room, "I am here")
    await bot.until(lambda: "I am here" in bot.heard)
    await bot.dies()
    await anna.tells(room, "I wait")
    await bot.wakes()
    syncs = Syncs(bot, monkeypatch)
    await bot.round()
    assert bot.heard[-1] == "I wait"
    assert ["since" in query for query in syncs.asked] == [True]
    await bot.round()
    assert ["since" in query for query in syncs.asked] == [True, True, False]


async def test_after_the_place_was_lost_nothing_is_lost_and_nothing_comes_twice(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    await anna.tells(room, "before")
    await bot.until(lambda: "before" in bot.heard)
    await bot.client.forget_said(RoomId(room))
    await loses_its_place(bot)
    await bot.dies()
    await anna.tells(room, "meanwhile")
    await bot.wakes()
    await bot.settles()
    assert bot.heard == ["/start", "before", "meanwhile"]
    assert bot.bodies(Undecrypted) == []
    await anna.tells(room, "after")
    await bot.until(lambda: "after" in bot.heard)
    assert bot.bodies(Undecrypted) == []


async def test_what_the_inbox_has_forgotten_is_not_read_again(bot: Bot, anna: Person, clock: Clock) -> None:
    clock.set(datetime.now(UTC))  # the homeserver's
    room = await anna.meets(bot)
    await anna.tells(room, "long ago")
    await bot.until(lambda: "long ago" in bot.heard)
    clock.pass_(days=8)
    async with bot.store.write() as tx:
        await tx.inbox.forget_old_events()
    await loses_its_place(bot)
    await bot.restarts()
    await bot.settles()
    assert bot.heard == ["/start", "long ago"]


async def test_a_running_bot_that_loses_its_place_forgets_rooms_it_is_not_in_any_more(bot: Bot, anna: Person) -> None:
    room = await anna.meets(bot)
    await bot.client.call("POST", f"v3/rooms/{room}/leave", body={})
    bot.loop._since = "s0_forgotten"
    await bot.round()
    assert room not in bot.client.rooms
