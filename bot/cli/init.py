"""`init`: a few questions, then config, root key, database and ring. Nothing that is there is replaced."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli import say
from bot.cli.config_text import config_text
from bot.cli.questions import ask_matrix, ask_passphrase, ask_telegram
from bot.config import DEFAULT_FILE, RootKeyPlace, Settings, load
from bot.errors import ConfigError
from bot.opening import harden, is_new, open_newsroom, root_key
from storage.private import Private
from storage.vault import RootKey, create_root_key
from storage.vault.durable import create_private


@click.command()
@click.pass_context
def init(context: click.Context) -> None:
    """Set up a newsroom on Telegram, Matrix or both: asks, checks the answers, writes config.toml and the keys."""
    harden()
    given = context.find_root().obj
    file = given if isinstance(given, Path) else DEFAULT_FILE
    if file.exists():
        # Loaded, so that what is wrong with it is said at once; the rest can then be made without it being touched.
        settings = load(file)
        say.line(f"{file} is there already and stays as it is.")
        passphrase = ask_passphrase() if settings.root_key is RootKeyPlace.PASSPHRASE else None
    else:
        telegram = ask_telegram() if click.confirm("Serve Telegram?", default=True) else None
        matrix = ask_matrix() if telegram is None or click.confirm("Serve Matrix?", default=False) else None
        passphrase = ask_passphrase()
        create_private(file, config_text(telegram, matrix, passphrase=passphrase is not None).encode())
        why = "" if telegram is None else ", because it holds the token"
        say.line(f"Written: {file}, which only this account may read{why}.")
        settings = load(file)
    if settings.ring.exists() or not asyncio.run(is_new(settings)):
        again = "" if settings.matrix is None else " To log in on Matrix anew: `tamizdat matrix login`."
        raise ConfigError(
            f"This newsroom has begun already: nothing was changed. The keys are in {settings.keys}.{again}"
        )
    _make_keys(settings, passphrase)
    say.line("Next: `tamizdat editors enrol NAME` for yourself, then `tamizdat run`. `tamizdat doctor` checks it all.")


def _make_keys(settings: Settings, passphrase: Private[str] | None) -> None:
    made = settings.root_key in (RootKeyPlace.FILE, RootKeyPlace.PASSPHRASE) and not settings.root_file.exists()
    root = create_root_key(settings.root_file, passphrase) if made else root_key(settings)
    asyncio.run(_begin(settings, root, made=made))


async def _begin(settings: Settings, root: RootKey, *, made: bool) -> None:
    store = await open_newsroom(settings, root)
    try:
        say.line(f"Made: the database in {settings.data}, the key ring in {settings.keys}.")
        if made:
            say.key_note(settings, settings.root_file)
        if settings.matrix is not None:
            # Here, because its library takes a while to load, which a newsroom without Matrix should not wait for.
            from bot.cli.matrix_account import log_in

            await log_in(store, settings.matrix)
    finally:
        await store.close()
