"""Where choices are typed: what a number stands for once a message that stood there was changed."""

from __future__ import annotations

import pytest

from bot.flows.conversation import Asked, Conversation, numbers_change
from bot.types import Choice, Offered, calling
from storage.address import Account, Address
from storage.ids import AnchorId
from storage.private import Private

LEAVE = Choice(label="Leave", token=calling("leave"))
ON, ELSEWHERE = (Choice(label="Read on", token=calling("read", story)) for story in ("a-1", "b-1"))
FIRST, SECOND = (Choice(label=title, token=calling("read", title)) for title in ("first", "second"))


def standing(*offers: Choice) -> Conversation:
    return Conversation(
        chat=Address(platform="matrix", bot="main", chat=Private("@anna:example.org")),
        person=Account(platform="matrix", person=Private("@anna:example.org")),
        language="en",
        flow="home",
        step="home",
        draft=b"",
        draft_id=b"",
        asked=Asked(id="1"),
        offers=offers,
        anchor=AnchorId(b"a" * 16),
    )


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((FIRST, SECOND, LEAVE), (SECOND, LEAVE), True),  # a list from which one has gone
        ((LEAVE,), (ON, LEAVE), True),  # a text that has become longer than a message
        ((ELSEWHERE, LEAVE), (LEAVE,), False),  # another story has come after it
        ((ELSEWHERE, LEAVE), (ON, LEAVE), False),
        ((), (ON, LEAVE), False),  # a prompt has
        ((ON, LEAVE), (ON, LEAVE), False),
    ],
)
def test_the_numbers_are_of_the_last_message(
    before: tuple[Choice, ...], now: tuple[Choice, ...], expected: bool
) -> None:
    assert numbers_change(standing(*before), Offered(choices=now, again=True)) is expected


def test_a_new_message_has_them_always() -> None:
    assert numbers_change(standing(ELSEWHERE, LEAVE), Offered(choices=(LEAVE,)))
