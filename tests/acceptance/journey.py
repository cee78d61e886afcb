"""A story from the first word to "delete everything about me": the same steps on a calm day and on a bad one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tests.acceptance import newsdesk, words
from tests.acceptance.outcome import Outcome, outcome
from tests.acceptance.scene import ANNA, AUTHOR, BORIS, FIRST_READER, Human, Scene
from tests.fakes.telegram.people import Person

Card = TypeVar("Card")
Card_co = TypeVar("Card_co", covariant=True)
Card_contra = TypeVar("Card_contra", contravariant=True)


@dataclass(frozen=True, kw_only=True)
class Script:
    """What is said. The lengths decide how long the journey takes at one message a second and chat."""

    story: tuple[str, ...]
    edited: str
    photos: tuple[bytes, ...]
    voice: bytes

    @classmethod
    def long(cls) -> Script:
        """A story of some 3,800 characters, just short enough for one message of the bot's."""
        return cls(
            story=tuple(words.story(length, seed) for length, seed in ((2000, 1), (1000, 2), (800, 3))),
            edited=words.story(2600, 4),
            photos=(words.photo(1), words.photo(2)),
            voice=words.recording(3),
        )

    @classmethod
    def short(cls) -> Script:
        return cls(
            story=(words.story(1500, 1), words.story(700, 2)),
            edited=words.story(900, 4),
            photos=(words.photo(1), words.photo(2)),
            voice=words.recording(3),
        )


@dataclass(frozen=True, kw_only=True)
class People:
    author: Human
    anna: Human
    boris: Human
    leaver: Human
    """a reader who will leave"""
    blocker: Human
    """a reader who blocks the bot before the story is out"""
    lost: Person
    """a reader who has deleted the account; nobody tells the service"""

    @classmethod
    def gather(cls, scene: Scene) -> People:
        return cls(
            author=scene.person(AUTHOR, "avtor"),
            anna=scene.person(ANNA, "anna"),
            boris=scene.person(BORIS, "boris"),
            leaver=scene.person(FIRST_READER, "leaver"),
            blocker=scene.person(FIRST_READER + 1, "blocker"),
            lost=scene.person(FIRST_READER + 2, "lost").person,
        )


async def tell(scene: Scene, author: Human, script: Script) -> None:
    await author.says("/start")
    await author.presses("Рассказать историю")
    await author.expects("Telegram знает")
    await author.presses("Понимаю, начать")
    await author.presses("Коротко и свободно")
    await author.expects("Расскажите свою историю")
    for part in script.story:
        await author.says(part)
        await author.expects("Пока в истории")
    await author.sends("voice", script.voice)
    await author.expects("Приложена 1 запись")
    await author.sends_album(list(script.photos), "Вот наша площадь.")
    await author.presses("Готово", about=f"{len(script.photos)} фотографии")
    await author.expects("Что видно на этом снимке")
    await author.says(words.DESCRIPTION)
    await author.presses("Пропустить")
    await author.presses("Псевдонимом")
    await author.expects("Какой псевдоним")
    await author.says(words.PEN_NAME)
    await author.presses("Другое")
    await author.expects("Откуда эта история")
    await author.says(words.REGION)
    await author.presses("Можно: без звука")
    await author.presses("Согласиться", about="Тамиздат публикует")
    await author.presses("Отправить", about=words.PEN_NAME)
    await author.expects("История отправлена")


async def ask_and_answer(scene: Scene, anna: Human, author: Human) -> None:
    await anna.opens(await scene.card("У редакторов"))
    await anna.presses("Читать")
    await anna.presses("Назад", about="Это весь текст")
    await newsdesk.ask(anna, words.QUESTION)
    await newsdesk.note(anna, words.NOTE)
    await author.presses("Прочесть вопрос")
    await author.expects(words.QUESTION)
    await author.says(words.ANSWER)
    await author.expects("Ответ у редакторов")


class Voice(Protocol[Card_contra]):
    """A person on whatever platform."""

    async def says(self, text: str) -> None: ...

    async def presses(self, label: str) -> None: ...

    async def expects(self, words: str) -> object: ...

    async def opens(self, card: Card_contra) -> None: ...


class Desk(Protocol[Card_co]):
    async def card(self, words: str) -> Card_co: ...


async def edit_and_agree(scene: Desk[Card], anna: Voice[Card], author: Voice[Card], edited: str) -> None:
    await anna.opens(await scene.card("У редакторов"))
    await anna.expects(words.ANSWER)
    await anna.presses("Править")
    await anna.expects("Пришлите новый целиком")
    await anna.says(edited)
    await anna.presses("Сохранить версию")
    await anna.expects("Новая версия сохранена")
    await anna.opens(await scene.card("Версия 2"))
    await anna.presses("Отправить автору")
    await anna.expects("Текст отправлен автору")
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    await author.expects("одобрить два редактора")


async def approve(scene: Scene, anna: Human, boris: Human) -> None:
    await anna.opens(await scene.card("0 из 2"))
    await anna.presses("Одобрить")
    await anna.expects("Нужен ещё 1 редактор")
    assert scene.channel.sees() == []
    await boris.opens(await scene.card("1 из 2"))
    await boris.presses("Одобрить")
    await boris.expects("выйдет")
    assert scene.channel.sees() == []


async def release(scene: Scene, anna: Human, boris: Human) -> None:
    """Both insist on today: nobody here has a day's time."""
    for editor, said in ((anna, "Ваша просьба учтена"), (boris, "Опубликовано")):
        await editor.opens(await scene.card("выйдет"))
        await editor.presses("Выход и публикация")
        await editor.presses("Выпустить сегодня")
        await editor.expects(said)


async def travel(
    scene: Scene,
    people: People,
    script: Script,
    readers: Sequence[int],
    look: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """The whole way. What everybody sees at three stations: handed in, published, deleted; `look` is called there."""
    seen = []

    async def station() -> None:
        await scene.settled()
        look()
        seen.append(outcome(scene, readers))

    await tell(scene, people.author, script)
    await station()
    await ask_and_answer(scene, people.anna, people.author)
    await edit_and_agree(scene, people.anna, people.author, script.edited)
    people.blocker.blocks()
    people.lost.deactivates()
    await scene.settled()
    await approve(scene, people.anna, people.boris)
    await release(scene, people.anna, people.boris)
    await scene.published(script.edited[:80])
    await people.leaver.expects(script.edited[:80])
    await station()
    await people.leaver.presses("Отписаться")
    await people.leaver.expects("Вы отписались")
    await people.author.says("/delete")
    await people.author.presses("Да, удалить всё")
    await people.author.expects("у нас о вас больше ничего нет")
    await station()
    return seen
