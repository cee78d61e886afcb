"""From what arrived to an answer that a step understands, or to the sentence that says why it is none."""

from __future__ import annotations

from bot.flows.conversation import Asked
from bot.flows.flow import Answer, Fetched, Gave, Picked, Rewrote, Wrote
from bot.texts.clean import clean, is_empty
from bot.texts.fluent import Message, msg
from bot.types import Edited, Incoming, Resulted, Said, Sent, Tapped
from storage.private import Private

LONGEST_TEXT = 100_000
"""Characters in one message that are looked at; Telegram sends 4096 at most."""


def hear(incoming: Incoming, asked: Asked, *, numbers: bool) -> Answer | Message:
    """`numbers`: whether choices are typed by their number here, for want of buttons."""
    body = incoming.body
    message = incoming.reference.message if incoming.reference else Private("")
    match body:
        case Resulted():
            problem = msg(body.problem, **body.facts) if body.problem else None
            return Fetched(item=body.item, blob=body.blob, size=body.size, problem=problem)
        case Tapped():
            value = asked.value(body.token)
            return msg("tap-is-stale") if value is None else Picked(value)
        case Said():
            text = _cleaned(body.text)
            if is_empty(text):
                return msg("text-is-empty")
            choice = asked.typed(text, numbers=numbers)
            return Wrote(text=Private(text), message=message) if choice is None else Picked(choice)
        case Edited():
            text = _cleaned(body.text)
            return Rewrote(text=Private("" if is_empty(text) else text), message=message)
        case Sent():
            return Gave(file=body.file, caption=Private(_cleaned(body.caption)), message=message)
        case _:
            return msg("kind-is-unsupported")


def _cleaned(text: Private[str]) -> str:
    return clean(text.reveal()[:LONGEST_TEXT])
