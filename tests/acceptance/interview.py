"""A contributor tells a story by the questions of the interview, with files; and says the rest that must be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.acceptance.scene import Human

QUESTIONS: Final = {
    "who": "Кто вы?",
    "change": "Что изменилось в вашей жизни",
    "did": "Что вы сделали тогда",
    "hope": "Чего вы боитесь",
    "readers": "Что должны понять",
    "leave_out": "О чём нам лучше умолчать?",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said about a story, on the buttons and in words."""

    pen_name: str = ""
    topic: str = "Другое"
    region: str = ""
    contact: str = "Можно: без звука"


async def begin(author: Human, questionnaire: str) -> None:
    await author.says("/start")
    await author.presses("Рассказать историю")
    await author.presses("Понимаю, начать")
    await author.presses(questionnaire)


async def answer_all(author: Human, answers: Mapping[str, str], last: str = "Готово") -> None:
    """Question after question; those without an answer are skipped. last: the button under the last of them."""
    for name, asked in QUESTIONS.items():
        await author.expects(asked)
        if name not in answers:
            await author.presses("Пропустить вопрос", about=asked)
            continue
        await author.says(answers[name])
        await author.presses(last if name == "leave_out" else "Дальше", about="Пока в этом ответе")


async def answer_anew(author: Human, title: str, text: str) -> None:
    """From the overview and back to it."""
    await author.presses(f"{title}: есть ответ", about="Вы ответили")
    await author.presses("Стереть и написать заново")
    await author.expects(QUESTIONS["who"])
    await author.says(text)
    await author.presses("Все ответы", about="Пока в этом ответе")


async def send_files(author: Human, photos: list[bytes], voice: bytes, video: bytes) -> None:
    await author.sends_album(photos, "")
    await author.expects(f"Приложены {len(photos)} фотографии")
    await author.sends("voice", voice)
    await author.expects("Приложена 1 запись")
    await author.sends("video", video)
    await author.expects("Приложены 2 записи")


async def describe(author: Human, *descriptions: str) -> None:
    for number, description in enumerate(descriptions, 1):
        await author.expects(f"Снимок {number} из {len(descriptions)}")
        await author.expects("Что видно на этом снимке")
        await author.says(description)


async def give(author: Human, facts: Facts) -> None:
    """From the signature to the last look."""
    if facts.pen_name:
        await author.presses("Псевдонимом")
        await author.expects("Какой псевдоним")
        await author.says(facts.pen_name)
    else:
        await author.presses("Без имени")
    await author.presses(facts.topic, about="О чём ваша история")
    await author.expects("Откуда эта история")
    if facts.region:
        await author.says(facts.region)
    else:
        await author.presses("Не указывать")
    await author.presses(facts.contact)
    await author.presses("Согласиться", about="Тамиздат публикует")


async def send(author: Human) -> None:
    await author.presses("Отправить", about="Всё верно?")
    await author.expects("История отправлена")


async def tell_shortly(author: Human, story: str, facts: Facts | None = None) -> None:
    await begin(author, "Коротко и свободно")
    await author.expects("Расскажите свою историю")
    await author.says(story)
    await author.presses("Готово")
    await give(author, facts or Facts())
    await send(author)
