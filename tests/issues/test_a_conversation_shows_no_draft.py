"""`repr` of a conversation showed its draft, which is what the person has written so far, with the labels and values of
its open question: one log line or traceback with it would have been enough.
"""

from __future__ import annotations

from bot.flows.conversation import Asked, Conversation
from storage.address import Account, Address
from storage.ids import AnchorId
from storage.private import Private

SECRET = "Маша"


def test_a_conversation_says_where_it_stands_and_no_more() -> None:
    asked = Asked(id="5ec2e7", values=(f"story:{SECRET}",), labels=(f"Удалить «{SECRET}»",))
    conversation = Conversation(
        chat=Address(platform="stage", bot="main", chat=Private(SECRET)),
        person=Account(platform="stage", person=Private(SECRET)),
        language="ru",
        flow="telling",
        step="story",
        draft=SECRET.encode(),
        draft_id=b"5ec2e7",
        asked=asked,
        anchor=AnchorId(b"5ec2e7"),
    )
    assert repr(conversation) == "Conversation(telling, story)"
    assert repr(asked) == "Asked(1 choices)"
