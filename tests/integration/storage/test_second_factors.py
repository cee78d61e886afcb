"""The editors' second factors: a code counts once, guessing ends, and what does not open is not "none"."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.errors import Unreadable
from storage.ids import EditorId
from storage.private import Private
from storage.second_factors import LOCK_SECONDS, MOST_WRONG, Tried
from storage.store import Store
from storage.tables import second_factors
from storage.vault.totp import TimeStep, address, code_of, key_words, step_of
from tests.clock import Clock
from tests.integration.storage.people import account

SECRET = Private(b"12345678901234567890")
EDITOR = EditorId(b"e" * 16)


def code(clock: Clock, later: int = 0) -> str:
    return code_of(SECRET, TimeStep(clock.now() // 30 + later))


async def enrol(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.second_factors.enrol(EDITOR, SECRET, TimeStep(clock.now() // 30 - 1))


async def tries(store: Store, what: str) -> Tried:
    async with store.write() as tx:
        return await tx.second_factors.try_code(EDITOR, account(), what)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six of eight digits."""
    for second, digits in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert code_of(SECRET, TimeStep(second // 30)) == digits
        assert step_of(SECRET, digits, second + 30) == second // 30
        assert step_of(SECRET, digits, second + 60) is None
    assert key_words(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert address(SECRET, "Анна К.").startswith("otpauth://totp/%D0%90%D0%BD%D0%BD%D0%B0%20%D0%9A.?secret=GEZD")


async def test_a_code_counts_once_and_for_one_account(store: Store, clock: Clock) -> None:
    await enrol(store, clock)
    assert await tries(store, code(clock)) is Tried.RIGHT
    assert await tries(store, code(clock)) is Tried.WRONG
    assert await tries(store, code(clock, -1)) is Tried.WRONG
    clock.pass_(seconds=30)
    assert await tries(store, code(clock)) is Tried.RIGHT
    async with store.read() as tx:
        factor = await tx.second_factors.find(EDITOR)
        assert factor is not None
        assert tx.second_factors.proven_at(factor, account()) == clock.now()
        assert tx.second_factors.proven_at(factor, account(2)) == 0


async def test_guessing_ends_for_an_hour(store: Store, clock: Clock) -> None:
    await enrol(store, clock)
    said = [await tries(store, "000000") for _ in range(MOST_WRONG)]
    assert said == [Tried.WRONG] * (MOST_WRONG - 1) + [Tried.LOCKED_OUT]
    assert await tries(store, code(clock)) is Tried.NOT_TRIED
    clock.pass_(seconds=LOCK_SECONDS)
    assert await tries(store, "000000") is Tried.WRONG
    assert await tries(store, code(clock)) is Tried.RIGHT


async def test_who_leaves_the_roster_leaves_no_secret(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        anna = await tx.editors.add(account(), "Анна")
        await tx.second_factors.enrol(anna, SECRET, TimeStep(0))
        await tx.editors.remove(anna)
        assert await tx.second_factors.find(anna) is None


async def test_one_that_does_not_open_is_not_none(store: Store, clock: Clock) -> None:
    await enrol(store, clock)
    async with store.write() as tx:
        await tx.work.connection.execute(update(second_factors).values(body=b"\x01" + bytes(600)))
    async with store.read() as tx:
        with pytest.raises(Unreadable):
            await tx.second_factors.find(EDITOR)
