"""From settings to an open store: the root key from its place, a fresh one for a newsroom that is wholly new."""

from __future__ import annotations

import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path

from bot.config import RootKeyPlace, Settings
from bot.config.settings import DEMO_MARK
from bot.errors import StartRefused
from bot.media.hardening import harden_process
from storage import schema
from storage.opening import open_database, open_store
from storage.private import Private
from storage.store import Store
from storage.vault import (
    KeyCredential,
    KeyEnvironment,
    KeyFile,
    KeyPassphrase,
    RootKey,
    RootKeySource,
    create_root_key,
    load_root_key,
)


def root_key(settings: Settings) -> RootKey:
    """Asks for the passphrase at the terminal where one is configured. The environment gives its key only once.

    Raises StartRefused without a terminal or a hardened process, StorageError as `load_root_key` does.
    """
    harden()
    return load_root_key(_source(settings))


def harden() -> None:
    """Before a key or a token is read. Raises StartRefused."""
    try:
        harden_process()
    except OSError as error:
        raise StartRefused(
            f"This process can't be closed to other programs ({error.strerror}): start it without a sandbox that "
            "forbids prctl."
        ) from None


async def prepare(settings: Settings) -> Path | None:
    """Where a newsroom is wholly new: makes its root key, and says where. None: there was something already."""
    harden()
    if settings.root_key is not RootKeyPlace.FILE or settings.root_file.exists() or settings.ring.exists():
        return None
    if not await is_new(settings):
        return None  # rows, but no key: opening says so
    create_root_key(settings.root_file)
    return settings.root_file


async def is_new(settings: Settings) -> bool:
    """Whether the database holds no table yet."""
    database = open_database(settings.data, settings.ring, database_url(settings))
    try:
        return await schema.is_empty(database)
    finally:
        await database.close()


async def open_newsroom(settings: Settings, root: RootKey | None = None) -> Store:
    """Raises StorageError as `open_store` does."""
    store = await open_store(
        root=root or root_key(settings),
        ring=settings.ring,
        data=settings.data,
        database=database_url(settings),
    )
    if settings.demo:
        (settings.data / DEMO_MARK).touch(mode=0o600)
    return store


def database_url(settings: Settings) -> str | None:
    return None if settings.database is None else settings.database.reveal()


def _source(settings: Settings) -> RootKeySource:
    sources: dict[RootKeyPlace, Callable[[], RootKeySource]] = {
        RootKeyPlace.FILE: lambda: KeyFile(path=settings.root_file),
        RootKeyPlace.ENVIRONMENT: KeyEnvironment,
        RootKeyPlace.CREDENTIAL: KeyCredential,
        RootKeyPlace.PASSPHRASE: lambda: KeyPassphrase(path=settings.root_file, passphrase=_ask_passphrase()),
    }
    return sources[settings.root_key]()


def _ask_passphrase() -> Private[str]:
    if not sys.stdin.isatty():
        raise StartRefused("The root key is sealed by a passphrase, so a person must start this at a terminal.")
    return Private(getpass("Passphrase of the root key: "))
