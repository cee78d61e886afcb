"""What anybody sees who comes by, and what subscribers do."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.integration.flows.library import put_out, until
from tests.integration.flows.scenes.scene import Scene


async def home(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.script.says(author, scene.words("Как это работает?", "How does this work?"))
    await scene.script.says(author, "/help")
    await scene.script.says(author, "/nonsense")
    await scene.press(author, "home-language")


async def reading(scene: Scene) -> None:
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/start")
    await scene.press(reader, "home-read")
    await scene.script.presses(reader, scene.words("Русский", "English"))
    await scene.published()
    await scene.press(reader, "button-leave", "button-back")


async def choosing(scene: Scene) -> None:
    """A reader's topics, a pause, the latest stories, what is kept."""
    await scene.published()
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/read_stories")
    await scene.script.presses(reader, scene.words("Русский", "English"))
    await scene.press(reader, "reader-topics")
    await scene.script.presses(reader, scene.words("Война", "War"))
    await scene.press(reader, "reader-done", "reader-latest", "reader-by-topic", "reader-any-topic")
    await scene.script.says(reader, "/read_stories")
    await scene.press(reader, "reader-pause", "reader-pause-week", "reader-resume")
    await scene.press(reader, "reader-kept", "button-back", "button-leave")


async def rhythm(scene: Scene) -> None:
    """How often: daily by the clock of a city that is hard to spell; weekly; at once, but not at night."""
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/read_stories")
    await scene.script.presses(reader, scene.words("Русский", "English"))
    await scene.press(reader, "reader-rhythm", "rhythm-daily")
    await scene.says(reader, "Атлантида", "Atlantis")
    await scene.says(reader, "Тбилисси", "Tbilizi")
    await scene.script.presses(reader, scene.words("Тбилиси", "Tbilisi"))
    await scene.script.presses(reader, "09:00")
    for text, topic in ((scene.story, "protest"), (scene.words("Мы молчали.", "We kept silent."), "war")):
        await put_out(scene.cast.stage, text, language=scene.language, topic=topic)
    await put_out(scene.cast.stage, scene.words("We left.", "Мы уехали."), language=scene.words("en", "ru"))
    await until(scene.cast.stage, scene.clock, datetime(2026, 3, 2, 5, tzinfo=UTC))
    await scene.script.presses(reader, scene.words("Мы молчали", "We kept silent"))
    await scene.script.says(reader, "/read_stories")
    await scene.press(reader, "reader-rhythm", "rhythm-weekly")
    await scene.script.presses(reader, scene.words("Понедельник", "Monday"))
    await scene.script.presses(reader, "19:00")
    await scene.press(reader, "reader-rhythm", "rhythm-at-once", "reader-rhythm", "rhythm-quiet")
    await scene.says(reader, "+4", "+4")
    await scene.script.presses(reader, "22:00")
    await scene.script.presses(reader, "08:00")
    await scene.press(reader, "reader-kept")


SCENES = (home, reading, choosing, rhythm)
