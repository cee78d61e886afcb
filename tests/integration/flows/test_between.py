"""Between authors and editors: neither sees the other, and what an author is told unasked betrays nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from bot.flows.flow import Who
from bot.flows.testing import Person, Stage
from bot.outcomes import Outcome
from bot.texts.fluent import Language
from bot.types import Outgoing, Show
from handlers.editors.decisions import AskAuthor, ask_author
from storage.address import Address
from storage.codec import encode
from storage.errors import Conflict
from storage.private import Private
from storage.story import Contact
from tests.integration.flows.people import STORY, Cast, enrol, subscribe

ACCOUNT = "account-4711"
QUESTION = "Когда это было?"


class Posted(list[tuple[str, Show]]):
    """Everything that was shown, with the chat's id."""

    def to(self, *chats: str) -> list[Show]:
        return [show for chat, show in self if chat in chats]


@pytest.fixture
def posted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Posted:
    found, perform = Posted(), stage.adapter.perform

    async def noted(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        if isinstance(outgoing, Show):
            found.append((chat.chat.reveal(), outgoing))
        return await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", noted)
    return found


async def ask(cast: Cast, editor: Person) -> None:
    await cast.open_card(editor)
    await editor.presses("Спросить автора")
    await editor.says(QUESTION)


async def test_neither_side_sees_who_the_other_is(stage: Stage, cast: Cast, posted: Posted) -> None:
    author = stage.person(ACCOUNT)
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await cast.submit(author)
    await ask(cast, anna)
    await author.presses("Прочесть вопрос")
    await author.says("В марте.")
    await author.presses("Готово")
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await cast.release(anna, boris)
    seen = posted.to("editors", "anna", "boris", "channel-ru", "reader")
    assert any(STORY.encode() in encode(show) for show in seen)
    assert [show for show in seen if b"4711" in encode(show)] == []
    assert [show for show in posted.to("channel-ru", "reader") if "В марте.".encode() in encode(show)] == []
    assert [show for show in posted.to(ACCOUNT) if b"anna" in encode(show) or b"boris" in encode(show)] == []


async def test_an_author_is_told_without_a_sound_and_without_a_word_of_the_story(cast: Cast, posted: Posted) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.submit(author)
    alias = (await cast.story()).details.alias
    told: list[Show] = []

    async def while_away(*deeds: Any) -> None:
        before = len(posted.to("author"))
        for deed in deeds:
            await deed
        told.extend(posted.to("author")[before:])

    await while_away(ask(cast, anna))
    await cast.open_card(anna)
    await while_away(anna.presses("Отправить автору"))
    await author.presses("Прочесть текст")
    await author.presses("Согласиться")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await while_away(cast.release(anna, boris))
    assert len(told) == 3
    for show in told:
        assert show.silent
        assert not any(word.encode() in encode(show) for word in (STORY, QUESTION, alias))


async def test_what_an_editor_reads_can_t_be_forwarded(cast: Cast, posted: Posted) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Читать")
    read = [show for show in posted.to("anna") if STORY.encode() in encode(show)]
    assert read
    assert all(show.protect for show in read)
    assert not any(STORY.encode() in encode(show) for show in posted.to("editors"))


async def test_who_wants_no_questions_is_not_asked_in_the_same_moment_either(stage: Stage, cast: Cast) -> None:
    """The step has looked before; the effect looks again."""
    await enrol(stage, "anna")
    await cast.submit(cast.author)
    story = await cast.story()
    details = msgspec.structs.replace(story.details, contact=Contact.NEVER)
    async with stage.store.write() as tx:
        await tx.stories.amend(story, details)
        (anna,) = await tx.editors.all()
        who = Who(
            chat=stage.address("anna"),
            person=anna.account,
            language=Language("ru"),
            editor=anna,
            origins=stage.rooms.origins(stage.platform),
        )
        with pytest.raises(Conflict, match="not to be asked"):
            await ask_author(replace(stage.turn(tx), who=who), AskAuthor(story=story.id, question=Private(QUESTION)))
    assert "questions" not in await cast.rows()
