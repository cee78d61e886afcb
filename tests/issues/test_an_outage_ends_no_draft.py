"""A platform that was away counted as "this editor is not in the room". That sent the editor home and destroyed the
version they were writing: one failed look-up was enough, a moment's outage of Telegram.
"""

from __future__ import annotations

import pytest

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from storage.address import Account, Address
from storage.inbox import MOST_ATTEMPTS
from storage.store import Store
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.flows.people import Cast, enrol
from tests.issues.stages import newsroom_stage

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK


@pytest.mark.parametrize("error", [PlatformAway("no answer"), PlatformDenied("the token is not ours")])
async def test_what_an_editor_wrote_waits_for_the_platform(
    store: Store,
    newsroom: Newsroom,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: PlatformError,
) -> None:
    stage = newsroom_stage(store)
    cast = Cast(stage=stage, data=newsroom.data)
    anna, asked = await enrol(stage, "anna"), 0
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.says("Первая часть.")

    async def away(_room: Address, _person: Account) -> bool:
        nonlocal asked
        asked += 1
        raise error

    with monkeypatch.context() as outage:
        outage.setattr(stage.adapter, "is_member", away)
        await anna.says("Вторая часть.")
        await anna.says("Третья часть.")
        for _ in range(60):
            clock.pass_(minutes=1)
            await stage.settle()
        await cast.reader.says("/start")
        await cast.reader.expects("Тамиздат")
    assert asked > MOST_ATTEMPTS
    assert len([line for line in caplog.messages if "who is in the editors' room" in line]) == 1
    assert "failed, attempt" not in caplog.text

    clock.pass_(minutes=1)
    await stage.settle()
    await anna.presses("Сохранить версию")
    assert await cast.text() == "Первая часть.\n\nВторая часть.\n\nТретья часть."


async def test_while_the_platform_is_away_it_is_not_asked_without_a_pause(
    store: Store, newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = newsroom_stage(store)
    cast = Cast(stage=stage, data=newsroom.data)
    anna, asked = await enrol(stage, "anna"), 0
    await cast.submit(cast.author)

    async def slow_down(_room: Address, _person: Account) -> bool:
        nonlocal asked
        asked += 1
        raise PlatformAway("slow down", after=29.5)

    monkeypatch.setattr(stage.adapter, "is_member", slow_down)
    await cast.open_card(anna)
    stage.dispatcher.bell._rung.clear()
    clock.pass_(seconds=29)
    await stage.settle()
    assert asked == 1
    clock.pass_(seconds=1)
    await stage.settle()
    assert asked == 2
    assert not stage.dispatcher.bell._rung.is_set()  # which would call the loop back to this chat at once
