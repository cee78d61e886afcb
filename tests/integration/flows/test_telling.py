"""A story is told in words: many messages, corrections, a signature, a last look."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from handlers.policy import LONGEST_NAME, LONGEST_STORY
from tests.integration.flows.people import RISK, STORY, Cast, details, finish, photo

LONG_BEGINNING = "Я долго думала, рассказывать ли это кому-нибудь. " * 5


async def test_the_risk_is_said_before_anything_is_asked(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await author.says("/story")
    await author.reads("Редакторы не видят вашего аккаунта")
    await author.reads(RISK)
    await author.expects("В голосе и видео они остаются")
    await author.presses("Назад")
    await author.expects("Здесь можно рассказать")
    assert "accounts" not in await cast.rows()


async def test_many_messages_become_one_text(cast: Cast) -> None:
    await cast.submit(cast.author, "Раз.", "Два.", "Три.")
    assert await cast.text() == "Раз.\n\nДва.\n\nТри."


async def test_one_prompt_moves_along_with_the_messages(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    for word in ("Раз.", "Два.", "Три."):
        await author.says(word)
    await author.expects("12 знаков")
    assert len([seen for seen in author.chat if "Продолжайте" in seen.text.text]) == 1


async def test_a_mistake_is_corrected_where_it_stands(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    first = await author.says("В мае мы вышли.")
    await author.says("Нас было трое.")
    await author.edits(first, "В марте мы вышли.")
    await author.presses("Готово")
    await author.edits(first, "В марте мы вышли на площадь.")
    await author.expects("Как подписать")
    await author.presses("Без имени")
    await details(author)
    await author.reads("В марте мы вышли на площадь.\n\nНас было трое.")
    await author.edits(first, "Весной мы вышли на площадь.")
    await author.reads("Весной мы вышли на площадь.\n\nНас было трое.")
    await author.presses("Отправить")
    assert await cast.text() == "Весной мы вышли на площадь.\n\nНас было трое."


async def test_an_edit_of_a_message_that_does_not_count_is_answered(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    undone = await author.says("Лишнее.")
    await author.presses("Убрать последнее")
    await author.edits(undone, "Всё-таки не лишнее.")
    await author.reads("пришлите исправленное ещё раз")


async def test_an_edit_after_submission_changes_nothing(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    number = await author.says(STORY)
    await finish(author)
    await author.presses("Отправить")
    await author.edits(number, "Совсем другое.")
    await author.reads("Правку прежнего сообщения мы уже не учтём")
    assert await cast.text() == STORY


async def test_the_last_message_is_taken_back(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says("Раз.")
    await author.says("Два.")
    await author.presses("Убрать последнее")
    await author.expects("4 знака")
    await author.presses("Убрать последнее")
    await author.expects("Расскажите свою историю")


async def test_what_does_not_fit_is_refused_and_the_rest_is_kept(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    short = await author.says("Начало.")
    await author.says("а" * LONGEST_STORY)
    await author.expects("Это сообщение не поместилось: в истории может быть до 60\u00a0000 знаков")
    await author.edits(short, "б" * (LONGEST_STORY + 1))
    await author.expects("не поместилось")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == "Начало."


@pytest.mark.parametrize(
    ("choice", "prompt"), [("Псевдонимом", "Какой псевдоним"), ("Моим именем", "Подумайте ещё раз")]
)
async def test_a_name_is_signed(cast: Cast, choice: str, prompt: str) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Готово")
    await author.presses(choice)
    await author.expects(prompt)
    long = await author.says("Т" * (LONGEST_NAME + 1))
    await author.expects("не длиннее 60 знаков")
    await author.says("Тихая\nсвидетельница")
    await author.expects("в одну строку")
    await author.edits(long, "Тихая")
    await details(author)
    await author.expects("Подпись: Тихая")
    await author.presses("Изменить подпись")
    await author.presses("Без имени")
    await author.expects("Подпись: без имени")
    await author.presses("Изменить подпись")
    await author.presses(choice)
    await author.says("Громкая")
    await author.presses("Отправить")
    byline = (await cast.story()).details.byline
    assert byline is not None
    assert byline.reveal() == "Громкая"


async def test_going_back_runs_in_no_circle(cast: Cast) -> None:
    author = cast.author
    await cast.review(author)
    await author.presses("Вернуться к тексту")
    await author.says("Ещё слово.")
    await author.presses("Готово")
    await author.expects("Всё верно?")
    await author.presses("Изменить подпись")
    await author.presses("Псевдонимом")
    await author.presses("Назад")
    await author.expects("Как подписать")
    await author.presses("Без имени")
    await author.expects("Всё верно?")
    await author.reads("Ещё слово.")


async def test_what_is_written_at_the_last_look_is_not_added_unseen(cast: Cast) -> None:
    author = cast.author
    await cast.review(author)
    await author.says("И ещё кое-что.")
    await author.reads("Чтобы добавить ещё что-то, выберите «Вернуться к тексту»")
    await author.presses("Отправить")
    assert await cast.text() == STORY


async def test_a_draft_is_thrown_away_only_when_sure(cast: Cast) -> None:
    author = cast.author
    await cast.review(author)
    await author.presses("Отложить")
    await author.presses("Удалить черновик")
    await author.presses("Нет, вернуться")
    await author.presses("Вернуться к истории")
    await author.expects("Всё верно?")
    await author.presses("Отложить")
    await author.presses("Удалить черновик")
    await author.presses("Да, удалить")
    await author.reads("Черновик уничтожен")
    assert "stories" not in await cast.rows()
    assert await cast.keys_without_use() == 0


async def test_a_draft_is_not_left_by_a_command(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    for command in ("/start", "/story", "/mine", "/read_stories"):
        await author.says(command)
        await author.expects("Сначала закончим начатое")
    await author.says("/help")
    await author.expects("Передумали?")
    await finish(author)
    await author.reads(STORY)


@pytest.mark.parametrize("greeted", [True, False])
async def test_who_writes_unasked_is_asked_and_loses_nothing_meanwhile(stage: Stage, cast: Cast, greeted: bool) -> None:
    author = cast.author
    if greeted:
        await author.says("/start")
    await author.says(LONG_BEGINNING)
    await author.expects("Похоже, это начало истории. Сохранить её как черновик?")
    await author.says("И вот что было дальше.")
    await author.sends_photo(photo(), "Наш двор.")
    stage.restart()
    await author.says("/start")
    await author.expects("Приложена 1 фотография")
    await author.presses("Сохранить и продолжить")
    await author.reads(RISK)
    await author.says("Забыла сказать.")
    await author.reads("Это мы сохранили")
    await author.presses("Понимаю, начать")
    await author.expects("Продолжайте")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == f"{LONG_BEGINNING.strip()}\n\nИ вот что было дальше.\n\nНаш двор.\n\nЗабыла сказать."
    assert len((await cast.story()).details.photos) == 1


async def test_what_was_written_unasked_is_thrown_away_on_request(cast: Cast) -> None:
    author = cast.author
    await author.says(LONG_BEGINNING)
    await author.sends_photo(photo())
    await author.presses("Удалить написанное")
    await author.reads("Черновик уничтожен")
    assert cast.files() == 0
    assert await cast.keys_without_use() == 0
    await author.presses("Рассказать историю")
    await author.presses("Понимаю, начать")
    await author.expects("Как вам удобнее рассказывать?")


async def test_going_back_from_the_warning_does_not_throw_away_what_was_written(cast: Cast) -> None:
    author = cast.author
    await author.says(LONG_BEGINNING)
    await author.presses("Сохранить и продолжить")
    await author.presses("Назад")
    await author.expects("Сохранить её как черновик?")
    await author.presses("Сохранить и продолжить")
    await author.presses("Понимаю, начать")
    await author.expects("Продолжайте")


async def test_who_writes_before_choosing_has_chosen(cast: Cast) -> None:
    author = cast.author
    await author.says("/story")
    await author.presses("Понимаю, начать")
    await author.says(STORY)
    await author.expects("Пока в истории 52 знака")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == STORY


async def test_a_short_greeting_is_answered_with_the_menu(cast: Cast) -> None:
    author = cast.author
    await author.says("Здравствуйте!")
    await author.expects("Тамиздат")
    assert "Чтобы начать" not in author.last.text.text
    await author.says("Как это работает?")
    await author.expects("Чтобы начать, ")


async def test_a_draft_survives_the_service(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says("Первая половина.")
    stage.restart()
    await author.says("Вторая половина.")
    stage.restart()
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == "Первая половина.\n\nВторая половина."
