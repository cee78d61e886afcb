"""The editors' desk: reading, asking, editing, offering, approving, rejecting."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from tests.integration.flows.people import STORY, Cast, subscribe

EDITED = "Весной мы вышли на площадь."


async def test_the_card_tells_the_truth_all_the_way(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author)
    assert "У редакторов" in cast.card().text.text
    assert STORY not in cast.card().text.text
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    assert "ждём согласия" in cast.card().text.text
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    assert "Одобрений: 0 из 2" in cast.card().text.text
    await cast.open_card(anna)
    await anna.presses("Одобрить")
    assert "Одобрений: 1 из 2" in cast.card().text.text
    await cast.open_card(boris)
    await boris.presses("Одобрить")
    assert "выйдет 2\u00a0марта" in cast.card().text.text
    await cast.release(anna, boris)
    assert "Опубликовано" in cast.card().text.text
    assert len(cast.stage.sees("editors")) == 1


@pytest.mark.parametrize("manner", ["telegram", "local"])  # elsewhere a tap is a reaction: `test_unproven.py`
async def test_the_same_editor_approves_only_once(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.agree(author, anna)
    await cast.open_card(anna)
    await anna.presses("Одобрить")
    await anna.reads("Нужен ещё 1 редактор")
    await anna.presses("Одобрить")
    await anna.expects("Пока вы читали, история изменилась")
    await cast.open_card(anna)
    assert "Одобрить" not in [button.label for row in anna.last.buttons for button in row]
    assert (await cast.story()).status == "agreed"
    assert cast.stage.sees("channel-ru") == []


async def test_an_edit_starts_consent_and_approvals_anew(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.agree(author, anna)
    await cast.open_card(anna)
    await anna.presses("Одобрить")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.reads(STORY)
    first = await boris.says("Весной мы вышли на улицу.")
    await boris.says("Всё.")
    await boris.edits(first, EDITED)
    await boris.expects("знак")
    await boris.presses("Сохранить версию")
    await boris.expects("Новая версия сохранена")
    assert await cast.text() == f"{EDITED}\n\nВсё."
    assert "У редакторов" in cast.card().text.text
    assert "Версия 2" in cast.card().text.text
    await cast.open_card(boris)
    await boris.presses("Отправить автору")
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    assert "Одобрений: 0 из 2" in cast.card().text.text


async def test_a_version_that_is_not_saved_changes_nothing(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.presses("Назад")
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.says(EDITED)
    await cast.open_card(anna)
    await anna.expects("Сначала закончим начатое")
    await anna.presses("Не сохранять")
    await anna.expects("Версия не сохранена")
    assert await cast.text() == STORY


async def test_what_is_too_long_for_a_question_a_reason_or_a_version_is_refused(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("а" * 2001)
    await anna.expects("не больше 2\u00a0000 знаков")
    await anna.presses("Назад")
    await anna.presses("Отказать")
    await anna.says("а" * 2001)
    await anna.expects("не больше 2\u00a0000 знаков")
    await anna.presses("Назад")
    await anna.presses("Править")
    await anna.says("а" * 60_001)
    await anna.reads("не поместилось")
    assert (await cast.story()).status == "submitted"


async def test_a_question_to_an_author_who_took_the_story_back_is_not_said_to_be_sent(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await cast.open_card(boris)
    await boris.presses("Отказать")
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await anna.says("Когда это было?")
    await anna.expects("Этой истории больше нет")
    await boris.says("Не подходит.")
    await boris.expects("Этой истории больше нет")


async def test_the_second_of_two_decisions_is_told_how_it_stands(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author)
    await cast.open_card(anna)
    await cast.open_card(boris)
    await anna.presses("Отправить автору")
    await boris.presses("Отправить автору")
    await boris.expects("Пока вы читали, история изменилась")
    await boris.expects("Текст у автора: ждём согласия")
    assert len([seen for seen in author.chat if "Текст готов" in seen.text.text]) == 1


async def test_nobody_approves_what_its_author_has_not_agreed_to(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.agree(author, anna)
    await cast.open_card(anna)
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.says(EDITED)
    await boris.presses("Сохранить версию")
    await anna.presses("Одобрить")
    await anna.expects("Пока вы читали, история изменилась")
    assert (await cast.story()).status == "submitted"
    assert "approvals" not in await cast.rows()


async def test_an_author_who_deleted_everything_can_not_be_asked(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    story = await cast.story()
    async with cast.stage.store.write() as tx:
        await tx.stories.routes.drop(story.id)
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await anna.reads("Связи с автором больше нет")
    assert (await cast.story()).status == "submitted"


async def test_a_published_story_can_not_be_edited_or_rejected(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await cast.publish(author, anna, boris)
    await cast.open_card(anna)
    labels = [button.label for row in anna.last.buttons for button in row]
    assert labels == ["Читать", "Выход и публикация", "Записать заметку", "Закрыть"]
    await anna.presses("Закрыть")
    await cast.reader.reads("Автор просил не называть имени")


async def test_a_desk_in_english(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    await cast.editors()
    anna = stage.person("anna", language="en")
    await anna.says("/language")
    await anna.presses("English")
    await cast.open_card(anna)
    await anna.expects("With the editors: read, ask, edit")
    await anna.presses("Read")
    await anna.expects("That is the whole text")
