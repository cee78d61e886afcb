"""How telling begins and is put off: by itself at home, for somebody else, with recordings and photos."""

from __future__ import annotations

from bot.types import FileKind
from tests.integration.flows.people import photo
from tests.integration.flows.scenes.scene import Scene


async def begun_at_home(scene: Scene) -> None:
    """Who writes before pressing anything, and somebody who did not mean it."""
    author = scene.script.follow(scene.author)
    await scene.script.says(author, scene.story * 2)
    await scene.says(author, "Нас было трое.", "There were three of us.")
    await scene.press(author, "tell-begun-keep", "tell-begin")
    await scene.press(author, "tell-done", "button-back", "tell-undo", "tell-undo")
    scene.script.note(scene.words("другой человек", "somebody else"))
    reader = scene.script.follow(scene.reader)
    await scene.script.sends_photo(reader, photo())
    await scene.press(reader, "tell-begun-discard")


async def for_another(scene: Scene) -> None:
    await scene.author.says("/story")
    author = scene.script.follow(scene.author)
    await scene.press(author, "tell-begin")
    await scene.script.presses(author, scene.words("За другого человека", "For somebody else"))
    await scene.says(author, "Знает и согласен.", "He knows and agrees.")
    await scene.press(author, "tell-next", "tell-skip-question")
    await scene.says(author, "Его уволили за один вопрос.", "He was dismissed for one question.")
    await scene.press(author, "tell-next", "tell-skip-question")
    await scene.says(author, "Он жив и не жалеет.", "He is alive and regrets nothing.")
    await scene.press(author, "tell-next", "tell-skip-question", "tell-name-nobody", "topic-work", "tell-region-skip")
    await scene.press(author, "tell-contact-silent", "tell-licence-agree", "tell-send")


async def showing(scene: Scene) -> None:
    """Two photos, one described; a voice message, a video; what is not taken."""
    await scene.begun()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, scene.story)
    for _ in range(2):
        await scene.script.sends_photo(author, photo())
    await scene.script.sends_recording(author, FileKind.VOICE)
    await scene.script.sends_recording(author, FileKind.VIDEO)
    await scene.script.sends_recording(author, FileKind.DOCUMENT)
    await scene.press(author, "tell-done")
    await scene.says(author, "Пустая площадь, снег.", "An empty square, snow.")
    await scene.press(author, "tell-skip", "tell-name-nobody", "topic-protest", "tell-region-skip")
    await scene.press(author, "tell-contact-silent", "tell-licence-agree", "tell-change-descriptions")
    await scene.says(author, "Пустая площадь под снегом.", "An empty square under snow.")
    await scene.says(author, "Окно с занавеской.", "A window with a curtain.")
    await scene.press(author, "tell-send")


async def putting_off(scene: Scene) -> None:
    await scene.begun()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, scene.story)
    await scene.press(author, "tell-pause", "tell-keep-week")
    await scene.script.says(author, "/read_stories")
    scene.a_day_passes()
    scene.script.note(scene.words("на другой день", "the next day"))
    await scene.says(author, "Я вернулась.", "I am back.")
    await scene.press(author, "tell-pause", "tell-discard", "tell-discard-no", "tell-discard", "tell-discard-yes")


async def deleting_over_a_draft(scene: Scene) -> None:
    await scene.begun()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, scene.story)
    await scene.script.says(author, "/delete")
    await scene.says(author, "Я передумала и пишу дальше.", "I have changed my mind and go on.")
    await scene.script.says(author, "/delete")
    await scene.press(author, "delete-yes")
    await scene.script.says(author, "/start")


async def rolling(scene: Scene) -> None:
    """Somebody whose phone may be looked into: with a trace of nothing, and then with one after all."""
    await scene.author.says("/story")
    author = scene.script.follow(scene.author)
    await scene.press(author, "tell-begin-rolling")
    await scene.script.presses(author, scene.words("Коротко и свободно", "Short and free"))
    await scene.script.says(author, scene.story)
    await scene.press(author, "tell-show", "button-back", "tell-pause", "tell-rolling-off", "tell-rolling-on")


SCENES = (begun_at_home, for_another, showing, putting_off, deleting_over_a_draft, rolling)
