"""A story travels: told, asked about, edited, agreed to, approved by two, published."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from tests.conftest import ENGINES
from tests.integration.flows.people import RISK, enrol, finish, photo, subscribe

STORY = "Меня зовут никак. " + "Весной мы вышли на площадь с пустыми листами бумаги. " * 60


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_story_travels(stage: Stage) -> None:
    author, reader = stage.person("author"), stage.person("reader")
    anna, boris = await enrol(stage, "anna"), await enrol(stage, "boris")
    await subscribe(reader)

    await author.says("/start")
    await author.presses("Рассказать историю")
    await author.expects(RISK)
    await author.presses("начать")
    await author.says(STORY)
    await author.says("И ещё одно: я не жалею.")
    await author.sends_photo(photo(), "Вот наша площадь.")
    await finish(author, "Тихая")
    await author.reads("не жалею")
    await author.expects("Подпись: Тихая")
    await author.presses("Отправить")
    await author.expects("История отправлена")
    assert [seen for seen in author.chat if "площадь" in seen.text.text] == []

    await anna.opens("editors", "Открыть", about="У редакторов")
    await anna.presses("Читать")
    await anna.reads("пустыми листами")
    assert any(seen.photo for seen in anna.chat)
    await anna.presses("Назад")
    await anna.presses("Спросить автора")
    await anna.says("В каком месяце это было?")
    await anna.expects("Вопрос ушёл")

    await author.expects("хотят вас о чём-то спросить")
    await author.presses("Прочесть вопрос")
    await author.expects("В каком месяце")
    await author.says("В марте.")
    await author.expects("Ответ у редакторов")

    await anna.opens("editors", "Открыть", about="У редакторов")
    await anna.expects("В марте.")
    await anna.presses("Править")
    await anna.says("В марте мы вышли на площадь с пустыми листами.")
    await anna.presses("Сохранить версию")
    await boris.opens("editors", "Открыть", about="У редакторов")
    await boris.presses("Отправить автору")

    await author.presses("Прочесть текст")
    await author.reads("В марте мы вышли")
    await author.presses("Согласиться")
    await author.expects("одобрить два редактора")

    await anna.opens("editors", "Открыть", about="Одобрений: 0 из 2")
    await anna.presses("Одобрить")
    await anna.reads("Нужен ещё 1 редактор")
    assert stage.sees("channel-ru") == []
    await boris.opens("editors", "Открыть", about="Одобрений: 1 из 2")
    await boris.presses("Одобрить")
    await boris.reads("это второе одобрение. История выйдет")
    assert stage.sees("channel-ru") == []
    for editor in (anna, boris):
        await editor.opens("editors", "Открыть", about="Одобрена, выйдет")
        await editor.presses("Выход и публикация")
        await editor.presses("Выпустить сегодня")
    await boris.reads("Опубликовано")

    assert "В марте мы вышли" in stage.sees("channel-ru")[-1].text.text
    await reader.reads("В марте мы вышли")
    await reader.reads("Рассказывает Тихая")
    await reader.presses("Отписаться")
    await reader.expects("Вы отписались")
