"""What came from whom today, and within the hour: counted in memory, without anybody's id."""

from __future__ import annotations

import pytest

from storage import floods as limits
from storage.address import Account
from storage.clock import HOUR
from storage.floods import Deed, Floods
from storage.private import Private
from storage.vault import Pseudonyms, RootKey
from tests.clock import Clock


@pytest.fixture
def floods() -> Floods:
    return Floods(Pseudonyms(RootKey(bytes(range(32)))))


def account(number: int = 1, platform: str = "telegram") -> Account:
    return Account(platform=platform, person=Private(str(number)))


def test_each_account_each_deed_and_each_day_by_itself(floods: Floods, clock: Clock) -> None:
    for _ in range(3):
        floods.note(Deed.STORY, clock.now(), account())
    floods.note(Deed.FILE, clock.now(), account())
    counts = [
        floods.today(Deed.STORY, clock.now(), account()),
        floods.today(Deed.FILE, clock.now(), account()),
        floods.today(Deed.STORY, clock.now(), account(2)),
        floods.today(Deed.STORY, clock.now(), account(platform="matrix")),
    ]
    clock.pass_(days=1)
    assert (counts, floods.today(Deed.STORY, clock.now(), account())) == ([3, 1, 0, 0], 0)


def test_who_waits_over_midnight_keeps_their_place(floods: Floods, clock: Clock) -> None:
    began = clock.now()
    assert floods.since(Deed.QUEUE, began, account()) is None
    floods.note(Deed.QUEUE, began, account())
    clock.pass_(days=1)
    assert floods.since(Deed.QUEUE, clock.now(), account()) == began


def test_an_hour_s_deeds_of_everybody(floods: Floods, clock: Clock) -> None:
    for platform in ("telegram", "matrix", "matrix"):
        floods.note(Deed.CARD, clock.now(), where=platform)
        clock.pass_(seconds=HOUR // 3)
    assert floods.within_the_hour(Deed.CARD, clock.now(), where="telegram") == 0
    assert floods.within_the_hour(Deed.CARD, clock.now(), where="matrix") == 2


def test_only_so_many_accounts_are_remembered(floods: Floods, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ACCOUNTS", 2)
    for number in (1, 2, 3):
        floods.note(Deed.STORY, clock.now(), account(number))
    assert [floods.today(Deed.STORY, clock.now(), account(number)) for number in (1, 2, 3)] == [0, 1, 1]


def test_no_account_s_id_is_kept(floods: Floods, clock: Clock) -> None:
    floods.note(Deed.STORY, clock.now(), account(4711))
    assert "4711" not in repr(vars(floods))
