"""Wrong receipts: few in a chat, some hundreds in all, and somebody with a right one gets in all the same."""

from __future__ import annotations

import pytest

from storage import tries as limits
from storage.address import Address
from storage.private import Private
from storage.tries import HEARD_ALWAYS, IN_ALL, PER_CHAT, Tries
from storage.vault import Pseudonyms, RootKey
from tests.clock import Clock


@pytest.fixture
def tries(root: RootKey) -> Tries:
    return Tries(Pseudonyms(root))


def chat(number: int = 1, platform: str = "telegram") -> Address:
    return Address(platform=platform, bot="main", chat=Private(str(number)))


def exhaust(tries: Tries, now: int) -> None:
    """Many chats, each often wrong."""
    for number in range(1000, 1000 + IN_ALL):
        assert tries.begin(chat(number), now) == 0


def test_five_wrong_ones_an_hour(tries: Tries, clock: Clock) -> None:
    for _ in range(PER_CHAT):
        assert tries.begin(chat(), clock.now()) == 0
        clock.pass_(minutes=1)
    assert tries.begin(chat(), clock.now()) == 55 * 60
    assert tries.begin(chat(2), clock.now()) == 0
    assert tries.begin(chat(1, "matrix"), clock.now()) == 0
    clock.pass_(minutes=55)
    assert tries.begin(chat(), clock.now()) == 0
    assert tries.begin(chat(), clock.now()) == 60


def test_a_try_that_was_told_to_wait_is_not_counted(tries: Tries, clock: Clock) -> None:
    for _ in range(PER_CHAT):
        tries.begin(chat(), clock.now())
    clock.pass_(minutes=30)
    assert [tries.begin(chat(), clock.now()) for _ in range(10)] == [30 * 60] * 10


def test_right_ones_are_not_counted(tries: Tries, clock: Clock) -> None:
    for _ in range(20):
        assert tries.begin(chat(), clock.now()) == 0
        tries.take_back(chat(), clock.now())
    tries.take_back(chat(2), clock.now())  # never begun: no matter


def test_when_everybody_guesses_who_comes_is_heard_and_once_more_after_a_slip(tries: Tries, clock: Clock) -> None:
    exhaust(tries, clock.now())
    clock.pass_(minutes=10)
    assert [tries.begin(chat(), clock.now()) > 0 for _ in range(3)] == [False, False, True]
    tries.take_back(chat(), clock.now())
    assert tries.begin(chat(), clock.now()) == 0
    clock.pass_(hours=1)
    assert tries.begin(chat(1000), clock.now()) == 0


def test_an_hour_of_guessing_costs_few_hashes(tries: Tries, clock: Clock) -> None:
    """10,000 tries from 1,000 chats; somebody with a right one comes in the middle, again and again."""
    heard = right = 0
    for number in range(10_000):
        heard += tries.begin(chat(1000 + number % 1000), clock.now()) == 0
        if number % 100 == 0:
            right += tries.begin(chat(1), clock.now()) == 0
            tries.take_back(chat(1), clock.now())
        if number % 3 == 0:
            clock.pass_(seconds=1)
    assert right == 100
    assert 1000 <= heard <= HEARD_ALWAYS * 1000 + IN_ALL


def test_only_so_many_chats_are_remembered(tries: Tries, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CHATS", 2)
    for number in (1, 2, 3):
        for _ in range(PER_CHAT):
            tries.begin(chat(number), clock.now())
    assert [tries.begin(chat(number), clock.now()) > 0 for number in (2, 3, 1)] == [True, True, False]


def test_no_chat_s_id_is_kept(tries: Tries, clock: Clock) -> None:
    tries.begin(chat(4711), clock.now())
    assert "4711" not in repr(vars(tries))
