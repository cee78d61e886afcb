"""From what arrived to an answer that a step understands, or to the sentence that says why it is none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.flows.conversation import Asked, typed
from bot.flows.flow import Answer, Fetched, Gave, Picked, Rewrote, Worked, Wrote
from bot.texts.clean import clean, is_empty
from bot.texts.fluent import Message, msg
from bot.types import Called, Choice, Edited, Incoming, Resulted, Said, Sent, Tapped, Undecrypted, WorkDone, command_of
from storage.private import Private

LONGEST_TEXT = 100_000
"""Characters in one message that are looked at; Telegram sends 4096 at most."""


def hear(
    incoming: Incoming, asked: Asked, offers: Sequence[Choice] = (), *, numbers: bool
) -> Answer | Called | Message:
    """`numbers`: whether choices are typed by their number here, for want of buttons.

    `offers` have come after what was asked and stand for commands: a number is theirs first.
    """
    body = incoming.body
    message = incoming.reference.message if incoming.reference else Private("")
    match body:
        case Resulted():
            problem = msg(body.problem, **body.facts) if body.problem else None
            return Fetched(item=body.item, blob=body.blob, size=body.size, problem=problem)
        case WorkDone():
            return Worked(result=body.result)
        case Tapped():
            value = asked.value(body.token)
            if value in asked.weighty and not body.proven:
                return msg("tap-is-unproven")
            return msg("tap-is-stale") if value is None else Picked(value)
        case Said():
            text = _cleaned(body.text)
            if is_empty(text):
                return msg("text-is-empty")
            if numbers and (called := _offered(text, offers)) is not None:
                return called
            choice = asked.typed(text, numbers=numbers)
            if choice is not None:
                return Picked(choice)
            return Wrote(text=Private(text), message=message, marked=_marked(body.marked))
        case Edited():
            text = _cleaned(body.text)
            text = "" if is_empty(text) else text
            return Rewrote(text=Private(text), message=message, marked=_marked(body.marked))
        case Sent():
            return Gave(file=body.file, caption=Private(_cleaned(body.caption)), message=message)
        case Undecrypted():
            return msg("message-is-unreadable")
        case _:
            return msg("kind-is-unsupported")


def _offered(text: str, offers: Sequence[Choice]) -> Called | None:
    said = typed(text)
    for number, choice in enumerate(offers, start=1):
        if said in (typed(choice.label), str(number)):
            return command_of(choice.token)
    return None


def _cleaned(text: Private[str]) -> str:
    return clean(text.reveal()[:LONGEST_TEXT])


def _marked(text: Private[str] | None) -> Private[str] | None:
    return None if text is None else Private(_cleaned(text))
