"""A published story is corrected: its author sees what readers would read, and has the last word."""

from __future__ import annotations

from bot.flows.testing import Person, Stage
from storage.story import Correction
from tests.integration.flows.people import Cast, labels

WAS = "Весной мы вышли на площадь. Нас было трое."
NOW = "Весной мы вышли на площадь. Нас было пятеро."


async def correct(cast: Cast, editor: Person, text: str) -> None:
    """A new text of another meaning."""
    await cast.open_card(editor)
    for label in ("Выход и публикация", "Исправить текст", "Прислать весь текст"):
        await editor.presses(label)
    await editor.says(text)
    await editor.presses("Дальше")
    await editor.presses("Смысл меняется")


async def correction(cast: Cast) -> Correction | None:
    return (await cast.story()).details.correction


async def test_the_author_reads_the_corrected_text_and_agrees(stage: Stage, cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, WAS)
    await correct(cast, anna, NOW)
    await author.expects("Редакторы предлагают исправление")
    await author.says("/mine")
    await author.presses("История 1")
    await author.expects("пока вы не согласитесь, читатели видят прежний текст")
    await author.presses("Прочесть готовый текст")
    await author.reads("После исправления читатели увидят её такой")
    await author.reads(NOW)
    await author.expects(f"Было:\n{WAS}\nСтало:\n{NOW}")
    assert "Забрать историю" not in labels(author)
    await author.presses("Согласиться")
    await author.expects("Исправление появится, когда его проверит ещё один редактор")
    found = await correction(cast)
    assert found is not None
    assert found.agreed
    await author.presses("Прочесть исправление")
    await author.expects("Здесь сейчас не на что соглашаться")


async def test_the_author_leaves_it_as_it_was(stage: Stage, cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, WAS)
    await correct(cast, anna, NOW)
    await author.presses("Прочесть исправление")
    await author.presses("Оставить как было")
    await author.expects("всё остаётся как было")
    assert await correction(cast) is None
    assert await cast.text() == WAS
    assert [seen for seen in stage.sees("channel-ru") if "пятеро" in seen.text.text] == []


async def test_a_wish_about_a_correction_reaches_the_editors(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, WAS)
    await correct(cast, anna, NOW)
    await author.presses("Прочесть исправление")
    await author.presses("Попросить изменить")
    await author.says("Нас было четверо.")
    await author.expects("Редакторы прочтут это")
    await cast.open_card(boris)
    await boris.reads("Нас было четверо.")
    assert await correction(cast) is not None


async def test_who_has_wished_something_else_is_not_asked_for_their_word_meanwhile(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, WAS)
    await correct(cast, anna, NOW)
    await author.says("/start")
    await author.presses("Готовый текст ждёт вас")
    await author.presses("Попросить изменить")
    await author.says("Нас было четверо.")
    await author.expects("Здесь можно рассказать")
    assert "Готовый текст ждёт вас" not in labels(author)
    await author.says("/mine")
    await author.presses("История 1")
    assert "Прочесть готовый текст" in labels(author)


async def test_who_reads_on_after_the_correction_was_dropped_is_told_so(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris, WAS)
    await correct(cast, anna, NOW)
    await author.presses("Прочесть исправление")
    await cast.open_card(anna)
    for label in ("Выход и публикация", "Открыть исправление", "Отменить исправление"):
        await anna.presses(label)
    await author.presses("Согласиться")
    await author.expects("Здесь сейчас не на что соглашаться")
    assert await correction(cast) is None
