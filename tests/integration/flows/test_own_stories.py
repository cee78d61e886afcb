"""My stories: what has become of them, taking one back, deleting everything."""

from __future__ import annotations

from bot.flows.testing import Stage
from tests.clock import Clock
from tests.integration.flows.people import LEFT_OF_NOBODY, STORY, Cast, finish, photo, subscribe


async def test_who_has_told_nothing_is_told_so(cast: Cast) -> None:
    await cast.author.says("/mine")
    await cast.author.expects("Вы пока ничего не рассказали")


async def test_each_story_says_where_it_stands(stage: Stage, cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, "Первая.")
    await cast.agree(author, anna, "Вторая.")
    await cast.submit(author, "Третья.")
    await author.presses("Мои истории")
    await author.expects("У вас 3 истории")
    assert [button.label for row in author.last.buttons for button in row] == [
        "История 1: опубликована",
        "История 2: готовится к публикации",
        "История 3: у редакторов",
        "Получить всё это файлом",
        "Назад",
    ]
    await author.presses("История 1")
    await author.expects("забрать её назад нельзя")
    await author.reads("15 марта мы удалим у себя прежние версии текста")
    await author.presses("Назад")
    await author.presses("История 2")
    await author.expects("1 марта вы согласились с текстом")
    await author.presses("Назад")
    await author.presses("История 3")
    await author.expects("История у редакторов с 1 марта")


async def test_a_story_taken_back_is_destroyed(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await finish(author)
    await author.presses("Отправить")
    assert cast.card().text.text.endswith("1 фотография.")
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    await author.presses("Нет, оставить")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.expects("История уничтожена")
    assert {"stories", "versions", "routes", "blobs", "timers"}.isdisjoint(await cast.rows())
    assert cast.files() == 0
    assert await cast.keys_without_use() == 0
    assert cast.stage.sees("editors") == []


async def test_taking_back_comes_too_late_for_a_story_that_was_published_meanwhile(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.agree(author, anna)
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await cast.release(anna, boris)
    await author.presses("Да, забрать")
    await author.expects("Забрать историю не получилось: она только что вышла")
    await author.expects("История вышла 1 марта")
    assert len(cast.stage.sees("channel-ru")) == 1


async def test_a_rejected_story_is_explained_and_goes_after_a_week(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await cast.open_card(anna)
    await anna.presses("Отказать")
    await anna.says("Это уже рассказали другие, но спасибо вам.")
    await anna.presses("Отказать и сообщить")
    await anna.reads("История не принята")
    await author.expects("Редакторы вам ответили")
    assert "рассказали" not in author.last.text.text
    await author.presses("Прочесть ответ")
    await author.expects("Это уже рассказали другие")
    await author.expects("8 марта мы её удалим")
    await author.says("/mine")
    await author.presses("История 1: не принята")
    clock.pass_(days=7)
    await stage.settle()
    assert "stories" not in await cast.rows()


async def test_deleting_everything_leaves_nothing(cast: Cast) -> None:
    author = cast.author
    await subscribe(author)
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await finish(author, "Тихая")
    await author.presses("Отправить")
    await author.presses("Удалить всё обо мне")
    await author.presses("Нет, вернуться")
    await author.presses("Удалить всё обо мне")
    await author.expects("Из резервных копий всё исчезнет за семь дней")
    await author.presses("Да, удалить всё")
    await author.expects("Готово: у нас о вас больше ничего нет")
    assert len(author.chat) == 1
    assert set(await cast.rows()) <= LEFT_OF_NOBODY
    assert await cast.keys_without_use() == 0
    assert cast.files() == 0
    await author.says("/start")
    assert "Мои истории" not in [button.label for row in author.last.buttons for button in row]


async def test_what_is_published_stays_when_its_author_deletes_everything(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris)
    await author.says("/delete")
    await author.expects("Одна ваша история уже опубликована: она останется")
    await author.presses("Да, удалить всё")
    rows = await cast.rows()
    assert rows["stories"] == 1
    assert {"routes", "accounts"}.isdisjoint(rows)
    assert len(cast.stage.sees("channel-ru")) == 1
