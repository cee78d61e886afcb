"""A button that says yes without a prompt: it stands beside a draft, which stays as it is."""

from __future__ import annotations

from bot.flows.flow import Reads
from storage.vault import Purpose

_DIGITS = 32
"""of a keyed hash's hexadecimal ones: what a button carries is short"""


def yes_to(deed: str, reads: Reads) -> str:
    """What the button carries: nobody can make it up, and tomorrow it means nothing any more."""
    work, account = reads.tx.work, reads.who.person
    yes = work.names.daily(Purpose.CONTRIBUTOR, work.today, account.platform, f"{deed} {account.person.reveal()}")
    return f"yes-{yes.hex()[:_DIGITS]}"
