"""A story told by a questionnaire: question by question, with notes for editors alone, put off, taken up again."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from bot.types import FileKind
from handlers.policy import DRAFT_SECONDS, LONG_DRAFT_SECONDS, LONGEST_DESCRIPTION, MOST_RECORDINGS
from storage.clock import HOUR
from storage.story import Contact
from tests.clock import Clock
from tests.integration.flows.conftest import PLATFORMS
from tests.integration.flows.people import STORY, Cast, details, finish, photo

CHANGED = "Той весной я перестала спать по ночам."
HIDDEN = "Не пишите, что я учительница."


async def interview(author: Person) -> None:
    await author.says("/story")
    await author.presses("Понимаю, начать")
    await author.expects("Шесть вопросов")
    await author.presses("Интервью")
    await author.expects("Вопрос 1 из 6")


async def answered(author: Person) -> None:
    """To the signature: the second and the last question answered."""
    await interview(author)
    await author.presses("Пропустить вопрос")
    await author.says(CHANGED)
    await author.presses("Дальше")
    for _ in range(3):
        await author.presses("Пропустить вопрос")
    await author.expects("Вопрос 6 из 6")
    await author.says(HIDDEN)
    await author.presses("Готово")
    await author.expects("Как подписать историю?")


async def test_answers_become_titled_sections_and_what_to_leave_out_a_note(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await interview(author)
    await author.reads("Кто вы?")
    await author.says("Мне за сорок.")
    await author.says("Я работаю с детьми.")
    await author.presses("Дальше")
    await author.says(CHANGED)
    await author.presses("Дальше")
    for _ in range(3):
        await author.presses("Пропустить вопрос")
    await author.says(HIDDEN)
    await author.presses("Готово")
    await author.presses("Без имени")
    await details(author)
    await author.reads(f"О себе\nМне за сорок.\n\nЯ работаю с детьми.\n\nЧто изменилось\n{CHANGED}")
    await author.reads("Только для редакторов, без публикации:")
    await author.presses("Отправить")
    text = f"# О себе\nМне за сорок.\n\nЯ работаю с детьми.\n\n# Что изменилось\n{CHANGED}"
    assert await cast.text() == text
    async with stage.store.read() as tx:
        (note,) = await tx.questions.all(await cast.story())
    assert note.answer is not None
    assert note.answer.reveal() == f"О чём умолчать\n{HIDDEN}"


async def test_a_question_that_must_be_answered_can_not_be_skipped(cast: Cast) -> None:
    author = cast.author
    await interview(author)
    await author.presses("Пропустить вопрос")
    assert not any("Пропустить" in button.label for row in author.last.buttons for button in row)
    await author.presses("К прошлому вопросу")
    await author.says("Мне за сорок.")
    await author.presses("Все ответы")
    await author.presses("О чём умолчать: пусто")
    await author.presses("Пропустить вопрос")
    await author.expects("На этот вопрос нужно ответить")
    await author.expects("Вопрос 2 из 6")


async def test_the_overview_says_how_far_one_is_and_opens_each_answer(cast: Cast) -> None:
    author = cast.author
    await interview(author)
    await author.says("Мне за сорок.")
    await author.presses("Дальше")
    await author.says("Той весной.")
    await author.presses("Все ответы")
    await author.expects("Вы ответили на 2 из 6 вопросов")
    await author.presses("О себе: есть ответ")
    await author.reads("Мне за сорок.")
    await author.presses("Стереть и написать заново")
    await author.expects("Кто вы?")
    await author.says("Мне тридцать.")
    await author.presses("Все ответы")
    await author.presses("Что изменилось: есть ответ")
    await author.presses("Дописать")
    await author.says("В марте.")
    await author.presses("Все ответы")
    await author.presses("Готово")
    await author.presses("Без имени")
    await details(author)
    await author.presses("Вернуться к тексту")
    await author.expects("Вы ответили на 2 из 6 вопросов")
    await author.presses("Готово")
    await author.presses("Отправить")
    assert await cast.text() == "# О себе\nМне тридцать.\n\n# Что изменилось\nТой весной.\n\nВ марте."


async def test_only_the_last_message_of_this_answer_is_taken_back(cast: Cast) -> None:
    author = cast.author
    await interview(author)
    await author.says("Мне за сорок.")
    await author.presses("Дальше")
    await author.says("Раз.")
    await author.says("Два.")
    await author.presses("Убрать последнее")
    await author.expects("Пока в этом ответе 4 знака")
    await author.presses("Убрать последнее")
    await author.expects("Что изменилось в вашей жизни и когда?")
    await author.presses("К прошлому вопросу")
    await author.expects("Пока в этом ответе 13 знаков")


async def test_an_answer_for_editors_takes_no_photo(cast: Cast) -> None:
    author = cast.author
    await answered(author)
    await author.presses("Назад")
    await author.sends_photo(photo())
    await author.expects("Этот ответ только для редакторов")
    assert cast.files() == 0


async def test_the_last_published_words_edited_away_send_nothing(cast: Cast) -> None:
    author = cast.author
    await interview(author)
    await author.presses("Пропустить вопрос")
    number = await author.says(CHANGED)
    await author.presses("Дальше")
    for _ in range(4):
        await author.presses("Пропустить вопрос")
    await author.presses("Без имени")
    await details(author)
    await author.edits(number, "")
    await author.presses("Отправить")
    await author.expects("На этот вопрос нужно ответить")
    assert "stories" not in await cast.rows()


async def test_somebody_writes_for_another_and_says_so_to_editors_alone(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await author.says("/story")
    await author.presses("Понимаю, начать")
    await author.presses("За другого человека")
    await author.expects("Знает ли этот человек")
    await author.says("Знает и согласен.")
    await author.presses("Дальше")
    await author.presses("Пропустить вопрос")
    await author.says("Его уволили.")
    await author.presses("Все ответы")
    await author.presses("Готово")
    await author.presses("Без имени")
    await details(author)
    await author.presses("Отправить")
    assert await cast.text() == "# Что произошло\nЕго уволили."
    async with stage.store.read() as tx:
        (note,) = await tx.questions.all(await cast.story())
    assert note.answer is not None
    assert note.answer.reveal() == "Согласие\nЗнает и согласен."


# ── later ────────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_a_draft_is_kept_for_a_week_on_request(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await interview(author)
    await author.says("Мне за сорок.")
    await author.presses("Отложить")
    await author.expects("сутки после вашего последнего сообщения")
    await author.presses("Хранить неделю")
    await author.expects("неделю после вашего последнего сообщения")
    clock.pass_(hours=LONG_DRAFT_SECONDS // HOUR - 2)
    await stage.settle()
    await author.says("Я вернулась.")
    await author.expects("Кто вы?")
    await author.expects("Пока в этом ответе 25 знаков")
    clock.pass_(hours=LONG_DRAFT_SECONDS // HOUR + 2)
    await stage.settle()
    assert {"timers", "blobs"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_the_hour_until_which_a_draft_is_kept_is_true(cast: Cast, stage: Stage, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Отложить")
    clock.pass_(seconds=DRAFT_SECONDS - 1)
    await stage.settle()
    await author.presses("Вернуться к истории")
    await author.expects("Пока в истории 52 знака")


# ── photos and recordings ────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(params=PLATFORMS)
def manner(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_each_photo_is_described_or_not(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    for _ in range(3):
        await author.sends_photo(photo())
    await author.presses("Готово")
    await author.reads("Снимок 1 из 3")
    await author.says("о" * (LONGEST_DESCRIPTION + 1))
    await author.reads("не длиннее 500 знаков")
    await author.says("Пустая площадь под снегом.")
    await author.reads("Снимок 2 из 3")
    await author.presses("Пропустить")
    await author.says("Окно с занавеской.")
    await author.presses("Без имени")
    await details(author)
    await author.presses("Описания снимков")
    await author.expects("Сейчас описание такое: Пустая площадь под снегом.")
    await author.presses("Оставить как есть")
    await author.says("Пустой двор.")
    await author.says("Окно.")
    await author.expects("Всё верно?")
    await author.presses("Отправить")
    captions = [one.caption.reveal() for one in (await cast.story()).details.photos]
    assert captions == ["Пустая площадь под снегом.", "Пустой двор.", "Окно."]


@pytest.mark.parametrize("kind", [FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE])
async def test_a_recording_goes_to_editors(cast: Cast, kind: FileKind) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_file(kind, b"sound and pictures")
    await author.expects("Приложена 1 запись")
    await finish(author)
    await author.expects("1 запись получат только редакторы")
    await author.presses("Отправить")
    (recording,) = (await cast.story()).details.recordings
    assert (recording.kind, recording.size) == (kind, len(b"sound and pictures"))


async def test_one_recording_too_many_is_said_and_the_others_stay(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    for _ in range(MOST_RECORDINGS + 1):
        await author.sends_file(FileKind.VOICE, b"sound")
    await author.expects("до 5 записей. Эта лишняя")
    assert cast.files() == MOST_RECORDINGS


# ── what editors must know besides ───────────────────────────────────────────────────────────────────────────────
async def test_topic_place_and_contact_are_asked_and_changed_at_the_last_look(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.presses("Жизнь в России")
    long = await author.says("Большой " * 10)
    await author.expects("не длиннее 60 знаков")
    await author.edits(long, "Большой город")
    await author.presses("Не писать мне совсем")
    await author.expects("Без вашего согласия на это мы ничего не отправим")
    await author.presses("Согласиться")
    for words in ("Тема: Жизнь в России", "Место: Большой город", "Писать вам: нельзя"):
        await author.expects(words)
    await author.presses("Тема")
    await author.presses("Протест")
    await author.presses("Место")
    await author.presses("Не указывать")
    await author.presses("Можно ли писать")
    await author.presses("Только когда я сюда вернусь")
    await author.expects("Тема: Протест")
    assert "Место:" not in author.last.text.text
    await author.presses("Отправить")
    await author.expects("Писать вам мы не будем. Загляните сюда")
    kept = (await cast.story()).details
    assert (kept.topic, kept.region, kept.contact) == ("protest", None, Contact.RETURN)


async def test_without_agreeing_to_the_terms_nothing_is_sent(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.presses("Другое")
    await author.presses("Не указывать")
    await author.presses("Можно: без звука")
    await author.says("А зачем?")
    await author.expects("Без вашего согласия на это")
    await author.presses("Назад")
    await author.expects("Можно ли вам писать")
    assert "stories" not in await cast.rows()
