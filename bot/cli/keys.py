"""`keys rotate`; `keys newsroom` is in `newsroom_key.py`."""

from __future__ import annotations

import asyncio

import click

from bot.cli import say
from bot.cli.newsroom_key import newsroom
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from storage.rotation import rotate as rotate_keys
from storage.vault import KekNumber


@click.group()
def keys() -> None:
    """The keys of the ring, and the newsroom's offline key."""


keys.add_command(newsroom)


@keys.command()
@click.pass_context
def rotate(context: click.Context) -> None:
    """Put a fresh key in force and destroy the older ones. May be interrupted; the next run goes on."""
    number = asyncio.run(_rotate(settings_of(context)))
    say.line(f"Key {number} is in force; every older key is destroyed, and with them what was shredded before.")
    say.line("Destroy old copies of the ring as well. The root key has not changed.")


async def _rotate(settings: Settings) -> KekNumber:
    async with existing_newsroom(settings) as (store, _):
        with say.progress("Re-wrapping keys") as tell:
            return await rotate_keys(store, tell)
