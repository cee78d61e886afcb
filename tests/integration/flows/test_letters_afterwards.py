"""A newsletter that was sent follows a decision of two editors, wherever it stands by then."""

from __future__ import annotations

from typing import Any

import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Later, Outcome
from bot.types import Erase, Outgoing
from handlers.policy import PROGRESS_SECONDS
from storage.address import Address
from storage.letter import LetterStatus
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, labels, subscribe
from tests.integration.flows.test_auditing import trail
from tests.integration.flows.test_copies import told
from tests.integration.flows.test_letters import LONG, TEXT, approve, begin, news, open_letter, the_letter

WITHDRAWN = "Редакция отозвала это письмо."


def pages(reader: Person) -> list[str]:
    """What stands there of the long letter."""
    return [seen.text.text for seen in reader.chat if "Мы собрали" in seen.text.text]


async def send(anna: Person, boris: Person, text: str = TEXT) -> None:
    await begin(anna, text)
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")


async def take_back(*editors: Person) -> None:
    for editor in editors:
        await open_letter(editor, "Отозвать", "Отозвать")


async def test_a_letter_that_two_take_back_goes_from_every_chat(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    fresh, late = stage.person("fresh"), stage.person("late")
    for reader in (fresh, late):
        await subscribe(reader)
    await send(anna, boris, LONG[:4000])
    await fresh.presses("Читать дальше")
    stage.adapter.undeletable.add(late.last.number)
    await take_back(anna)
    await anna.expects("Вы просите отозвать это письмо")
    assert "Отозвать" not in labels(anna)
    assert (len(pages(fresh)), len(pages(late))) == (2, 1)
    await boris.opens("editors", "Открыть", about="Один редактор просит отозвать")
    await boris.presses("Отозвать")
    await boris.presses("Отозвать")
    await boris.expects("Отозвано")
    assert labels(boris) == ["Посмотреть", "К письмам"]
    assert (pages(fresh), pages(late)) == ([], [])
    await late.expects(WITHDRAWN)
    assert labels(late) == ["Отписаться"]
    said = await told(stage, clock, "Удаление письма у читателей: «Ноябрь»")
    assert "Удалено: 1 из 2." in said
    assert "вместо прежнего текста стоит, что его убрали: 1." in said
    assert [action for _, action in await trail(stage)][-2:] == ["letter_retraction_wished", "letter_retracted"]


async def test_whoever_does_not_have_it_when_it_is_taken_back_never_gets_it(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    anna, boris = await cast.editors()
    slow = stage.person("slow")
    for reader in (cast.reader, slow):
        await subscribe(reader)
    stage.adapter.busy.add("slow")
    await send(anna, boris)
    assert (len(news(cast.reader)), news(slow)) == (1, [])
    await take_back(anna, boris)
    stage.adapter.busy.clear()
    clock.pass_(hours=1)
    stage.restart()
    await stage.settle()
    assert (news(cast.reader), news(slow)) == ([], [])
    assert "Рассылка прекращена" in await told(stage, clock, "Рассылка письма «Ноябрь»")


async def test_nothing_is_read_on_in_what_was_taken_back(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await send(anna, boris, LONG[:4000])
    first = cast.reader.last
    stage.adapter.undeletable.add(first.number)
    await take_back(anna, boris)
    await cast.reader.taps(first, "Читать дальше")
    await cast.reader.reads("Этого письма здесь больше нет")
    assert pages(cast.reader) == []


async def test_two_who_take_it_back_at_once_take_it_back_once(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    vera = await enrol(stage, "vera")
    await subscribe(cast.reader)
    await send(anna, boris)
    await take_back(anna)
    for editor in (boris, vera):
        await open_letter(editor, "Отозвать")
    await boris.presses("Отозвать")
    await vera.presses("Отозвать")
    await vera.expects("Отозвано")
    assert (await the_letter(stage)).status is LetterStatus.RETRACTED
    assert [action for _, action in await trail(stage)].count("letter_retracted") == 1


async def test_nobody_cancels_alone_what_two_take_back(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = stage.adapter.perform

    async def slow(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        if isinstance(outgoing, Erase) and chat.chat.reveal() == "reader":
            return Later(after=PROGRESS_SECONDS)
        return await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", slow)
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await send(anna, boris)
    await take_back(anna, boris)
    assert "Пока не удалено: 1." in await told(stage, clock, "Удаление письма")
    await anna.opens("editors", "Управлять удалением", about="Удаление письма")
    assert labels(anna) == ["Приостановить", "Обновить", "Назад"]
