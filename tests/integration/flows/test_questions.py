"""Editors' questions, one at a time: answered, put off, skipped, or none any more."""

from __future__ import annotations

from bot.flows.testing import Person, Stage
from storage.story import Contact
from tests.integration.flows.people import Cast, labels


async def ask(cast: Cast, editor: Person, *questions: str) -> None:
    for question in questions:
        await cast.open_card(editor)
        await editor.presses("Спросить автора")
        await editor.says(question)


async def answers(cast: Cast) -> list[tuple[str, str | None, bool]]:
    async with cast.stage.store.read() as tx:
        found = await tx.questions.all(await cast.story())
    return [(one.question.reveal(), one.answer.reveal() if one.answer else None, one.skipped) for one in found]


async def test_the_second_message_of_an_answer_is_not_the_answer_to_the_next_question(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Когда это было?", "Сколько вас было?")
    await author.presses("Прочесть вопрос")
    await author.says("В марте.")
    await author.says("Точнее, пятого марта.")
    await author.expects("редакторы это прочтут")
    await author.presses("Следующий вопрос")
    await author.expects("Сколько вас было?")
    await author.says("Трое.")
    await author.presses("Готово")
    assert await answers(cast) == [
        ("Когда это было?", "В марте.", False),
        ("Сколько вас было?", "Трое.", False),
        ("", "Точнее, пятого марта.", False),
    ]


async def test_a_skipped_question_is_shown_as_skipped(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Где это было?", "Сколько вас было?")
    await author.presses("Прочесть вопрос")
    await author.presses("Пропустить этот вопрос")
    await author.expects("Вопрос пропущен, это ничего")
    await author.presses("Следующий вопрос")
    await author.expects("Сколько вас было?")
    await author.presses("Пропустить этот вопрос")
    assert labels(author) == ["Готово"]
    await author.presses("Готово")
    await author.expects("Здесь можно рассказать")
    assert await answers(cast) == [("Где это было?", None, True), ("Сколько вас было?", None, True)]
    assert "Осталось без ответа: 2" in cast.card().text.text
    await cast.open_card(anna)
    await anna.reads("Автор не стал отвечать")
    await author.presses("Прочесть вопрос")
    await author.expects("Вопросов к вам сейчас нет")


async def test_who_skipped_a_question_can_still_say_something(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Сколько вас было?")
    await author.presses("Прочесть вопрос")
    await author.presses("Пропустить этот вопрос")
    await author.says("Всё-таки скажу: трое.")
    await author.expects("редакторы это прочтут")
    assert await answers(cast) == [("Сколько вас было?", None, True), ("", "Всё-таки скажу: трое.", False)]


async def test_who_wants_no_more_questions_about_a_story_that_was_refused_is_told_the_truth(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Когда это было?")
    await author.presses("Прочесть вопрос")
    await author.presses("Больше не спрашивать")
    await cast.open_card(anna)
    await anna.presses("Отказать")
    await anna.says("Об этом мы уже писали.")
    await anna.presses("Отказать и сообщить")
    await author.presses("Да, не спрашивайте")
    await author.expects("Вопросов к вам сейчас нет")
    assert (await cast.story()).details.contact is Contact.SILENT


async def test_who_wants_no_more_questions_is_told_what_follows(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Где это было?", "Сколько вас было?")
    await author.presses("Прочесть вопрос")
    await author.presses("Больше не спрашивать меня")
    await author.expects("редакторы смогут только сокращать её и закрывать в ней имена")
    await author.presses("Назад")
    await author.presses("Больше не спрашивать меня")
    await author.presses("Да, не спрашивайте")
    await author.expects("об этой истории вас больше не спросят")
    assert (await cast.story()).details.contact is Contact.NEVER
    assert await answers(cast) == [("Где это было?", None, True), ("Сколько вас было?", None, True)]
    assert "вопрос" not in " ".join(labels(author))
    await author.says("/mine")
    await author.presses("История 1: у редакторов")
    await author.expects("Вы просили вам не писать")


async def test_two_taps_and_a_stale_button_skip_one_question(stage: Stage, cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Где это было?", "Сколько вас было?")
    await author.presses("Прочесть вопрос")
    tapped = author.last
    await author.taps(tapped, "Пропустить этот вопрос")
    await author.taps(tapped, "Пропустить этот вопрос")
    await author.reads("от прежнего вопроса")
    await author.taps(tapped, "Больше не спрашивать меня")
    await author.presses("Следующий вопрос")
    await author.expects("Сколько вас было?")
    assert await answers(cast) == [("Где это было?", None, True), ("Сколько вас было?", None, False)]


async def test_an_answer_to_a_story_that_was_rejected_meanwhile_is_not_announced_as_sent(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author)
    await ask(cast, anna, "Где это было?")
    await author.presses("Прочесть вопрос")
    await cast.open_card(boris)
    await boris.presses("Отказать")
    await boris.says("Об этом мы уже писали.")
    await boris.presses("Отказать и сообщить")
    await author.says("В Туле.")
    await author.expects("Вопросов к вам сейчас нет")
    assert await answers(cast) == [("Где это было?", None, False)]
