"""Text with marks, as an editor has sent it: what counts of it, and what is wrong with it."""

from __future__ import annotations

from bot.flows.flow import Rewrote, Wrote
from bot.texts.fluent import Message, msg
from bot.texts.marks import Fault, MarksError, parse_marks
from storage.private import Private


def said(answer: Wrote | Rewrote) -> Private[str]:
    """With the messenger's own formatting, where there was any."""
    return answer.text if answer.marked is None else answer.marked


def wrong_marks(text: Private[str]) -> Message | None:
    """Where the first mark is that leads nowhere; None: it can be sent."""
    try:
        read = parse_marks(text.reveal())
    except MarksError as error:
        if error.fault is Fault.LINK:
            return msg("letter-marks-link", near=Private(error.near))
        return msg("letter-marks-open", near=Private(error.near))
    return None if read.text.strip() else msg("letter-marks-nothing")
