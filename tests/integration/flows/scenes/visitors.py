"""What readers see besides: links, many stories, long ones, those in another language, the language of the talk."""

from __future__ import annotations

from tests.integration.flows.library import put_out, take_back
from tests.integration.flows.scenes.afterwards import a_year
from tests.integration.flows.scenes.scene import Scene

_STORIES = (
    ("Повестку принесли вечером.", "The summons came in the evening.", "war"),
    ("Мы собрали два чемодана.", "We packed two suitcases.", "leaving"),
    ("Судья ни разу не подняла глаз.", "The judge never looked up.", "prison"),
    ("В школе сняли портрет.", "At school they took a portrait down.", "work"),
    ("С отцом мы молчим третий год.", "My father and I have not talked for three years.", "family"),
    ("Стояли по одному, с пустыми руками.", "We stood one by one, with empty hands.", "protest"),
    ("Лекарства возили через границу.", "We took medicine across the border.", "help"),
)


async def coming_by_link(scene: Scene) -> None:
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/start t_war")
    await scene.press(reader, "button-back")
    await scene.script.says(reader, "/start t_war")
    await scene.press(reader, "reader-confirm-yes")
    await scene.script.says(reader, "/start t_help")
    await scene.press(reader, "reader-confirm-yes")
    await scene.script.says(reader, "/start t_war")
    await scene.script.says(reader, "/start l_de")
    await scene.press(reader, "reader-confirm-yes", "reader-other-language", "button-back", "reader-topics")


async def pausing(scene: Scene) -> None:
    reader = scene.reader
    await reader.says("/read_stories")
    await reader.presses(scene.words("Русский", "English"))
    scene.script.follow(reader)
    await scene.press(reader, "reader-pause", "reader-pause-return")
    await scene.script.says(reader, "/start")
    await scene.press(reader, "home-read", "reader-pause", "reader-pause-month", "button-back", "home-read")
    await scene.press(reader, "reader-resume")


async def latest(scene: Scene) -> None:
    """Seven of them, one gone meanwhile; looked for by topic."""
    for ru, en, topic in _STORIES:
        story = await put_out(scene.cast.stage, scene.words(ru, en), language=scene.language, topic=topic)
        scene.a_day_passes()
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/stories")
    await scene.press(reader, "reader-older", "reader-newer")
    await take_back(scene.cast.stage, story)
    await scene.script.presses(reader, scene.words("Лекарства", "medicine"))
    await scene.press(reader, "reader-by-topic", "topic-prison")
    await scene.script.presses(reader, scene.words("Судья", "judge"))
    await scene.press(reader, "reader-to-list", "reader-by-topic", "topic-help", "reader-by-topic", "reader-any-topic")


async def untranslated(scene: Scene) -> None:
    await put_out(scene.cast.stage, "Wir gingen hinaus.", language="de", topic="protest")
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/stories")
    await scene.script.presses(reader, "Wir gingen")
    await scene.press(reader, "reader-to-list", "button-back")


async def piece_by_piece(scene: Scene) -> None:
    """A long story, as a subscriber gets it."""
    reader = scene.script.follow(scene.reader)
    await scene.script.aside(reader.says("/read_stories"))
    await reader.presses(scene.words("Русский", "English"))
    year = a_year(scene, "ждали писем и не получали их", "waited for letters, and none came")
    await put_out(scene.cast.stage, "\n\n".join([year] * 9), language=scene.language)
    await scene.press(reader, "button-read-on")


async def channel(scene: Scene) -> None:
    """What everybody sees: a story comes out, and its text is corrected."""
    scene.script.watch(f"channel-{scene.language}")
    await scene.published()
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-release", "release-correct", "correct-passage")
    await scene.anna.says(scene.words("с пустыми листами", "with empty sheets"))
    await scene.anna.says(scene.words("с чистыми листами", "with blank sheets"))
    await scene.quietly(scene.anna, "correct-spelling")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-release", "correction-open", "correction-confirm")


async def changing_language(scene: Scene) -> None:
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/language")
    await scene.press(reader, "button-back")
    await scene.script.says(reader, "/language")
    await scene.script.presses(reader, scene.words("English", "Русский"))
    await scene.script.presses(reader, "Language" if scene.language == "ru" else "Язык")
    await scene.script.presses(reader, scene.words("Русский", "English"))


SCENES = (coming_by_link, pausing, latest, untranslated, piece_by_piece, channel, changing_language)
