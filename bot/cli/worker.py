"""`worker`: one of several processes that share a newsroom's work."""

from __future__ import annotations

import click

from bot import rounds
from bot.cli.running import has_not_begun, settings_of
from bot.config import Settings
from bot.errors import StartRefused
from bot.observe import logs


@click.command()
@click.pass_context
def worker(context: click.Context) -> None:
    """Work beside others on one newsroom; Ctrl-C stops this one. Any number, on one machine or several; needs
    PostgreSQL.
    """
    settings = settings_of(context)
    logs.set_up(settings.log_level)
    rounds.run(_work(settings))


async def _work(settings: Settings) -> None:
    if settings.database is None:
        raise StartRefused(
            "Several workers need PostgreSQL, and this newsroom is on SQLite: `tamizdat run` is all that it needs."
        )
    if await has_not_begun(settings):
        raise StartRefused("There is no newsroom in this database yet: start it once with `tamizdat run`.")
    # Here, because the service's parts take a second to load, which a refusal should not wait for.
    from bot.app import serve

    await serve(settings, beside_others=True)
