"""The table [service]: where data and keys lie."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from bot.config.settings import DEMO_DATA, DEMO_KEYS, DEMO_MARK, RootKeyPlace
from bot.config.table import Table
from storage.private import Private

LEVELS = ("info", "warning", "error")
_DATA = "data/newsroom"
_KEYS = "keys/newsroom"
_POSTGRESQL = ("postgresql", "postgresql+asyncpg")


class Service(TypedDict):
    data: Path
    keys: Path
    root_key: RootKeyPlace
    database: Private[str] | None
    log_level: str


def read_service(table: Table) -> Service:
    data = table.path("data") or table.folder / _DATA
    keys = table.path("keys") or table.folder / _KEYS
    _check_places(table, data, keys)
    root_key = table.take_word("root_key", [place.value for place in RootKeyPlace])
    service = Service(
        data=data,
        keys=keys,
        root_key=RootKeyPlace(root_key or RootKeyPlace.FILE),
        database=_database(table),
        log_level=table.take_word("log_level", LEVELS) or "info",
    )
    table.finish()
    return service


def _check_places(table: Table, data: Path, keys: Path) -> None:
    inside, beside = data.resolve(), keys.resolve()
    if inside == beside or inside in beside.parents:
        table.problem("keys", "lies in the data folder, whose copies it would open: give it one of its own.")
    elif beside in inside.parents:
        table.problem("data", "lies in the folder of the keys: give the data a folder of their own.")
    for key, place in (("data", data), ("keys", keys)):
        if place.exists() and not place.is_dir():
            table.problem(key, "is a file: name a folder.")
    for key, place, demo in (("data", inside, DEMO_DATA), ("keys", beside, DEMO_KEYS)):
        if place.is_relative_to((table.folder / demo).resolve()):
            table.problem(key, f"is the demo's folder {demo}: give the newsroom a folder of its own.")
    if (data / DEMO_MARK).exists():
        table.problem("data", "was used by the demo: give the newsroom a folder of its own.")


def _database(table: Table) -> Private[str] | None:
    """The URL; nothing of it is ever shown, because it may hold a password."""
    text = table.take("database", str)
    if text is None:
        return None
    # Here, because it takes half a second to load, and most newsrooms name no database.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        table.problem("database", "can't be read: it must look like postgresql+asyncpg://account:password@host/name.")
        return None
    if url.drivername not in _POSTGRESQL:
        table.problem(
            "database", "is of an unknown kind: it begins with postgresql+asyncpg://, or leave it out for SQLite."
        )
    elif not url.database:
        table.problem("database", "names no database: it must end with /name.")
    else:
        return Private(text)
    return None
