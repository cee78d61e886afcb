"""Newsletters, as editors and readers see them."""

from __future__ import annotations

from tests.integration.flows.people import subscribe
from tests.integration.flows.scenes.desks import time_passes
from tests.integration.flows.scenes.scene import Scene


async def _written(scene: Scene) -> None:
    await scene.anna.says("/letters")
    await scene.quietly(scene.anna, "letters-new")
    await scene.anna.says(scene.words("Ноябрь", "November"))
    await scene.quietly(scene.anna, "letter-text")
    await scene.anna.presses(scene.words("Русский", "English"))
    await scene.anna.says(scene.words("Вышли три истории.", "Three stories are out."))
    await scene.quietly(scene.anna, "letter-save")


async def _sent(scene: Scene) -> None:
    await _written(scene)
    await scene.quietly(scene.anna, "desk-approve")
    await scene.boris.says("/letters")
    await scene.boris.presses(scene.words("Ноябрь", "November"))
    await scene.quietly(scene.boris, "desk-approve", "letter-to-send", "letter-send-now")
    await time_passes(scene)


async def letter(scene: Scene) -> None:
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/letters")
    await scene.press(anna, "letters-new")
    await scene.says(anna, "Ноябрь", "November")
    await scene.press(anna, "letter-text")
    await scene.script.presses(anna, scene.words("Русский", "English"))
    await scene.says(anna, "Вышли **три истории.", "**Three stories are out.")
    await scene.press(anna, "letter-save", "edit-discard", "letter-text")
    await scene.script.presses(anna, scene.words("Русский", "English"))
    await scene.says(anna, "Вышли **три истории**.", "**Three stories** are out.")
    await scene.press(anna, "letter-save", "letter-text")
    await scene.script.presses(anna, scene.words("Русский", "English"))
    await scene.press(anna, "letter-links")
    await scene.says(anna, "Прочесть", "Read them")
    await scene.says(anna, "Прочесть https://example.org", "Read them https://example.org")
    await scene.script.says(anna, "/letters")
    await scene.script.presses(anna, scene.words("Ноябрь", "November"))
    await scene.press(anna, "letter-to-pictures", "button-back", "letter-to-preview", "letter-to-test", "letter-delete")


async def letter_for_whom(scene: Scene) -> None:
    for number in range(5):
        await subscribe(scene.cast.stage.person(f"reader{number}"), scene.words("Русский", "English"))
    await _written(scene)
    anna = scene.script.follow(scene.anna)
    await scene.press(anna, "letter-to-readers")
    await scene.script.presses(anna, scene.words("Раз в неделю", "Once a week"))
    await scene.press(anna, "letter-readers-topics", "topic-war")


async def letter_sent(scene: Scene) -> None:
    """As the one who sends it sees it, then the other editor, then a reader."""
    await subscribe(scene.cast.stage.person("subscriber"), scene.words("Русский", "English"))
    await _written(scene)
    await scene.quietly(scene.anna, "desk-approve")
    boris = scene.script.follow(scene.boris)
    await scene.script.says(boris, "/letters")
    await scene.script.presses(boris, scene.words("Ноябрь", "November"))
    await scene.press(boris, "desk-approve", "letter-to-send")
    await scene.script.says(boris, "02.03 18:30")
    await scene.press(boris, "letter-stop", "letter-to-send", "letter-send-now")
    scene.script.note(scene.words("другой редактор", "the other editor"))
    await scene.script.says(scene.script.follow(scene.anna), "/letters")
    await scene.script.presses(scene.anna, scene.words("Ноябрь", "November"))


async def letter_corrected(scene: Scene) -> None:
    """As the one who writes it sees it, then the other editor, the editors' room and a reader."""
    reader = scene.cast.stage.person("subscriber")
    await subscribe(reader, scene.words("Русский", "English"))
    await _sent(scene)
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/letters")
    await scene.script.presses(anna, scene.words("Ноябрь", "November"))
    await scene.press(anna, "letter-correct")
    await scene.script.presses(anna, scene.words("Русский", "English"))
    await scene.says(anna, "Вышли три истории.", "Three stories are out.")
    await scene.press(anna, "letter-save", "edit-discard")
    await scene.script.presses(anna, scene.words("Русский", "English"))
    await scene.says(anna, "Вышли **четыре** истории.", "**Four** stories are out.")
    await scene.press(anna, "letter-save", "letter-to-preview", "letter-correction-approve")
    scene.script.note(scene.words("другой редактор", "the other editor"))
    boris = scene.script.follow(scene.boris)
    await scene.script.says(boris, "/letters")
    await scene.script.presses(boris, scene.words("Ноябрь", "November"))
    await scene.press(boris, "correction-open")
    scene.script.follow(reader)
    scene.script.note(scene.words("у читателя", "a reader sees"))
    await scene.quietly(boris, "letter-correction-approve")
    scene.script.watch("editors")
    scene.script.note(scene.words("в комнате редакторов", "the editors' room"))
    await time_passes(scene)
    scene.script.note(scene.words("у другого редактора", "the other editor"))
    scene.script.follow(boris)
    await scene.script.says(boris, "/letters")
    await scene.script.presses(boris, scene.words("Ноябрь", "November"))


async def letter_retracted(scene: Scene) -> None:
    """As the one who thinks of it first sees it, then the other editor and the editors' room."""
    await subscribe(scene.cast.stage.person("subscriber"), scene.words("Русский", "English"))
    await _sent(scene)
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/letters")
    await scene.script.presses(anna, scene.words("Ноябрь", "November"))
    await scene.press(anna, "letter-retract", "letter-retract")
    scene.script.note(scene.words("другой редактор", "the other editor"))
    boris = scene.script.follow(scene.boris)
    await scene.script.says(boris, "/letters")
    await scene.script.presses(boris, scene.words("Ноябрь", "November"))
    await scene.press(boris, "letter-retract", "letter-retract")
    scene.script.watch("editors")
    await time_passes(scene)


async def templates(scene: Scene) -> None:
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/letters")
    await scene.press(anna, "letters-templates", "template-new")
    await scene.says(anna, "Обычный", "Usual")
    await scene.script.presses(anna, scene.words("Русский: приветствие", "English: greeting"))
    await scene.says(anna, "Здравствуйте, {имя}!", "Hello {name}!")
    await scene.says(anna, "Здравствуйте! Сегодня {date}.", "Hello! Today is {date}.")
    await scene.script.aside(_written(scene))
    await scene.press(anna, "letter-to-template")
    await scene.script.presses(anna, scene.words("Обычный", "Usual"))


SCENES = (letter, letter_for_whom, letter_sent, letter_corrected, letter_retracted, templates)
