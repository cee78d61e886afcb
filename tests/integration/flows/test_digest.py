"""Very many new stories at once: some cards, then one digest; and a card for whichever story somebody works on."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from storage.clock import HOUR
from storage.errors import Conflict
from storage.ids import StoryId
from storage.store import Transaction
from tests.clock import Clock
from tests.integration.flows.people import Cast, labels

pytestmark = pytest.mark.parametrize("manner", ["matrix"])


@pytest.fixture(autouse=True)
def few_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.editors.digest.CARDS_AN_HOUR", 1)


def room(stage: Stage) -> list[str]:
    return [seen.text.text for seen in stage.sees("editors")]


async def test_one_digest_instead_of_many_cards(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    for name in ("first", "second", "third"):
        await cast.submit(stage.person(name))
        await stage.settle()
    assert len(room(stage)) == 2
    assert "прибавилось 3 истории" in room(stage)[1]
    await anna.opens("editors", "Открыть очередь", about="За последний час")
    await anna.expects("3 истории")


async def test_a_card_comes_once_an_editor_works_on_it_and_not_for_what_its_author_adds(
    stage: Stage, cast: Cast
) -> None:
    anna, _ = await cast.editors()
    author = stage.person("second")
    for person in (stage.person("first"), author):
        await cast.submit(person)
        await stage.settle()
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Добавить что-то")
    await author.says("И ещё.")
    await stage.settle()
    assert len(room(stage)) == 2
    await anna.says("/queue")
    await anna.presses(next(label for label in labels(anna) if label not in room(stage)[0] and "-" in label))
    await anna.presses("Взять себе")
    assert "От автора 1 дополнение" in room(stage)[2]
    await author.says("И последнее.")
    await stage.settle()
    assert "От автора 2 дополнения" in room(stage)[2]


async def test_an_hour_later_cards_come_again(stage: Stage, cast: Cast, clock: Clock) -> None:
    for name in ("first", "second"):
        await cast.submit(stage.person(name))
        await stage.settle()
        clock.pass_(seconds=HOUR)
    assert not [said for said in room(stage) if "За последний час" in said]


async def test_a_link_to_the_queue_opens_it_to_no_stranger(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    await cast.reader.says("/start queue")
    before = [seen.text.text for seen in cast.reader.chat if not seen.mine]
    other = stage.person("another stranger")
    await other.says(f"/start s_{'0' * 32}")
    assert before == [seen.text.text for seen in other.chat if not seen.mine]


async def test_what_is_done_anew_counts_once(stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[StoryId] = []

    async def rest_at_the_second_try(tx: Transaction, story: StoryId) -> None:
        failed.append(story)
        if len(failed) == 1:
            raise Conflict("Somebody else changed the story in the same moment.")

    monkeypatch.setattr("handlers.appearing.rest", rest_at_the_second_try)
    await cast.submit(cast.author)
    await stage.settle()
    assert len(failed) == 2
    assert "За последний час" not in room(stage)[-1]
