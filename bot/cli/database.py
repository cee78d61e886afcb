"""`migrate`, and `outbox release` after a restore."""

from __future__ import annotations

import asyncio

import click

from bot.cli import say
from bot.cli.running import existing_newsroom, has_not_begun, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.opening import database_url
from storage import schema
from storage.opening import open_database
from storage.service_lock import service_lock


@click.command()
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the database's tables to what this program needs. Stop the service and make a back-up first."""
    before, after = asyncio.run(_migrate(settings_of(context)))
    if before == after:
        say.line(f"The tables are at step {after} already; nothing was changed.")
    else:
        say.line(f"The tables went from step {before} to step {after}.")


@click.group()
def outbox() -> None:
    """Messages that wait to be sent."""


@outbox.command()
@click.pass_context
def release(context: click.Context) -> None:
    """Let what a restored back-up brought along go out; some of it may have been sent long ago."""
    released = asyncio.run(_release(settings_of(context)))
    say.line(f"{released} messages, answers and releases may go on now.")


async def _migrate(settings: Settings) -> tuple[str | None, str | None]:
    if await has_not_begun(settings):
        raise ConfigError(f"There is no newsroom in {settings.data} yet, so there is nothing to migrate.")
    with service_lock(settings.data):
        database = open_database(settings.data, settings.ring, database_url(settings))
        try:
            before = await schema.revision(database)
            await schema.migrate(database)
            return before, await schema.revision(database)
        finally:
            await database.close()


async def _release(settings: Settings) -> int:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        return await tx.outbox.release_quarantine()
