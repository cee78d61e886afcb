"""The dialogues, word for word, so that a change of a sentence is read where it is said.

`UPDATE_GOLDEN=1 pytest tests/integration/flows/test_golden.py` writes them anew: read the difference aloud.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.flows.testing import Person, Stage
from bot.texts.fluent import msg
from tests.integration.flows.people import Cast, photo
from tests.integration.flows.transcript import Transcript

GOLDEN = Path(__file__).parent / "golden"


class Scene(NamedTuple):
    """What a dialogue needs: who takes part, in the language that it is about."""

    cast: Cast
    script: Transcript
    author: Person
    reader: Person
    anna: Person
    boris: Person
    language: str

    def label(self, key: str) -> str:
        """The words of a button."""
        texts = self.cast.stage.texts
        return texts.say(texts.pick(self.language), msg(key)).text

    def words(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    async def press(self, person: Person, *keys: str) -> None:
        for key in keys:
            await self.script.presses(person, self.label(key))

    async def quietly(self, person: Person, *keys: str) -> None:
        """Off the screen."""
        for key in keys:
            await person.presses(self.label(key))

    async def submitted(self) -> None:
        await self.author.says("/story")
        await self.quietly(self.author, "tell-begin")
        await self.author.says(self.story)
        await self.quietly(self.author, "tell-done", "tell-name-nobody", "tell-send")

    async def offered(self) -> None:
        await self.submitted()
        await self.cast.open_card(self.boris)
        await self.quietly(self.boris, "desk-offer")

    async def agreed(self) -> None:
        await self.offered()
        await self.quietly(self.author, "notice-consent-open", "consent-agree")

    async def published(self) -> None:
        await self.agreed()
        for editor in (self.anna, self.boris):
            await self.cast.open_card(editor)
            await self.quietly(editor, "desk-approve")

    @property
    def story(self) -> str:
        return self.words(
            "Весной мы вышли на площадь с пустыми листами бумаги.", "In spring we went out with empty sheets of paper."
        )


async def home(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.script.says(author, scene.words("Как это работает?", "How does this work?"))
    await scene.script.says(author, "/help")
    await scene.script.says(author, "/nonsense")
    await scene.press(author, "home-language")


async def telling(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.press(author, "home-tell", "tell-begin")
    await scene.script.says(author, scene.story)
    await scene.script.sends_photo(author, photo(), scene.words("Вот наша площадь.", "This is our square."))
    await scene.script.sends_photo(author, b"broken")
    await scene.script.says(author, scene.words("Я не жалею.", "I don't regret it."))
    await scene.press(author, "tell-undo", "tell-done", "tell-name-pen")
    await scene.script.says(author, "Т" * 61)
    await scene.script.says(author, scene.words("Тихая", "Quiet"))
    await scene.script.says(author, scene.words("И ещё одно.", "One more thing."))
    await scene.press(author, "tell-change-name", "tell-name-own", "button-back", "tell-name-nobody", "tell-send")


async def discarding(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.script.says(author, scene.story * 4)
    await scene.press(author, "button-back", "tell-discard-no", "tell-begin")
    await scene.script.says(author, "/mine")
    await scene.press(author, "tell-discard", "tell-discard-yes")


async def mine(scene: Scene) -> None:
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "consent-withdraw", "withdraw-no", "consent-withdraw", "withdraw-yes")
    await scene.script.says(author, "/mine")


async def replying(scene: Scene) -> None:
    await scene.submitted()
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-ask")
    author = scene.script.follow(scene.author)
    await scene.anna.says(scene.words("В каком месяце это было?", "Which month was it?"))
    await scene.press(author, "notice-question-open", "question-later")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-reply")
    await scene.script.says(author, scene.words("В марте.", "In March."))
    await scene.press(author, "notice-question-open")


async def consenting(scene: Scene) -> None:
    await scene.submitted()
    await scene.cast.open_card(scene.boris)
    author = scene.script.follow(scene.author)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-changes")
    await scene.script.says(author, scene.words("Уберите слово «площадь».", "Leave out “empty”."))
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-agree")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    for editor in (scene.anna, scene.boris):
        await scene.cast.open_card(editor)
        await scene.quietly(editor, "desk-approve")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")


async def deleting(scene: Scene) -> None:
    await scene.published()
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/delete")
    await scene.press(author, "delete-yes")


async def reading(scene: Scene) -> None:
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/start")
    await scene.press(reader, "home-read")
    await scene.script.presses(reader, scene.words("По-русски", "In English"))
    await scene.published()
    await scene.press(reader, "button-leave")
    await scene.press(reader, "home-read")


async def desk(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-read", "button-back", "desk-ask")
    await scene.script.says(anna, scene.words("В каком месяце это было?", "Which month was it?"))
    await scene.press(anna, "desk-offer", "desk-again")
    await scene.quietly(scene.author, "notice-consent-open", "consent-agree")
    scene.script.note(scene.words("автор согласился", "the author has agreed"))
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-approve", "desk-again")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-approve")
    await scene.press(anna, "desk-reject")
    await scene.press(anna, "desk-again", "desk-close")


async def rejecting(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-reject")
    await scene.script.says(anna, scene.words("Об этом мы уже писали.", "We have written about this before."))
    scene.script.follow(scene.boris)
    await scene.submitted()
    await scene.cast.open_card(anna)
    scene.script.note(scene.words("у автора", "the author sees"))
    scene.script.follow(scene.author)
    await scene.quietly(anna, "desk-reject")
    await anna.says(scene.words("Об этом мы уже писали.", "We have written about this before."))


async def rewriting(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-edit")
    await scene.script.says(anna, scene.words("Весной мы вышли на улицу.", "In spring we went out."))
    await scene.press(anna, "edit-discard")
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-edit")
    await scene.script.says(anna, scene.words("Весной мы вышли.", "In spring we left."))
    await scene.press(anna, "edit-save")


SCENES: dict[str, Callable[[Scene], Awaitable[None]]] = {
    scene.__name__: scene
    for scene in (
        home,
        telling,
        discarding,
        mine,
        replying,
        consenting,
        deleting,
        reading,
        desk,
        rejecting,
        rewriting,
    )
}


@pytest.fixture
def manner() -> str:
    return "buttons"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", SCENES)
async def test_a_dialogue_reads_as_it_was_approved(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    monkeypatch.setattr("handlers.contributors.submission.new_alias", lambda: "Берёза-100")
    await cast.editors()
    author, reader, anna, boris = (stage.person(one, language) for one in ("author", "reader", "anna", "boris"))
    if language == "en":
        for editor in (anna, boris):
            await editor.says("/start")
            await editor.presses("English")
    script = Transcript(stage=stage)
    await SCENES[name](Scene(cast, script, author, reader, anna, boris, language))

    approved = GOLDEN / language / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        approved.parent.mkdir(parents=True, exist_ok=True)
        approved.write_text(script.text(), "utf-8")
    assert script.text() == approved.read_text("utf-8")
