"""What a person's file tells of a story that is locked away: how it stands, and nothing that the server can't know."""

from __future__ import annotations

from datetime import date

from bot.texts.fluent import Message
from handlers.own_data.gathering import Told
from handlers.own_data.telling_story import of_story
from storage.ids import AnchorId, KeyId, StoryId, VersionNumber
from storage.story import Cold, Details, Status, Story

DAY = date(2026, 3, 1)


def told(cold: Cold | None) -> list[str]:
    details = Details(
        alias="Снегирь",
        origin="telegram",
        byline=None,
        attachments=(),
        latest=VersionNumber(1),
        offered=None,
        card=AnchorId(b"card"),
        cold=cold,
    )
    story = Story(
        id=StoryId(b"story"),
        status=Status.SUBMITTED,
        language="ru",
        since=DAY,
        revision=1,
        key_id=KeyId(b"key"),
        details=details,
    )
    lines = of_story(1, Told(story=story, versions=None, questions=(), has_words=True, has_way=True), DAY)
    return [line.key for line in lines if isinstance(line, Message)]


def test_a_cold_story_is_not_said_to_be_unsigned() -> None:
    assert "signed-nobody" in told(None)
    cold = told(Cold(since=DAY, subject=b"subject"))
    assert "mine-cold" in cold
    assert {"signed-nobody", "data-unreadable"}.isdisjoint(cold)
