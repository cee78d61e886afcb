"""A text that an editor writes in as many messages as it takes; each can be corrected where it stands."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Rewrote, Wrote
from storage.private import Private


class Written(msgspec.Struct, frozen=True, kw_only=True):
    message: Private[str]
    text: Private[str]


def whole(parts: tuple[Written, ...]) -> Private[str]:
    return Private("\n\n".join(part.text.reveal() for part in parts))


def taken(parts: tuple[Written, ...], answer: Wrote | Rewrote, text: Private[str]) -> tuple[Written, ...] | None:
    """With one part more, or one corrected; a part that is left empty goes. text: what counts of the answer.

    None: a message was edited that is none of them.
    """
    if isinstance(answer, Wrote):
        return (*parts, Written(message=answer.message, text=text))
    if all(part.message != answer.message for part in parts):
        return None
    corrected = (msgspec.structs.replace(part, text=text) if part.message == answer.message else part for part in parts)
    return tuple(part for part in corrected if part.text.reveal())
