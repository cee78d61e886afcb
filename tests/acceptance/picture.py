"""`python -m tests.acceptance.picture` makes docs/page.png: the real service, in the middle of a journey."""

from __future__ import annotations

import asyncio
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from tests.acceptance.demo import run_demo
from tests.acceptance.page import Hall, open_hall
from tests.acceptance.walks import agree, approve, begin, offer, send
from tests.browser import open_browser

_PICTURE: Final = Path(__file__).parents[2] / "docs" / "page.png"

_LIBRARY: Final = (
    "Двадцать лет я проработала в библиотеке. Весной нам прислали список: сорок две фамилии, «убрать из открытого "
    "доступа». Я составила акт, а потом две недели носила книги домой, по четыре в день, с картошкой сверху.\n\n"
    "Теперь по средам у меня открыто с шести до девяти. За всё время не пропала ни одна."
)
_NIGHT_BUS: Final = "Одиннадцать лет я вожу ночной автобус. Ночью люди говорят. Той весной они замолчали."
_CHOIR: Final = (
    "Мы поём в хоре учителей. На концерте ко Дню города нам выдали новую песню. Мы вышли, открыли рты и "
    "промолчали все три куплета. Аккомпаниатор доиграл до конца.\n\n"
    "В зале сначала было тихо, а потом кто-то начал хлопать."
)


async def take() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_browser() as browser,
            run_demo(Path(folder)) as demo,
            open_hall(browser, await demo.link()) as hall,
        ):
            await _subscribes(hall)
            await hall.author.begins()
            await _tells(hall, _LIBRARY, "Хранительница", photo=True)
            await offer(hall)
            await agree(hall.author)
            await approve(hall, "anna", 0)
            await approve(hall, "boris", 1)
            await _tells(hall, _NIGHT_BUS, "Ночной водитель")
            await offer(hall)
            await agree(hall.author)
            await approve(hall, "boris", 0)
            await _tells(hall, _CHOIR, "Второй голос")
            await hall.editors.becomes("anna")
            await hall.editors.turns_to("editors")
            await hall.editors.says("Про хор отправляю автору, я ничего не меняла.")
            await offer(hall)
            await _looks(hall)
            shown = await hall.page.screenshot(animations="disabled")
    _PICTURE.parent.mkdir(exist_ok=True)
    with Image.open(BytesIO(shown)) as image:
        image.convert("RGB").save(_PICTURE, optimize=True)


async def _subscribes(hall: Hall) -> None:
    await hall.reader.begins()
    await hall.reader.presses("Читать истории")
    await hall.reader.presses("Русский")
    await hall.reader.sees("Вы подписаны")


async def _tells(hall: Hall, story: str, byline: str, *, photo: bool = False) -> None:
    author = hall.author
    await begin(author)
    await author.says(story)
    if photo:
        await author.sends_photo("")
        await author.reads("1 фотография")
    await author.presses("Готово")
    if photo:
        await author.presses("Пропустить")
    await author.presses("Псевдонимом")
    await author.reads("Какой псевдоним")
    await author.says(byline)
    await author.gives_details()
    await send(author)


async def _looks(hall: Hall) -> None:
    """Everybody at what matters, with the hands off mouse and keys."""
    await hall.reader.presses("Читать дальше")
    await hall.reader.sees_photo()
    await hall.editors.becomes("boris")
    await hall.editors.turns_to("editors")
    await hall.editors.reads("Опубликовано", "1 из 2", "ждём согласия", "Про хор")
    await hall.page.mouse.move(0, 0)
    await hall.page.evaluate("document.activeElement.blur()")


if __name__ == "__main__":
    asyncio.run(take())
