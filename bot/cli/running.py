"""What every command needs: its settings, and the store of a newsroom that has begun."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click

from bot.config import Settings, load
from bot.errors import ConfigError
from bot.opening import harden, is_new, open_newsroom, root_key
from storage.database import sqlite_url
from storage.store import Store
from storage.vault import RootKey

SQLITE_NAME = str(Path(str(sqlite_url(Path()).database)))
"""the database's file in the data folder"""


def settings_of(context: click.Context) -> Settings:
    """From `--config`. The process is hardened first, because the file may hold a token."""
    harden()
    path = context.find_root().obj
    return load(path if isinstance(path, Path) else None)


@asynccontextmanager
async def existing_newsroom(settings: Settings) -> AsyncIterator[tuple[Store, RootKey]]:
    """The store of a newsroom that has begun. Raises ConfigError when there is none yet: nothing is made here."""
    if await has_not_begun(settings):
        raise ConfigError(
            f"There is no newsroom in {settings.data} yet: start it once with `tamizdat run`, or run this "
            "where its config.toml is."
        )
    root = root_key(settings)
    store = await open_newsroom(settings, root)
    try:
        yield store, root
    finally:
        await store.close()


async def has_not_begun(settings: Settings) -> bool:
    """Without making anything."""
    if settings.database is None and not (settings.data / SQLITE_NAME).exists():
        return not settings.ring.exists()  # a ring without data is a missing disk: opening says so
    return await is_new(settings) and not settings.ring.exists()
