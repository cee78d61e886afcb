"""The rooms in which stories are published: one for each language."""

from __future__ import annotations

from collections.abc import Callable

from bot.config.table import Table

LANGUAGES = ("ru", "en", "de", "fr", "cs")


def read_channels(table: Table, editors: str | None, read: Callable[[Table, str], str | None]) -> dict[str, str]:
    """`read` takes one room; `editors` is the editors' room, where nothing may be published."""
    found = {language: room for language in LANGUAGES if (room := read(table, language)) is not None}
    table.finish()
    rooms = [] if editors is None else [editors]
    for language, room in found.items():
        if room in rooms:
            table.problem(language, "is the same chat as another one here: each language has a channel of its own.")
        rooms.append(room)
    return found
