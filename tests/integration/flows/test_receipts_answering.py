"""Seven words answer the editors' questions from any account; and lead nowhere once they were sent to the editors."""

from __future__ import annotations

import pytest

import handlers
from bot.flows.program import JobKind
from bot.flows.testing import Person, Stage
from bot.texts.fluent import Texts
from storage.store import Store
from tests.integration.flows.conftest import messenger
from tests.integration.flows.held import Rules
from tests.integration.flows.people import STORY, Cast, labels
from tests.integration.flows.test_auditing import trail
from tests.integration.flows.test_receipts import UNKNOWN, chats, come_back, get_receipt

QUESTION = "В каком городе это было?"


async def ask(cast: Cast, editor: Person, question: str = QUESTION) -> None:
    await cast.open_card(editor)
    await editor.presses("Спросить автора")
    await editor.expects("вопрос прочтёт и тот, кто узнал её семь слов")
    await editor.says(question)


async def test_a_question_is_answered_by_the_words_alone(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    reader = cast.reader
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await ask(cast, anna)
    await ask(cast, anna, "А когда?")
    await come_back(reader, words)
    await reader.expects("Редакторы оставили вам 2 вопроса")
    await reader.presses("Ответить на вопрос")
    await reader.expects(QUESTION)
    await reader.expects("Редакторы увидят, что ответ пришёл по семи словам")
    assert "Больше не спрашивать меня" not in labels(reader)
    await reader.says("В Перми.")
    await reader.expects("Ответ у редакторов")
    await reader.says("Точнее, под Пермью.")  # it must not answer the second question
    await reader.presses("Готово")
    await reader.expects("Редакторы оставили вам 1 вопрос")
    assert STORY not in chats(reader)
    await cast.open_card(anna)
    desk = anna.last.text.text
    assert "Ответ пришёл по семи словам:" in desk
    assert "В Перми." in desk
    assert "Добавлено по семи словам:" in desk
    assert desk.count("Автор пока не ответил") == 1
    assert [action for _, action in await trail(stage)][-2:] == ["answered", "added"]


async def test_an_author_s_own_answer_is_not_marked(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await ask(cast, anna)
    await cast.author.presses("Прочесть вопрос")
    await cast.author.says("В Перми.")
    await cast.open_card(anna)
    await anna.expects("Ответ автора:")


async def test_who_looks_at_a_question_while_the_words_lose_their_force_answers_nothing(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await ask(cast, anna)
    await come_back(cast.reader, words)
    await cast.reader.presses("Ответить на вопрос")
    await get_receipt(cast.author)
    await cast.reader.says("В Перми.")
    await cast.reader.expects("Вопросов к вам сейчас нет")
    await cast.open_card(anna)
    await anna.expects("Автор пока не ответил")


# ── words that editors have read ─────────────────────────────────────────────────────────────────────────────────
async def test_words_in_a_new_story_are_pointed_out_and_lead_nowhere_once_it_is_sent(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    words = await get_receipt(author)
    await cast.review(author, f"{STORY} Вот мои слова: {words.upper()}.")
    await author.presses("Отправить")
    await author.expects("В истории есть семь слов подряд")
    await author.presses("Назад")
    await author.presses("Отправить")
    await author.presses("Отправить так")
    await author.expects("История отправлена")
    await come_back(cast.reader, words)
    await cast.reader.expects(UNKNOWN)
    assert ("system", "receipt_spoiled") in await trail(stage)


@pytest.mark.parametrize("is_answer", [True, False])
async def test_words_in_an_answer_or_addition_lead_nowhere(cast: Cast, is_answer: bool) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    words = await get_receipt(author)
    if is_answer:
        await ask(cast, anna)
        await author.presses("Прочесть вопрос")
    else:
        await author.says("/mine")
        await author.presses("История 1")
        await author.presses("Добавить что-то")
    await author.says(f"Мои слова: {words}")
    await author.expects("Если это они, больше они ни к чему не ведут")
    await come_back(cast.reader, words)
    await cast.reader.expects(UNKNOWN)


async def test_a_story_says_nothing_of_words_that_are_nobody_s(cast: Cast) -> None:
    """Else it would be a way of trying receipts that nobody counts."""
    author = cast.author
    await cast.submit(author)
    real = await get_receipt(author)
    for name, words in (("first", real), ("second", " ".join(reversed(real.split())))):
        other = cast.stage.person(name)
        await cast.review(other, f"{STORY} {words}")
        await other.presses("Отправить")
        await other.presses("Отправить так")
    assert chats(cast.stage.person("first")) == chats(cast.stage.person("second"))


async def test_from_another_messenger_it_is_said_who_could_read_it(
    store: Store, texts: Texts, fetch: JobKind, rules: Rules, cast: Cast
) -> None:
    stage = Stage(
        store,
        lambda: rules.hold(handlers.newsroom(fetch)),
        texts,
        adapter=messenger("matrix"),
        beside=[messenger("telegram")],
    )
    cast = Cast(stage=stage, data=cast.data)
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await ask(cast, anna)
    there = stage.person("author", platform="telegram")
    await come_back(there, words)
    await there.expects("сможет прочесть и тот, кто держит серверы этого мессенджера")
    assert QUESTION not in chats(there)
