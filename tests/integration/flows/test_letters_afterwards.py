"""A newsletter that was sent follows a decision of two editors, wherever it stands by then."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Later, Outcome
from bot.types import Erase, Outgoing
from handlers.policy import PROGRESS_SECONDS
from storage.address import Account, Address
from storage.letter import Frame, LetterStatus
from storage.private import Private
from storage.readership import everybody
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, labels, photo, subscribe
from tests.integration.flows.test_auditing import trail
from tests.integration.flows.test_copies import told
from tests.integration.flows.test_letters import LONG, SHOWN, TEXT, approve, begin, news, open_letter, the_letter, write

NEW = TEXT.replace("три", "четыре")
SHOWN_ANEW = SHOWN.replace("три", "четыре")
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
    assert "теперь там написано, что текст убрали: 1." in said
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


async def correct(anna: Person, text: str, *also: Person, language: str = "Русский") -> None:
    """Written by anna, approved by her and whoever else."""
    await open_letter(anna, "Исправить", language)
    await anna.says(text)
    await anna.presses("Сохранить текст")
    for editor in (anna, *also):
        await open_letter(editor, "Открыть исправление", "Одобрить исправление")


async def test_a_correction_that_two_approve_is_made_where_the_letter_stands(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    anna, boris = await cast.editors()
    gone = stage.person("gone")
    for reader in (cast.reader, gone):
        await subscribe(reader)
    await send(anna, boris)
    before = cast.reader.last
    gone.chat.clear()
    await correct(anna, NEW)
    await anna.expects("Вы уже одобрили это исправление")
    assert "Одобрить исправление" not in labels(anna)
    assert (len(news(cast.reader)), cast.reader.last.number) == (1, before.number)
    await boris.opens("editors", "Открыть", about="Исправление ждёт одобрений: 1 из 2")
    await boris.presses("Открыть исправление")
    assert [seen for seen in boris.chat if "вышли четыре истории" in seen.text.text]
    await boris.presses("Посмотреть")
    await boris.presses("Одобрить исправление")
    await boris.expects("Текст у подписчиков уже меняется")
    after = cast.reader.last
    assert "вышли четыре истории" in after.text.text
    assert (after.number, after.buttons, gone.chat) == (before.number, before.buttons, [])
    said = await told(stage, clock, "Исправление письма у читателей: «Ноябрь»")
    assert "Исправлено: 1 из 2." in said
    done = [action for _, action in await trail(stage)]
    assert done[-3:] == ["letter_correction_written", "letter_correction_approved", "letter_corrected"]


async def test_whatever_changes_a_correction_undoes_its_approvals_and_dropping_it_changes_nothing(
    stage: Stage, cast: Cast
) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await send(anna, boris)
    await correct(anna, NEW)
    await open_letter(boris, "Открыть исправление", "Русский")
    await boris.says(TEXT)
    await boris.presses("Сохранить текст")
    await boris.expects("Точно такой же текст у читателей уже есть")
    await open_letter(anna, "Открыть исправление")
    await open_letter(boris, "Открыть исправление", "Русский")
    await boris.says("Дорогие читатели, вышло пять историй.")
    await boris.presses("Сохранить текст")
    await boris.expects("Исправление ждёт одобрений: 0 из 2")
    await boris.presses("Одобрить исправление")
    await boris.reads("Нужен ещё один редактор")
    assert len(news(cast.reader)) == 1
    await open_letter(anna, "Открыть исправление", "Отменить исправление")
    assert "Исправить" in labels(anna)
    assert (len(news(cast.reader)), (await the_letter(stage)).details.correction) == (1, None)


async def test_whoever_waits_for_a_letter_gets_it_as_it_was_corrected(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    slow = stage.person("slow")
    for reader in (cast.reader, slow):
        await subscribe(reader)
    stage.adapter.busy.add("slow")
    await send(anna, boris)
    await correct(anna, NEW, boris)
    stage.adapter.busy.clear()
    clock.pass_(seconds=PROGRESS_SECONDS)
    stage.restart()
    await stage.settle()
    for reader in (cast.reader, slow):
        (seen,) = (seen for seen in reader.chat if "вышли" in seen.text.text)
        assert SHOWN_ANEW in seen.text.text


async def test_what_was_read_on_is_corrected_too_and_pictures_stay(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna, LONG[:4000])
    await anna.presses("Картинки")
    await anna.sends_photo(photo(), "Площадь.")
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    for _ in range(2):
        await cast.reader.presses("Читать дальше")
    standing = [seen.number for seen in cast.reader.chat if seen.kind or "Мы собрали" in seen.text.text]
    await correct(anna, LONG[:4000].replace("собрали", "сверили"), boris)
    after = [seen for seen in cast.reader.chat if seen.kind or "Мы сверили" in seen.text.text]
    assert ([seen.number for seen in after], pages(cast.reader)) == (standing, [])
    await correct(boris, "Коротко.", anna)
    first, second, picture = (seen for seen in cast.reader.chat if seen.number in standing)
    assert ("Коротко." in first.text.text, first.kind) == (True, None)
    assert second.text.text.startswith("…")
    assert picture.alt == "Площадь."


async def test_words_under_a_picture_stay_under_it_however_long_they_become(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    await anna.presses("Картинки")
    await anna.sends_photo(photo(), "Площадь.")
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    before = cast.reader.last
    await correct(anna, LONG[:2000], boris)
    after = cast.reader.last
    assert (after.number, after.kind, after.alt) == (before.number, before.kind, "Площадь.")
    assert after.text.text.startswith("1. Мы собрали")
    await cast.reader.presses("Читать дальше")
    assert len(pages(cast.reader)) == 2


async def test_only_the_languages_that_are_corrected_change_and_a_copy_keeps_its_own(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    moved, english = stage.person("moved"), stage.person("english")
    await subscribe(moved)
    await subscribe(english, "English")
    await begin(anna)
    await write(anna, "Dear readers, **three stories** are out.", "English")
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    copy = next(seen.number for seen in moved.chat if SHOWN in seen.text.text)
    found = [one async for one in everybody(stage.store)]
    async with stage.store.write() as tx:
        (reader,) = [one for one in found if one.chat.chat.reveal() == "moved"]
        await tx.subscribers.join(Account(platform=reader.chat.platform, person=reader.chat.chat), reader.chat, "en")
    await correct(anna, NEW, boris)
    (here,) = (seen.text.text for seen in moved.chat if seen.number == copy)
    assert SHOWN_ANEW in here
    assert not any(seen.edited for seen in english.chat)


async def test_a_letter_that_is_taken_back_is_corrected_no_more(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    vera = await enrol(stage, "vera")
    await subscribe(cast.reader)
    await send(anna, boris)
    await correct(anna, NEW)
    await open_letter(vera, "Открыть исправление", "Русский")
    await vera.says("Другое.")
    await open_letter(anna, "Открыть исправление")
    await take_back(boris)
    await open_letter(anna, "Отозвать", "Отозвать")
    await vera.presses("Сохранить текст")
    await vera.expects("Исправить это письмо уже нельзя")
    assert (await the_letter(stage)).details.correction is None
    assert news(cast.reader) == []


async def test_the_day_in_a_letter_is_the_one_on_which_it_was_sent(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    async with stage.store.write() as tx:
        letter = await the_letter(stage)
        frames = {"ru": Frame(greeting=Private("Сегодня {date}."))}
        await tx.letters.change(letter, msgspec.structs.replace(letter.details, frames=frames))
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    (day,) = (seen.text.text.splitlines()[0] for seen in cast.reader.chat if SHOWN in seen.text.text)
    clock.pass_(days=3)
    await correct(anna, NEW, boris)
    await cast.reader.expects(f"{day}\n\n{SHOWN_ANEW}")
