"""The readers' side in the languages that stories are not told in, and what meets those who want to tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from tests.integration.flows.library import put_out, until
from tests.integration.flows.scenes.scene import Scene


class Words(NamedTuple):
    own_name: str
    story: str
    long: str
    """enough to be taken for the beginning of a story"""


WORDS = {
    "de": Words(
        "Deutsch",
        "Im Frühling gingen wir mit leeren Blättern auf den Platz.",
        "Im Frühling gingen wir mit leeren Blättern auf den Platz, und niemand wusste, wie es ausgehen würde.",
    ),
    "fr": Words(
        "Français",
        "Au printemps, nous sommes sortis sur la place avec des feuilles blanches.",
        "Au printemps, nous sommes sortis sur la place avec des feuilles blanches, et personne ne savait la suite.",
    ),
    "cs": Words(
        "Čeština",
        "Na jaře jsme vyšli na náměstí s prázdnými listy papíru.",
        "Na jaře jsme vyšli na náměstí s prázdnými listy papíru a nikdo nevěděl, jak to dopadne.",
    ),
}


async def reading(scene: Scene) -> None:
    words, stage = WORDS[scene.language], scene.cast.stage
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/start")
    await scene.press(reader, "home-read")
    await scene.script.presses(reader, words.own_name)
    await put_out(stage, words.story, language=scene.language, topic="protest")
    await put_out(stage, "Мы молчали.", topic="war")
    await scene.script.says(reader, "/read_stories")
    await scene.press(reader, "reader-topics", "topic-war", "topic-work", "reader-every-topic", "topic-war")
    await scene.press(reader, "reader-done", "reader-pause", "reader-pause-return", "reader-resume", "reader-pause")
    await scene.press(reader, "reader-pause-week", "reader-latest")
    await scene.script.presses(reader, "Мы молчали")
    await scene.press(reader, "reader-to-list", "reader-by-topic", "topic-help", "button-back")
    await scene.script.says(reader, "/read_stories")
    await scene.press(reader, "reader-kept", "button-back", "reader-other-language", "button-back", "button-leave")
    await scene.script.says(reader, "/start t_leaving")
    await scene.press(reader, "reader-confirm-yes")
    await scene.script.says(reader, "/start t_prison")
    await scene.press(reader, "reader-confirm-yes")
    await scene.script.says(reader, "/start t_leaving")


async def talking(scene: Scene) -> None:
    """Whoever wants to tell; help, the language, deletion."""
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/help")
    await scene.script.says(author, "/story")
    await scene.press(author, "button-back")
    await scene.script.says(author, "/language")
    await scene.press(author, "button-back")
    await scene.script.says(author, "/delete")
    await scene.press(author, "delete-no")
    await scene.script.says(author, WORDS[scene.language].long)
    await scene.script.says(author, "/delete")
    await scene.press(author, "delete-yes")
    await scene.script.says(author, WORDS[scene.language].long)
    await scene.press(author, "tongue-discard")


async def rhythm(scene: Scene) -> None:
    words, stage = WORDS[scene.language], scene.cast.stage
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/read_stories")
    await scene.script.presses(reader, words.own_name)
    await scene.press(reader, "reader-rhythm", "rhythm-weekly")
    await scene.script.presses(reader, scene.label("rhythm-weekday", weekday=0))
    await scene.script.says(reader, "Atlantida")
    await scene.script.says(reader, "Pragg")
    await scene.script.says(reader, "+4")
    await scene.script.presses(reader, "09:00")
    for number in range(11):
        await put_out(stage, f"{number}. Мы молчали.", topic="war")
    await put_out(stage, words.story, language=scene.language, topic="protest")
    await until(stage, scene.clock, datetime(2026, 3, 2, 5, tzinfo=UTC))
    await scene.script.presses(reader, scene.label("digest-more", stories=2))
    await scene.script.says(reader, "/more_stories")
    await scene.script.says(reader, "/read_stories")
    await scene.press(reader, "reader-rhythm", "rhythm-zone")
    await scene.script.says(reader, "Tbilisi")
    await scene.press(reader, "reader-rhythm", "rhythm-daily")
    await scene.script.presses(reader, "23:00")
    await put_out(stage, words.story, language=scene.language)
    await scene.press(reader, "reader-rhythm", "rhythm-at-once", "reader-rhythm", "rhythm-quiet")
    await scene.script.says(reader, "Moscow")
    await scene.script.presses(reader, "22:00")
    await scene.script.presses(reader, "22:00")
    await scene.script.presses(reader, "08:00")
    await scene.press(reader, "reader-rhythm", "rhythm-quiet", "rhythm-no-quiet")


SCENES = (reading, talking, rhythm)
