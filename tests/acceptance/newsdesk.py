"""What editors do with a story, step by step: each begins at the desk and ends there."""

from __future__ import annotations

from tests.acceptance.scene import Human, Scene


async def newest_alias(scene: Scene) -> str:
    """What editors call the story that has just come in."""
    card = await scene.card("У редакторов: прочесть")
    return card.text.split("\n")[0]


async def open_desk(scene: Scene, editor: Human, alias: str, status: str = "") -> None:
    """By the link of the story's card, once it says so."""
    card = await scene.waits(
        lambda: next((one for one in scene.editors.sees() if alias in one.text and status in one.text), None),
        f"{alias}: {status}",
        scene.editors.sees,
    )
    await editor.opens(card)
    await editor.expects(alias)


async def find_in_queue(scene: Scene, editor: Human, alias: str) -> None:
    await editor.says("/queue")
    listed = await editor.expects(alias)
    assert "с сегодняшнего дня" in listed.text
    await editor.presses(alias)
    await editor.expects("Историю пока никто не взял")


async def presses_more(editor: Human, label: str) -> None:
    """What stands one tap away when a desk has many buttons."""
    await editor.presses("Ещё")
    await editor.presses(label, about="Что ещё можно сделать")


async def open_recordings(scene: Scene, editor: Human, second: Human, alias: str) -> None:
    """By two, and then before the first of them."""
    await presses_more(editor, "Голос и видео")
    await editor.presses("Позвать второго редактора")
    await editor.expects("Сутки ждём второго редактора")
    await open_desk(scene, second, alias, "Нужен второй редактор")
    await presses_more(second, "Голос и видео")
    await second.presses("Открыть", about="просит открыть голос и видео")
    await second.expects("открыты вам двоим")
    await open_desk(scene, editor, alias)
    await presses_more(editor, "Голос и видео")
    await editor.presses("Слушать и смотреть")
    await editor.expects("Это все записи автора")


async def ask(editor: Human, question: str) -> None:
    await editor.presses("Спросить автора")
    await editor.expects("Что спросить")
    await editor.says(question)
    await editor.expects("Вопрос ушёл")


async def note(editor: Human, text: str) -> None:
    await presses_more(editor, "Записать заметку")
    await editor.expects("Напишите заметку")
    await editor.says(text)
    await editor.expects("Заметка на столе")


async def rewrite_section(editor: Human, title: str, text: str) -> None:
    await editor.presses("Править")
    await editor.presses(title, about="Что правим")
    await editor.expects("нынешний текст раздела")
    await editor.says(text)
    await editor.presses("Сохранить версию")
    await editor.expects("Новая версия сохранена")


async def cut(editor: Human, passage: str) -> None:
    await editor.expects("Выше — нынешний текст")
    await editor.says(passage)
    await editor.expects("[…]")
    await editor.presses("Сохранить версию", about="Так будет вырезано 1 место")
    await editor.expects("Место вырезано")


async def offer(editor: Human) -> None:
    await editor.presses("Отправить автору на согласие")
    await editor.expects("Текст отправлен автору")


async def approve(scene: Scene, anna: Human, boris: Human, alias: str) -> None:
    for editor, so_far, said in ((anna, "0 из 2", "Нужен ещё 1 редактор"), (boris, "1 из 2", "выйдет")):
        await open_desk(scene, editor, alias, so_far)
        await editor.presses("Одобрить")
        await editor.expects(said)


async def choose_tomorrow(scene: Scene, editor: Human, alias: str) -> None:
    await open_desk(scene, editor, alias, "выйдет")
    await editor.presses("Выход и публикация")
    await editor.presses("Выбрать другое время")
    await editor.presses("Завтра утром")
    await editor.expects("Время выпуска изменено")


async def insist_on_today(scene: Scene, anna: Human, boris: Human, alias: str) -> None:
    for editor, said in ((anna, "Ваша просьба учтена"), (boris, "Опубликовано")):
        await open_desk(scene, editor, alias, "выйдет")
        await editor.presses("Выход и публикация")
        await editor.presses("Выпустить сегодня")
        await editor.expects(said)


async def propose_correction(scene: Scene, editor: Human, alias: str, was: str, now: str, kind: str) -> None:
    await open_desk(scene, editor, alias, "Опубликовано")
    await editor.presses("Выход и публикация")
    await editor.presses("Исправить текст")
    await editor.presses("Заменить отрывок")
    await editor.expects("слово в слово")
    await editor.says(was)
    await editor.expects("Что должно стоять")
    await editor.says(now)
    await editor.presses(kind, about="Меняется ли смысл")
    await editor.expects("До этого читатели видят прежний текст")


async def confirm_correction(scene: Scene, editor: Human, alias: str) -> None:
    await open_desk(scene, editor, alias, "Опубликовано")
    await editor.presses("Выход и публикация")
    await editor.presses("Открыть исправление")
    await editor.presses("Подтвердить")
    await editor.expects("текст в канале и у подписчиков уже меняется")


async def take_down(scene: Scene, editor: Human, alias: str) -> None:
    await open_desk(scene, editor, alias, "Автор просит снять")
    await editor.presses("Выход и публикация")
    await editor.expects("решить может один редактор")
    await editor.presses("Снять с публикации")
    await editor.presses("Снять", about="Снять историю с публикации?")
    await editor.expects("История снята с публикации")


async def reject(scene: Scene, editor: Human, alias: str, reason: str) -> None:
    """reason: the label of a ready one, or the editor's own words."""
    await open_desk(scene, editor, alias, "У редакторов")
    await editor.presses("Отказать")
    why = await editor.expects("Почему отказываем")
    if any(reason == button.text for row in why.buttons for button in row):
        await editor.presses(reason)
    else:
        await editor.says(reason)
    await editor.presses("Отказать и сообщить", about="Так это прочтёт автор")
    await editor.expects("История не принята")
