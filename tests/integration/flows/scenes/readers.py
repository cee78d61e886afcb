"""What anybody sees who comes by, and what subscribers do."""

from __future__ import annotations

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


SCENES = (home, reading, choosing)
