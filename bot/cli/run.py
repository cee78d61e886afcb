"""`run`: the service."""

from __future__ import annotations

import click

from bot import rounds
from bot.cli import say
from bot.cli.running import settings_of
from bot.config import Settings
from bot.observe import logs
from bot.opening import prepare


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Start the newsroom; Ctrl-C stops it. Without a config.toml: the demo, a page on this machine."""
    settings = settings_of(context)
    logs.set_up(settings.log_level)
    rounds.run(_run(settings))


async def _run(settings: Settings) -> None:
    # Here, because the service's parts take a second to load, which a note on a wrong config should not wait for.
    from bot.app import serve

    fresh = await prepare(settings)
    if fresh is not None:
        say.key_note(settings, fresh)
    if settings.demo:
        say.line("This is the demo, because there is no config.toml here. It reaches no messenger.")
    await serve(settings)
