"""A tap that a homeserver could have made up decides nothing that can't be taken back."""

from __future__ import annotations

import pytest

from bot.flows.conversation import Asked
from bot.flows.flow import Option, Picked
from bot.flows.hearing import hear
from bot.flows.questions import rows, weighty
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.listening.incoming import from_person
from bot.platforms.matrix.listening.reading import read
from bot.rooms import BOT
from bot.texts.fluent import msg
from bot.types import Body, Called, ChatKind, Incoming, Said, Tapped
from storage.address import Account, Address
from storage.private import Private

ASKED = Asked(id="prompt", values=("approve-2", "read"), labels=("Approve", "Read"), weighty=("approve-2",))


def _hears(body: Body) -> object:
    incoming = Incoming(
        event="$tap",
        chat=Address(platform="matrix", bot=BOT, chat=Private("@anna:paper.test")),
        kind=ChatKind.PRIVATE,
        person=Account(platform="matrix", person=Private("@anna:paper.test")),
        language_code=None,
        at=1,
        reference=None,
        body=body,
    )
    return hear(incoming, ASKED, numbers=True)


def test_such_a_tap_counts_for_what_can_be_taken_back() -> None:
    assert _hears(Tapped(token=ASKED.token(1), proven=False)) == Picked("read")


def test_and_for_nothing_else() -> None:
    assert _hears(Tapped(token=ASKED.token(0), proven=False)) == msg("tap-is-unproven")
    assert _hears(Tapped(token=ASKED.token(0))) == Picked("approve-2")
    assert _hears(Said(text=Private("1"))) == Picked("approve-2")


def test_weighty_choices_are_named_with_or_without_what_they_are_for() -> None:
    choices = weighty(rows(("approve-2", msg("a")), ("approved", msg("b")), ("send", msg("c"))), "approve", "send")
    assert [(option.value, option.weighty) for row in choices for option in row] == [
        ("approve-2", True),
        ("approved", False),
        ("send", True),
    ]
    assert not Option("read", msg("d")).weighty


@pytest.mark.parametrize("meant", [Tapped(token=ASKED.token(0)), Called(name="delete", argument=Private("yes"))])
async def test_a_reaction_on_matrix_is_nobody_s_for_sure(meant: Body) -> None:
    async def answer_of(_room: RoomId, _event: EventId, _said: str) -> Body:
        return meant

    raw = {
        "type": "m.reaction",
        "event_id": "$reaction",
        "sender": "@anna:paper.test",
        "origin_server_ts": 1,
        "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$prompt", "key": "1"}},
    }
    heard = await from_person(read(raw, RoomId("!room:paper.test")), answer_of)
    assert heard is not None
    assert isinstance(heard.incoming.body, Tapped | Called)
    assert not heard.incoming.body.proven
