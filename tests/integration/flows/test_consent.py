"""Questions to an author, and the author's word on the final text."""

from __future__ import annotations

from bot.flows.testing import Stage
from tests.integration.flows.people import STORY, Cast

EDITED = "Весной мы вышли на площадь."


async def test_two_questions_are_answered_one_after_the_other(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    for question in ("Когда это было?", "Сколько вас было?"):
        await cast.open_card(anna)
        await anna.presses("Спросить автора")
        await anna.says(question)
    await author.presses("Прочесть вопрос")
    await author.expects("Когда это было?")
    await author.says("В марте.")
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Ответить на вопрос")
    await author.expects("Сколько вас было?")
    await author.presses("Отвечу позже")
    await author.presses("Прочесть вопрос")
    await author.says("Трое.")
    await author.presses("Прочесть вопрос")
    await author.expects("Вопросов к вам сейчас нет")
    await author.says("Алло?")
    await author.expects("Вопросов к вам сейчас нет")
    assert "Здесь нужно" not in author.last.text.text
    await cast.open_card(anna)
    for words in ("Когда это было?", "В марте.", "Сколько вас было?", "Трое."):
        await anna.expects(words)


async def test_a_question_about_a_story_that_was_taken_back_is_gone(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Когда это было?")
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.presses("Прочесть вопрос")
    await author.expects("Вопросов к вам сейчас нет")


async def test_the_author_asks_for_changes_and_sees_the_text_again(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await author.reads("Так вашу историю увидят читатели")
    await author.presses("Попросить изменить")
    await author.says("а" * 2001)
    await author.expects("не больше 2\u00a0000 знаков")
    await author.says("Уберите город.")
    await author.expects("снова покажут вам текст")
    await cast.open_card(boris)
    await boris.expects("Уберите город.")
    await boris.presses("Править")
    await boris.says(EDITED)
    await boris.presses("Сохранить версию")
    await cast.open_card(boris)
    await boris.presses("Отправить автору")
    await author.presses("Прочесть текст")
    await author.reads(EDITED)
    await author.presses("Решу позже")
    await author.says("/mine")
    await author.presses("История 1: ждёт вашего согласия")
    await author.presses("Прочесть готовый текст")
    await author.presses("Согласиться")
    await author.expects("Теперь текст должны одобрить два редактора")


async def test_the_author_takes_the_story_back_instead_of_agreeing(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.expects("История уничтожена")
    assert "stories" not in await cast.rows()


async def test_an_agreement_counts_only_for_the_text_that_was_read(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    read = author.last
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.says(EDITED)
    await boris.presses("Сохранить версию")
    await cast.open_card(boris)
    await boris.presses("Отправить автору")
    await author.taps(read, "Согласиться")
    await author.reads("Редакторы успели изменить текст")
    await author.reads(EDITED)
    assert (await cast.story()).status == "consent"
    await author.presses("Согласиться")
    assert (await cast.story()).status == "agreed"


async def test_an_agreement_to_a_text_that_is_back_with_the_editors_counts_for_nothing(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.says(EDITED)
    await boris.presses("Сохранить версию")
    await author.presses("Согласиться")
    await author.expects("Здесь сейчас не на что соглашаться")
    assert (await cast.story()).status == "submitted"


async def test_a_wish_is_not_lost_when_editors_went_on_editing(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await author.presses("Попросить изменить")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.says(EDITED)
    await boris.presses("Сохранить версию")
    await author.says("Уберите город.")
    await author.expects("Редакторы прочтут это")
    await cast.open_card(boris)
    await boris.expects("Уберите город.")


async def test_nobody_agrees_for_somebody_else(stage: Stage, cast: Cast) -> None:
    author, stranger = cast.author, stage.person("stranger")
    anna, _ = await cast.editors()
    await cast.offer(author, anna)
    story = (await cast.story()).id.hex()
    for argument in (story, story.upper(), "", "00", "не число", f"{story} лишнее"):
        await stranger.says(f"/consent {argument}")
        await stranger.expects("Здесь сейчас не на что соглашаться")
        await stranger.says(f"/question {argument}")
        await stranger.expects("Вопросов к вам сейчас нет")
    assert STORY not in "".join(seen.text.text for seen in stranger.chat)
    await author.presses("Прочесть текст")
    await stranger.taps_token(f"!consent:{story}")
    await stranger.reads("Эта кнопка от прежнего вопроса")
    assert (await cast.story()).status == "consent"
