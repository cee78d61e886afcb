"""On Matrix a reaction can be made up by a homeserver: the questions that matter are answered by their number."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.flows.testing import Person, Stage
from bot.types import Choice, Tapped, command_of
from tests.integration.flows.people import STORY, Cast

pytestmark = pytest.mark.parametrize("manner", ["matrix"])


async def test_nobody_deletes_everything_by_a_reaction(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await author.says("/delete")
    await _is_forged(stage, author, "Да, удалить всё")
    await author.expects("На этот вопрос ответьте, пожалуйста, номером")
    await author.expects("Удалить всё о вас?")
    assert (await cast.story()).status == "submitted"
    await author.presses("Да, удалить всё")
    await author.expects("Готово: у нас о вас больше ничего нет")


async def test_nor_over_a_draft(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.says("/delete")
    await _is_forged(stage, author, "Да, удалить всё")
    await author.expects("Удалить всё о вас?")
    await author.presses("Да, удалить всё")
    await author.expects("Готово: у нас о вас больше ничего нет")


async def test_nobody_agrees_or_approves_by_a_reaction(stage: Stage, cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.offer(author, anna)
    await author.presses("Прочесть текст")
    await _is_forged(stage, author, "Согласиться")
    await author.reads("На этот вопрос ответьте, пожалуйста, номером")
    assert (await cast.story()).status == "consent"
    await author.presses("Согласиться")
    await author.expects("одобрить два редактора")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await _is_forged(stage, editor, "Одобрить")
        await editor.expects("На этот вопрос ответьте, пожалуйста, номером")
    assert (await cast.story()).status == "agreed"


async def _is_forged(stage: Stage, person: Person, label: str) -> None:
    """A reaction under the last message that has this choice."""
    seen = [seen for seen in person.chat if any(label in one.label for row in seen.buttons for one in row)][-1]
    choice = seen.button(label)
    assert isinstance(choice, Choice)
    called = command_of(choice.token)
    body = Tapped(token=choice.token, proven=False) if called is None else structs.replace(called, proven=False)
    await stage.arrives(stage.event(person, body, number=seen.number))
