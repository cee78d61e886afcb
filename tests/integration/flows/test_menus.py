"""Commands by language and by role, and what somebody sees whose language has no texts for telling."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from bot.flows.flow import Audience
from bot.flows.testing import Person, Stage
from bot.flows.testing.messenger import StageAdapter
from bot.menus import announce, offer_commands
from bot.platforms.base import Menus
from bot.texts.fluent import Language, Texts, msg
from bot.types import Menu
from tests.integration.flows.library import put_out
from tests.integration.flows.people import STORY, Cast, enrol, photo

UNKNOWN = "Такой команды нет"


def labels(person: Person) -> list[str]:
    return [button.label for row in person.last.buttons for button in row]


def editors_commands(stage: Stage) -> list[str]:
    found = [command.name for command in stage.program.commands if command.audience is Audience.EDITORS]
    assert found
    return found


# ── by role ──────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_an_editors_command_does_not_exist_for_others(stage: Stage, cast: Cast) -> None:
    stranger, former = stage.person("stranger"), await enrol(stage, "former")
    stage.adapter.members["editors"].clear()
    for person in (stranger, former):
        await person.says("/no_such_command")
        nothing = person.last.text.text
        assert UNKNOWN in nothing
        for command in editors_commands(stage):
            await person.says(f"/{command}")
            assert person.last.text.text == nothing


async def test_an_editors_command_over_a_story_that_is_being_told_is_unknown_too(stage: Stage, cast: Cast) -> None:
    await cast.begin(cast.author)
    await cast.author.says(STORY)
    await cast.author.says(f"/{editors_commands(stage)[0]}")
    await cast.author.expects(UNKNOWN)


async def test_editors_have_their_commands(stage: Stage) -> None:
    anna = await enrol(stage, "anna")
    for command in editors_commands(stage):
        await anna.says("/start")
        await anna.says(f"/{command}")
        assert UNKNOWN not in anna.last.text.text


async def test_who_is_enrolled_gets_the_editors_menu_and_it_follows_their_language(stage: Stage) -> None:
    anna = await enrol(stage, "anna")
    assert stage.adapter.menus == {"anna": Menu(language="ru", editors=True)}
    await anna.says("/language")
    await anna.presses("English")
    assert stage.adapter.menus == {"anna": Menu(language="en", editors=True)}
    reader = stage.person("reader")
    await reader.says("/language")
    await reader.presses("English")
    await reader.expects("You can tell your own story")
    assert set(stage.adapter.menus) == {"anna"}


async def test_at_each_start_every_editor_is_offered_the_commands_as_they_are_now(stage: Stage) -> None:
    anna = await enrol(stage, "anna")
    await enrol(stage, "boris")
    await anna.says("/language")
    await anna.presses("English")
    stage.adapter.menus.clear()
    async with stage.store.write() as tx:
        await offer_commands(stage.turn(tx), {"another platform"})
    await stage.settle()
    assert stage.adapter.menus == {}
    async with stage.store.write() as tx:
        await offer_commands(stage.turn(tx), {stage.adapter.platform})
    await stage.settle()
    assert stage.adapter.menus == {
        "anna": Menu(language="en", editors=True),
        "boris": Menu(language="ru", editors=True),
    }


async def test_the_lists_say_everything_in_every_language(stage: Stage, texts: Texts) -> None:
    heard: list[dict[str, Sequence[tuple[str, str]]]] = []

    class Listening(StageAdapter):
        async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
            assert default == "ru"
            heard.extend([dict(menus), dict(editors)])

    await announce(stage.program, texts, {"stage": Listening(has_buttons=True)})
    general, editors = heard
    assert set(general) == set(texts.languages)
    assert {"ru", "en", "de", "fr", "cs"} <= set(general)
    assert set(editors) == {"ru", "en"}
    secret = set(editors_commands(stage))
    for menu in general.values():
        names = {name for name, _ in menu}
        assert {"start", "stories", "language"} <= names
        assert not names & secret
    hidden = {"roster", "letter_test", "letter_preview"}  # buttons call them; the first is for admins only
    assert all(secret - hidden < {name for name, _ in menu} for menu in editors.values())
    for name, description in (line for menus in heard for menu in menus.values() for line in menu):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name), "Telegram takes no other"
        assert 1 <= len(description) <= 64


# ── in the other languages ───────────────────────────────────────────────────────────────────────────────────────
HOME = {"de": "Geschichten lesen", "fr": "Lire des récits", "cs": "Číst příběhy"}


@pytest.mark.parametrize("language", HOME)
async def test_a_reader_never_leaves_their_language(stage: Stage, language: str) -> None:
    """The texts are strict: a sentence that is missing in this language would fail."""
    await put_out(stage, "Мы вышли.", topic="war")
    await put_out(stage, "Raus, dehors, ven.", language=language, topic="war")
    reader = stage.person("reader", language=language)
    say = stage.texts
    for line in ("/start", "Hm?", "/help", "/nothing", "/read_stories", "/leave", "/stories", "/delete", "/enrol X"):
        await reader.says(line)
    await reader.says("/start")
    await reader.presses(HOME[language])
    await reader.presses({"de": "Deutsch", "fr": "Français", "cs": "Čeština"}[language])
    for label in labels(reader)[1:5]:
        await reader.says("/read_stories")
        await reader.presses(label)
        for inner in labels(reader):
            await reader.says("/read_stories")
            await reader.presses(label)
            await reader.presses(inner)
    await reader.says("/stories")
    for label in labels(reader)[:-1]:
        await reader.says("/stories")
        await reader.presses(label)
    await put_out(stage, "Noch, encore, ještě.", language=language, topic="war")
    russian = {one.text for one in (say.say(say.languages[0], m.menu) for m in stage.program.commands if m.menu)}
    assert not russian & {seen.text.text for seen in reader.chat}
    asked = say.say(Language(language), msg("tongue-told-in")).text
    assert all(asked not in seen.text.text for seen in reader.chat)
    await reader.says("/delete")
    await reader.presses(labels(reader)[0])


async def test_telling_goes_on_in_the_language_that_is_chosen(stage: Stage, cast: Cast) -> None:
    author = stage.person("author", language="de")
    await author.says("/story")
    await author.expects("auf Russisch oder Englisch")
    assert labels(author) == ["Русский", "English", "Zurück"]
    await author.says("Wie bitte?")
    await author.expects("auf Russisch oder Englisch")
    await author.presses("Русский")
    await author.presses("Понимаю, начать")
    await author.says("/start")


async def test_going_back_from_the_choice_is_going_home(stage: Stage) -> None:
    author = stage.person("author", language="cs")
    await author.says("/mine")
    await author.expects("rusky nebo anglicky")
    await author.presses("Zpět")
    await author.expects("Můžete tu vyprávět svůj příběh")


async def test_a_story_told_unasked_waits_while_the_language_is_chosen(stage: Stage, cast: Cast) -> None:
    author = stage.person("author", language="fr")
    await author.says("/start")
    begun = "Au printemps, nous sommes sortis avec des feuilles blanches. " * 4
    await author.says(begun)
    await author.expects("gardé comme brouillon")
    await author.says("Et ceci encore.")
    await author.sends_photo(photo())
    await author.expects("en russe ou en anglais")
    await author.presses("English")
    said = len(begun.strip()) + len("Et ceci encore.")
    await author.expects(f"So far your story has {said} characters.")
    await author.expects("1 photo is attached.")
    assert cast.files() == 1


async def test_a_file_that_is_not_taken_is_not_dropped_in_silence_while_the_language_is_chosen(stage: Stage) -> None:
    author = stage.person("author", language="fr")
    await author.says("/story")
    await author.expects("en russe ou en anglais")
    await author.sends_document(b"%PDF-1.7")
    await author.expects("Nous ne pouvons pas encore accepter cela")
    await author.expects("en russe ou en anglais")
    await author.sends_photo(photo()[:200])
    await author.expects("le fichier semble endommagé")
    await author.expects("en russe ou en anglais")
    assert labels(author) == ["Русский", "English", "Retour"]


async def test_an_editor_with_another_device_is_asked_once(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    anna = stage.person("anna", language="de")
    stage.admit("editors", anna)
    async with stage.store.write() as tx:
        code = await tx.editors.new_code("anna")
    await anna.says(f"/enrol {code}")
    await anna.expects("You are an editor now")
    await anna.says("/start")
    await anna.expects("Hier können Sie Ihre eigene Geschichte erzählen")
    await cast.open_card(anna)
    await anna.expects("auf Russisch oder Englisch")
    await anna.presses("Русский")
    await cast.open_card(anna)
    assert "auf Russisch" not in anna.last.text.text
