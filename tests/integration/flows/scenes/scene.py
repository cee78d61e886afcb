"""What a dialogue needs: who takes part, in the language that it is about, and short ways to where it begins."""

from __future__ import annotations

from typing import NamedTuple

from bot.flows.testing import Person
from bot.texts.arguments import Argument
from bot.texts.fluent import msg
from tests.clock import Clock
from tests.integration.flows.people import Cast
from tests.integration.flows.transcript import Transcript


class Scene(NamedTuple):
    cast: Cast
    script: Transcript
    author: Person
    reader: Person
    anna: Person
    boris: Person
    language: str

    def label(self, key: str, **args: Argument) -> str:
        """The words of a button."""
        texts = self.cast.stage.texts
        return texts.say(texts.pick(self.language), msg(key, **args)).text

    def words(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    async def press(self, person: Person, *keys: str) -> None:
        for key in keys:
            await self.script.presses(person, self.label(key))

    async def says(self, person: Person, ru: str, en: str) -> None:
        await self.script.says(person, self.words(ru, en))

    async def quietly(self, person: Person, *keys: str) -> None:
        """Off the screen."""
        for key in keys:
            await person.presses(self.label(key))

    async def begun(self, ru: str = "Коротко и свободно", en: str = "Short and free") -> None:
        """Telling has begun, by that questionnaire."""
        await self.author.says("/story")
        await self.quietly(self.author, "tell-begin")
        await self.author.presses(self.words(ru, en))

    async def sent(self, topic: str = "topic-other", contact: str = "tell-contact-silent") -> None:
        """What was begun."""
        await self.quietly(self.author, "tell-name-nobody", topic, "tell-region-skip")
        await self.quietly(self.author, contact, "tell-licence-agree", "tell-send")

    async def submitted(self, text: str = "", topic: str = "topic-other", contact: str = "tell-contact-silent") -> None:
        await self.begun()
        await self.author.says(text or self.story)
        await self.quietly(self.author, "tell-done")
        await self.sent(topic, contact)

    async def interviewed(self) -> None:
        """Submitted, with two of the six questions answered."""
        await self.begun("Интервью", "An interview")
        await self.author.says(self.words("Мне за сорок.", "I am over forty."))
        await self.quietly(self.author, "tell-next")
        await self.author.says(self.words("Той весной я ушла из школы.", "That spring I left the school."))
        await self.quietly(self.author, "tell-overview", "tell-done")
        await self.sent()

    @property
    def clock(self) -> Clock:
        clock = self.cast.stage.store.clock
        assert isinstance(clock, Clock)
        return clock

    def a_day_passes(self) -> None:
        self.clock.pass_(days=1)

    async def offered(self) -> None:
        await self.submitted()
        await self.cast.open_card(self.boris)
        await self.quietly(self.boris, "desk-offer")

    async def agreed(self) -> None:
        await self.offered()
        await self.quietly(self.author, "notice-consent-open", "consent-agree")

    async def approved(self) -> None:
        await self.agreed()
        for editor in (self.anna, self.boris):
            await self.cast.open_card(editor)
            await self.quietly(editor, "desk-approve")

    async def published(self) -> None:
        await self.approved()
        await self.released()

    async def asked(self, *questions: tuple[str, str]) -> None:
        for ru, en in questions:
            await self.cast.open_card(self.anna)
            await self.quietly(self.anna, "desk-ask")
            await self.anna.says(self.words(ru, en))

    async def rewritten(self, ru: str, en: str) -> None:
        await self.cast.open_card(self.anna)
        await self.quietly(self.anna, "desk-edit")
        await self.anna.says(self.words(ru, en))
        await self.quietly(self.anna, "edit-save")

    async def released(self) -> None:
        for editor in (self.anna, self.boris):
            await self.cast.open_card(editor)
            await self.quietly(editor, "desk-release", "release-today")

    @property
    def story(self) -> str:
        return self.words(
            "Весной мы вышли на площадь с пустыми листами бумаги.", "In spring we went out with empty sheets of paper."
        )
