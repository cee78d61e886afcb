"""A text in several messages: what is sent is added, what is edited is corrected in its place."""

from __future__ import annotations

from bot.flows.flow import Rewrote, Wrote
from handlers.written import Written, taken, whole
from storage.private import Private


def parts(**texts: str) -> tuple[Written, ...]:
    return tuple(Written(message=Private(message), text=Private(text)) for message, text in texts.items())


TWO = parts(first="Весной.", second="На площади.")


def edited(message: str, text: str) -> tuple[Written, ...] | None:
    rewrote = Rewrote(message=Private(message), text=Private(text))
    return taken(TWO, rewrote, rewrote.text)


def test_a_message_is_added_with_what_counts_of_it() -> None:
    wrote = Wrote(message=Private("third"), text=Private("Втроём."), marked=Private("**Втроём.**"))
    grown = taken(TWO, wrote, Private("**Втроём.**"))
    assert grown == parts(first="Весной.", second="На площади.", third="**Втроём.**")
    assert whole(grown).reveal() == "Весной.\n\nНа площади.\n\n**Втроём.**"


def test_an_edited_message_is_corrected_where_it_stands() -> None:
    assert edited("first", "В марте.") == parts(first="В марте.", second="На площади.")


def test_a_message_of_which_nothing_is_left_goes() -> None:
    assert edited("first", "") == parts(second="На площади.")


def test_any_other_message_is_none_of_the_text() -> None:
    assert edited("before", "Что-то другое.") is None
