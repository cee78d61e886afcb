"""An editors' room with topics: each card opens one, and takes it along when it goes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.outcomes import Delivered, Outcome
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.types import Erase, Outgoing, Place, Show, Topic
from storage.address import Reference
from tests.fakes.telegram.places import Room
from tests.integration.platforms.contract import ANCHOR, NO_FILES, text
from tests.integration.platforms.telegram_stage import TelegramStage, address

NAME = "Берёза-100"


@dataclass(frozen=True, kw_only=True)
class Forum:
    room: Room
    adapter: TelegramAdapter

    async def perform(self, outgoing: Outgoing, before: Reference | None = None) -> Outcome:
        return await self.adapter.perform(outgoing, address(self.room.id), before, NO_FILES, "")

    async def shows(self, show: Show, before: Reference | None = None) -> Reference:
        outcome = await self.perform(show, before)
        assert isinstance(outcome, Delivered), outcome
        assert outcome.reference is not None
        return outcome.reference

    @property
    def cards(self) -> list[tuple[str, str]]:
        """What stands in which topic."""
        topics = self.room.topics()
        return [(topics[seen.thread_id or 0], seen.text) for seen in self.room.sees() if seen.text]


@pytest.fixture
def forum(tg: TelegramStage, adapter: TelegramAdapter) -> Forum:
    room = tg.telegram.supergroup("Editors", forum=True)
    room.admits(tg.anna)  # the number of a chat's first message is that of the topic "General"
    room.admits(tg.bot, "administrator")
    return Forum(room=room, adapter=adapter)


def card(words: str, *, name: str = NAME, closed: bool = False, place: Place = Place.SAME) -> Show:
    return Show(content=text(words), anchor=ANCHOR, place=place, topic=Topic(name=name, closed=closed))


async def test_each_card_opens_a_topic_of_its_own_and_stays_in_it(forum: Forum) -> None:
    first = await forum.shows(card("1"))
    await forum.shows(card("2", name="Ива-200"))
    assert forum.cards == [(NAME, "1"), ("Ива-200", "2")]
    assert await forum.shows(card("1, edited"), first) == first
    moved = await forum.shows(card("1, at the bottom", place=Place.BOTTOM), first)
    assert moved != first
    assert forum.cards == [("Ива-200", "2"), (NAME, "1, at the bottom")]
    assert len(forum.room.topics()) == 2


async def test_the_topic_of_a_decided_story_is_closed(forum: Forum) -> None:
    reference = await forum.shows(card("open"))
    (topic,) = forum.room.chat.topics.values()
    assert not topic.closed
    for words in ("decided", "decided, and edited"):
        await forum.shows(card(words, closed=True), reference)
        assert topic.closed
    assert forum.cards == [(NAME, "decided, and edited")]


async def test_a_destroyed_story_leaves_no_topic(forum: Forum) -> None:
    reference = await forum.shows(card("a card"))
    for _ in range(2):
        assert isinstance(await forum.perform(Erase(anchor=ANCHOR), reference), Delivered)
        assert forum.room.topics() == {}
        assert forum.cards == []


async def test_a_topic_that_somebody_deleted_is_opened_anew(forum: Forum) -> None:
    reference = await forum.shows(card("a card"))
    await forum.perform(Erase(anchor=ANCHOR), reference)
    await forum.shows(card("a card again"), reference)
    assert forum.cards == [(NAME, "a card again")]


async def test_a_room_without_topics_has_none(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.editors.admits(tg.bot, "administrator")
    plain = Forum(room=tg.editors, adapter=adapter)
    reference = await plain.shows(card("a card", closed=True))
    await plain.shows(card("a card, edited", closed=True), reference)
    assert [seen.text for seen in tg.editors.sees() if seen.text] == ["a card, edited"]


async def test_doctor_asks_for_the_right_to_manage_topics(tg: TelegramStage, forum: Forum) -> None:
    adapter = tg.adapter(editors_chat=str(forum.room.id))
    await adapter.start()
    assert [finding.remedy for finding in await adapter.check() if not finding.ok] == []
    forum.room.promotes(tg.bot, without=("can_manage_topics",))
    assert [finding.remedy for finding in await adapter.check() if not finding.ok] == [
        "Make the bot an admin there who may manage topics."
    ]
    await adapter.stop()


async def test_what_can_not_be_deleted_any_more_says_that_it_is_gone(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    channel = tg.telegram.channel("News")
    channel.admits(tg.bot, "administrator")
    news = Forum(room=channel, adapter=adapter)
    reference = await news.shows(Show(content=text("a story"), anchor=ANCHOR, place=Place.SAME))
    for method in ("deleteMessages", "deleteMessage"):
        tg.telegram.faults.error(400, "Bad Request: message can't be deleted", method=method)
    await news.perform(Erase(anchor=ANCHOR, instead=text("withdrawn")), reference)
    assert [seen.text for seen in channel.sees()] == ["withdrawn"]
    await news.perform(Erase(anchor=ANCHOR, instead=text("withdrawn")), reference)
    assert channel.sees() == []
