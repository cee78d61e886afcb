"""Questions to an author, and the author's word on the final text."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from storage.story import Status
from tests.integration.flows.people import STORY, Cast, details, labels, photo

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
    await author.reads("Первый вопрос из 2")
    await author.says("В марте.")
    await author.reads("Ответ у редакторов")
    await author.says("/mine")
    await author.presses("История 1: вам оставили вопрос")
    await author.expects("Редакторы оставили вам 1 вопрос")
    await author.presses("Ответить на вопрос")
    await author.expects("Сколько вас было?")
    await author.presses("Отвечу позже")
    await author.presses("Прочесть вопрос")
    await author.says("Трое.")
    await author.presses("Готово")
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
    notice = author.last
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.taps(notice, "Прочесть вопрос")  # on a phone that has not heard yet that it was deleted
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


@pytest.mark.parametrize("manner", ["telegram", "local"])  # elsewhere a late tap is a reaction: `test_unproven.py`
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
    await stranger.reads("от прежнего вопроса. Вот нынешний")
    assert (await cast.story()).status == "consent"


async def rewrite(cast: Cast, editor: Person, text: str) -> None:
    """A new version, sent to its author."""
    await cast.open_card(editor)
    await editor.presses("Править")
    await editor.says(text)
    await editor.presses("Сохранить версию")
    await cast.open_card(editor)
    await editor.presses("Отправить автору")


async def test_the_author_is_told_that_nothing_was_changed(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await author.expects("В вашем тексте ничего не изменилось: он слово в слово такой")


async def test_the_author_reads_what_was_changed_in_their_text(cast: Cast) -> None:
    author = cast.author
    _, boris = await cast.editors()
    await cast.submit(author, "Весной мы вышли на площадь.", "Нас было трое.", "Потом всё изменилось.")
    await rewrite(cast, boris, "Весной мы вышли на улицу.\n\nПотом всё изменилось.\n\nВот и всё.")
    await author.presses("Прочесть текст")
    await author.reads("Весной мы вышли на улицу.\n\nПотом всё изменилось.\n\nВот и всё.")
    await author.expects("Вот что изменилось в вашем тексте")
    await author.expects("Было:\nВесной мы вышли на площадь.\nСтало:\nВесной мы вышли на улицу.")
    await author.expects("Убрано:\nНас было трое.")
    await author.expects("Добавлено:\nВот и всё.")
    bold = [span.text for span in author.last.text.spans if span.style.bold and span.style.quote]
    assert bold == ["площадь", "улицу"]


async def test_after_an_agreement_only_what_is_new_is_compared(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author, "Весной мы вышли на площадь. Нас было трое.")
    await rewrite(cast, anna, "Весной мы вышли на улицу. Нас было трое.")
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    await rewrite(cast, boris, "Весной мы вышли на улицу. Нас было пятеро.")
    await author.presses("Прочесть текст")
    await author.expects("Вот что изменилось с тех пор, как вы согласились")
    await author.expects("Было:\nВесной мы вышли на улицу. Нас было трое.")
    assert "площадь" not in author.last.text.text


async def test_many_changes_are_read_in_bites(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    days = [f"День {number}: мы стояли на площади и молчали." for number in range(1, 24)]
    await cast.submit(author, "\n".join(days))
    await rewrite(cast, anna, "\n".join(day.replace("площади", "улице") for day in days))
    await author.presses("Прочесть текст")
    await author.expects("осталось 13 изменённых абзацев")
    assert "День 10: мы стояли на улице" in author.last.text.text
    assert "День 11" not in author.last.text.text
    await author.presses("Показать остальное")
    await author.expects("День 20: мы стояли на улице")
    assert "День 10" not in author.last.text.text
    await author.expects("осталось 3 изменённых абзаца")
    await author.presses("Показать остальное")
    await author.expects("День 23: мы стояли на улице")
    assert "Показать остальное" not in labels(author)
    await author.presses("Согласиться")
    assert (await cast.story()).status is Status.AGREED


async def test_long_changes_are_shown_as_far_as_they_fit(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    paragraphs = [f"{number}. " + "Мы шли по пустой улице и молчали. " * 25 for number in range(1, 5)]
    await cast.submit(author, "\n".join(paragraphs))
    await rewrite(cast, anna, "\n".join(one.replace("пустой", "тёмной") for one in paragraphs))
    await author.presses("Прочесть текст")
    await author.expects("осталось 3 изменённых абзаца")


@pytest.mark.parametrize("manner", ["telegram", "local"])  # elsewhere a late tap is a reaction: `test_unproven.py`
async def test_the_rest_of_the_changes_of_an_older_text_is_not_agreed_to(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    days = [f"День {number}: мы стояли на площади и молчали." for number in range(1, 14)]
    await cast.submit(author, "\n".join(days))
    await rewrite(cast, anna, "\n".join(day.replace("площади", "улице") for day in days))
    await author.presses("Прочесть текст")
    await author.presses("Показать остальное")
    read = author.last
    await rewrite(cast, boris, EDITED)
    await author.taps(read, "Согласиться")
    await author.reads("Редакторы успели изменить текст")
    await author.reads(EDITED)
    assert (await cast.story()).status is Status.CONSENT


async def test_photos_are_seen_with_the_words_that_describe_them(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await author.presses("Готово")
    await author.says("Пустая площадь утром.")
    await author.presses("Без имени")
    await details(author)
    await author.presses("Отправить")
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await author.presses("Прочесть текст")
    assert [seen.text.text for seen in author.chat if seen.photo] == ["Пустая площадь утром."]
