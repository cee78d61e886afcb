"""A list of readers from elsewhere: each is asked, and reads here only when they say so themselves."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from bot.texts.fluent import Language
from bot.types import Called
from handlers.subscribers.inviting import invite
from storage.address import Account
from storage.private import Private

pytestmark = pytest.mark.parametrize("manner", ["matrix"])


async def test_who_is_asked_because_of_a_list_subscribes_with_one_word(stage: Stage) -> None:
    vera = stage.person("vera")
    assert await invited(stage, vera, "de")
    assert (await vera.reads("Ohne Ihr Ja kommt nichts")).text.text
    async with stage.store.read() as tx:
        assert await tx.subscribers.language_of(account(vera)) is None
    await vera.presses("Ja, abonnieren")
    await vera.expects("Sie haben die Geschichten abonniert")
    async with stage.store.read() as tx:
        assert await tx.subscribers.language_of(account(vera)) == "de"
    assert not await invited(stage, vera, "de")


async def test_who_wants_no_list_says_so_and_is_not_asked_again(stage: Stage) -> None:
    vera = stage.person("vera")
    assert await invited(stage, vera, "ru")
    await vera.presses("Больше меня не добавлять")
    await vera.reads("из чужих списков мы вас не добавим")
    assert not await invited(stage, vera, "ru")


def account(person: Person) -> Account:
    return Account(platform=person.platform, person=Private(person.name))


async def invited(stage: Stage, person: Person, language: str) -> bool:
    async with stage.store.write() as tx:
        asked = await invite(stage.turn(tx), account(person), Language(language))
    await stage.settle()
    return asked


async def test_who_comes_into_the_chat_finds_the_question_and_its_numbers(stage: Stage) -> None:
    vera = stage.person("vera")
    assert await invited(stage, vera, "de")
    await stage.arrives(stage.event(vera, Called(name="come", argument=Private("")), number="joined"))
    await vera.says("1")
    await vera.expects("Sie haben die Geschichten abonniert")


async def test_who_is_in_a_chat_where_nothing_waits_is_greeted(stage: Stage) -> None:
    vera = stage.person("vera")
    await stage.arrives(stage.event(vera, Called(name="come", argument=Private("")), number="joined"))
    await vera.expects("Здесь можно рассказать свою историю")
