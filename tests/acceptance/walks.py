"""What people do on the page, step by step, from the home menu or a card to where the next step begins."""

from __future__ import annotations

from tests.acceptance.page import Hall, Seat

SILENTLY = "Можно: без звука и без подробностей"
NEVER = "Не писать мне совсем"


async def begin(author: Seat) -> None:
    for label in ("Рассказать историю", "Понимаю, начать", "Коротко и свободно"):
        await author.presses(label)
    await author.reads("Расскажите свою историю.")


async def send(author: Seat) -> None:
    await author.presses("Отправить")
    await author.reads("История отправлена.")


async def tell(author: Seat, story: str, *, topic: str, contact: str = SILENTLY) -> None:
    """In one message, without a name."""
    await begin(author)
    await author.says(story)
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.gives_details(topic, "Не указывать", contact, "Согласиться")
    await author.reads("Всё верно?")
    await send(author)


async def offer(hall: Hall, alias: str = "") -> None:
    await hall.opens_card("anna", status="У редакторов", alias=alias)
    await hall.editors.presses("Отправить автору на согласие")
    await hall.author.presses("Прочесть текст")
    await hall.author.reads("Вы согласны")


async def agree(author: Seat) -> None:
    await author.presses("Согласиться")
    await author.reads("Теперь текст должны одобрить два редактора")


async def approve(hall: Hall, editor: str, so_far: int, alias: str = "") -> None:
    await hall.opens_card(editor, status=f"{so_far} из 2", alias=alias)
    await hall.editors.presses("Одобрить", under=f"{so_far} из 2")


async def press_more(editors: Seat, label: str) -> None:
    """What stands one tap away when a desk has many buttons."""
    await editors.presses("Ещё")
    await editors.presses(label, under="Что ещё можно сделать")


async def open_release(hall: Hall, editor: str, alias: str, *labels: str, status: str = "Опубликовано") -> None:
    """Of a published story: to what stands behind these buttons."""
    await hall.opens_card(editor, status=status, alias=alias)
    for label in ("Выход и публикация", *labels):
        await hall.editors.presses(label)
