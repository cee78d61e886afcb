"""Until when a story is kept, as its author reads it in each status."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.texts.fluent import Message, Texts
from handlers.contributors.standing import how_it_stands
from storage.clock import DAY, day_of
from storage.ids import AnchorId, KeyId, StoryId, VersionNumber
from storage.story import Contact, Details, Status, Story
from tests.clock import Clock

DETAILS = Details(
    alias="Берёза-100",
    origin="telegram",
    byline=None,
    attachments=(),
    latest=VersionNumber(1),
    offered=None,
    card=AnchorId(b""),
)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.SUBMITTED, "30\u00a0апреля мы её удалим. Осталось 58 дней."),
        (Status.CONSENT, "31\u00a0марта мы удалим историю. Осталось 28 дней."),
        (Status.AGREED, "30\u00a0апреля мы её удалим. Осталось 58 дней."),
        (Status.SCHEDULED, "История выйдет завтра, 4\u00a0марта."),
        (Status.PUBLISHED, "Осталось 12 дней."),
        (Status.RETRACTED, "15\u00a0марта мы её удалим. Осталось 12 дней."),
        (Status.REJECTED, "8\u00a0марта мы её удалим. Осталось 5 дней."),
    ],
)
def test_every_status_says_until_when(texts: Texts, clock: Clock, status: Status, said: str) -> None:
    assert said in read(texts, clock, status, days=2)


@pytest.mark.parametrize(
    ("days", "said"), [(6, "Остался 1 день."), (7, "Это сегодня."), (5, "Осталось 2 дня."), (8, "Это сегодня.")]
)
def test_the_days_run_down(texts: Texts, clock: Clock, days: int, said: str) -> None:
    assert said in read(texts, clock, Status.REJECTED, days=days)


def test_what_is_left_of_a_published_story_says_so(texts: Texts, clock: Clock) -> None:
    assert "осталось только то, что видят читатели" in read(texts, clock, Status.PUBLISHED, days=14)


def read(texts: Texts, clock: Clock, status: Status, *, days: int) -> str:
    """So many days after 1 March, when the story became that."""
    since = day_of(clock.now())
    clock.pass_(days=days)
    details = structs.replace(DETAILS, goes_out=clock.now() + DAY, contact=Contact.SILENT)
    story = Story(
        id=StoryId(b""), status=status, language="ru", since=since, revision=1, key_id=KeyId(b""), details=details
    )
    stands = how_it_stands(story, day_of(clock.now()))
    return "\n".join(texts.say(texts.pick("ru"), line).text for line in stands if isinstance(line, Message))
