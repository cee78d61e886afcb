"""The roster in the messenger: one admin with a second factor, two where admins are concerned."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from storage.role import Role
from tests.clock import Clock
from tests.integration.flows.people import enrol, labels
from tests.integration.flows.test_second_factor import code, found, with_app

pytestmark = pytest.mark.parametrize("manner", ["telegram"])


async def open_(person: Person, name: str) -> None:
    await person.says("/roster")
    await person.presses(name)


async def unlock(person: Person, clock: Clock) -> None:
    await person.says("/roster")
    await person.says(code(clock))
    await person.expects("Редакция.")


async def test_an_admin_makes_a_translator_of_an_editor_and_sends_them_away(stage: Stage, clock: Clock) -> None:
    admin = await with_app(stage, "anna", Role.ADMIN)
    await enrol(stage, "boris")
    await unlock(admin, clock)
    await admin.expects("boris: редактор")
    await open_(admin, "boris")
    assert labels(admin) == ["Сделать переводчиком", "Убрать из редакции", "Назад"]
    await admin.presses("Сделать переводчиком")
    await admin.expects("boris: переводчик")
    clock.pass_(minutes=10)
    await open_(admin, "boris")
    await admin.presses("Убрать из редакции")
    await admin.expects("введите новый код")
    assert (await found(stage, "boris")).role is Role.TRANSLATOR
    await admin.says(code(clock))
    await admin.expects("Сделано")
    assert "boris" not in admin.last.text.text
    assert stage.adapter.menus["boris"].editors is False


async def test_the_last_admin_stays_and_names_no_other(stage: Stage, clock: Clock) -> None:
    admin = await with_app(stage, "anna", Role.ADMIN)
    await enrol(stage, "boris")
    await unlock(admin, clock)
    await open_(admin, "anna")
    await admin.expects("Это последний администратор")
    assert labels(admin) == ["Назад"]
    await open_(admin, "boris")
    assert "Сделать администратором" not in labels(admin)


async def test_an_admin_is_made_and_unmade_by_two(stage: Stage, clock: Clock) -> None:
    anna, vera = await with_app(stage, "anna", Role.ADMIN), await with_app(stage, "vera", Role.ADMIN)
    await enrol(stage, "boris")
    await unlock(anna, clock)
    await open_(anna, "boris")
    await anna.presses("Сделать администратором")
    await anna.expects("Сутки ждём согласия другого администратора")
    assert (await found(stage, "boris")).role is Role.EDITOR
    await vera.reads("речь о «boris»")
    await open_(anna, "boris")
    assert labels(anna) == ["Отменить предложение", "Назад"]
    await vera.presses("Список редакции")
    await vera.says(code(clock))
    await open_(vera, "boris")
    await vera.expects("anna предлагает: сделать администратором")
    await vera.presses("Согласиться")
    assert (await found(stage, "boris")).role is Role.ADMIN


async def test_after_a_day_a_suggestion_counts_no_more(stage: Stage, clock: Clock) -> None:
    anna, vera = await with_app(stage, "anna", Role.ADMIN), await with_app(stage, "vera", Role.ADMIN)
    await unlock(anna, clock)
    await open_(anna, "vera")
    await anna.presses("Убрать из редакции")
    await unlock(vera, clock)
    await open_(vera, "vera")
    await vera.expects("anna предлагает: убрать из редакции")
    clock.pass_(hours=24)
    await vera.presses("Согласиться")
    await vera.says(code(clock))
    await vera.expects("список изменился")
    assert (await found(stage, "vera")).role is Role.ADMIN


async def test_without_a_second_factor_an_admin_sees_no_roster(stage: Stage) -> None:
    admin = await enrol(stage, "anna", Role.ADMIN)
    await admin.says("/roster")
    await admin.expects("Для этого нужен второй фактор")
