"""A story on Matrix from the first word to "delete everything about me": the steps of `journey.py`, without buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.acceptance import words
from tests.acceptance.journey import Script, edit_and_agree
from tests.acceptance.matrix_human import MatrixHuman
from tests.acceptance.matrix_outcome import Outcome, assert_encrypted, outcome
from tests.acceptance.matrix_scene import MatrixScene


@dataclass(frozen=True, kw_only=True)
class Public:
    """Those who are no editors."""

    author: MatrixHuman
    leaver: MatrixHuman
    """a reader who will unsubscribe"""
    readers: Sequence[MatrixHuman]
    gone: MatrixHuman
    """a reader who leaves the room before the story is out"""

    @property
    def everybody(self) -> list[MatrixHuman]:
        return [self.author, self.leaver, self.gone, *self.readers]

    @classmethod
    async def gather(cls, scene: MatrixScene, readers: int = 1) -> Public:
        author, leaver, gone, *others = [
            await scene.human(name)
            for name in ("avtor", "leaver", "gone", *(f"reader{number}" for number in range(readers)))
        ]
        return cls(author=author, leaver=leaver, gone=gone, readers=others)


async def meet(people: Sequence[MatrixHuman]) -> None:
    """The service runs: the bot accepts everybody's invitation."""
    await asyncio.gather(*(one.meets() for one in people))


async def subscribe(reader: MatrixHuman) -> None:
    await reader.says("!start")
    await reader.presses("Читать истории")
    await reader.presses("Русский")
    await reader.expects("Вы подписаны на истории.")


async def tell(author: MatrixHuman, script: Script) -> None:
    await author.says("!start")
    await author.presses("Рассказать историю")
    await author.expects("Matrix")
    await author.presses("Понимаю, начать")
    await author.presses("Коротко и свободно")
    await author.expects("Расскажите свою историю")
    for part in script.story:
        await author.says(part)
        await author.expects("Пока в истории")
    await author.sends_voice(script.voice)
    await author.expects("Приложена 1 запись")
    await author.sends_photos(list(script.photos), "Вот наша площадь.")
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


async def ask_and_answer(scene: MatrixScene, anna: MatrixHuman, author: MatrixHuman, script: Script) -> None:
    await anna.opens(await scene.card("У редакторов"))
    await anna.presses("Читать")
    photo = await anna.receives("m.image")
    assert photo.startswith(b"\xff\xd8")
    assert words.EXIF.encode() not in photo
    await anna.presses("Назад", about="Это весь текст")
    await recordings(anna)
    await anna.presses("Позвать второго редактора")
    await anna.expects("Сутки ждём второго редактора")
    await scene.boris.opens(await scene.card("Нужен второй редактор"))
    await recordings(scene.boris)
    await scene.boris.presses("Открыть", about="просит открыть голос и видео")
    await scene.boris.expects("открыты вам двоим")
    await anna.opens(await scene.card("У редакторов"))
    await recordings(anna)
    await anna.presses("Слушать и смотреть")
    await anna.expects("Это все записи автора")
    assert await anna.receives("m.audio") == script.voice
    await anna.opens(await scene.card("У редакторов"))
    await anna.presses("Спросить автора")
    await anna.expects("Что спросить")
    await anna.says(words.QUESTION)
    await anna.expects("Вопрос ушёл")
    await anna.presses("Ещё")
    await anna.presses("Записать заметку", about="Что ещё можно сделать")
    await anna.expects("Напишите заметку")
    await anna.says(words.NOTE)
    await anna.expects("Заметка на столе")
    await author.presses("Прочесть вопрос")
    await author.expects(words.QUESTION)
    await author.says(words.ANSWER)
    await author.expects("Ответ у редакторов")


async def recordings(editor: MatrixHuman) -> None:
    await editor.presses("Ещё")
    await editor.presses("Голос и видео", about="Что ещё можно сделать")


async def approve(scene: MatrixScene) -> None:
    await scene.anna.opens(await scene.card("0 из 2"))
    await scene.anna.presses("Одобрить")
    await scene.anna.expects("Нужен ещё 1 редактор")
    assert await scene.channel.sees() == []
    await scene.boris.opens(await scene.card("1 из 2"))
    await scene.boris.presses("Одобрить")
    await scene.boris.expects("выйдет")
    assert await scene.channel.sees() == []


async def release(scene: MatrixScene) -> None:
    """Both insist on today: nobody here has a day's time."""
    for editor, said in ((scene.anna, "Ваша просьба учтена"), (scene.boris, "Опубликовано")):
        await editor.opens(await scene.card("выйдет"))
        await editor.presses("Выход и публикация")
        await editor.presses("Выпустить сегодня")
        await editor.expects(said)


async def travel(
    scene: MatrixScene, public: Public, script: Script, look: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """The whole way. What everybody sees at three stations: handed in, published, deleted; `look` is called there.

    All have met the bot; the editors are enrolled, and the readers subscribed.
    """
    seen = []
    author, everybody = public.author, [*public.everybody, scene.anna, scene.boris]
    rooms = {one.name: (one.chat, one.person.user_id) for one in everybody}
    rooms |= {"editors": (scene.editors, ""), "channel": (scene.channel, "")}

    async def station() -> None:
        await scene.settled()
        look()
        seen.append(await outcome(rooms))

    await tell(author, script)
    await station()
    await ask_and_answer(scene, scene.anna, author, script)
    await edit_and_agree(scene, scene.anna, author, script.edited)
    await public.gone.leaves()
    await scene.settled()
    await approve(scene)
    await release(scene)
    await scene.published(script.edited[:80])
    for reader in (public.leaver, *public.readers):
        await reader.expects(script.edited[:80])
    await station()
    await public.leaver.presses("Отписаться")
    await public.leaver.expects("Вы отписались")
    await author.says("!delete")
    await author.presses("Да, удалить всё")
    await author.expects("у нас о вас больше ничего нет")
    await station()
    for one in everybody:
        await assert_encrypted(one.chat)
    await assert_encrypted(scene.editors)
    return seen
