"""How the people of a bench's bot are called: whoever writes to all of them needs no list."""

from __future__ import annotations

SERVER = "paper.test"
"""The name of Synapse in tests (`tests/homeserver/synapse.py`)."""


def name(bot: str, number: int) -> str:
    """Of the bot's nth person; `bot` without its server."""
    return f"{bot}-person{number}"


def user_id(bot: str, number: int) -> str:
    return f"@{name(bot, number)}:{SERVER}"
