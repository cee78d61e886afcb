"""`doctor`: every check one line, with its remedy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import click

from bot.cli import checks, newsroom_checks, say
from bot.cli.platforms import check_telegram
from bot.cli.running import SQLITE_NAME, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.handles.findings import findings as official_accounts
from bot.observe import health
from bot.platforms.base import Finding

_SNAPSHOTS = (
    "• Ask yourself: does your host take snapshots of this disk? They keep what is deleted here. "
    "Switch them off, or have them destroyed within 7 days. The same for copies of the back-ups."
)


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check everything, and say what to do about what is not right. Changes nothing; ends with 1 if a check fails."""
    try:
        settings = settings_of(context)
    except ConfigError as error:
        for line in str(error).splitlines():
            say.finding(Finding(what="Config", ok=False, remedy=line))
        raise click.exceptions.Exit(1) from None
    failed = asyncio.run(_examine(settings))
    say.line(_SNAPSHOTS)
    say.line("Everything is in order." if not failed else f"{failed} of the checks failed; the arrows say what to do.")
    if failed:
        raise click.exceptions.Exit(1)


async def _examine(settings: Settings) -> int:
    failed = 0
    async for found in _findings(settings):
        say.finding(found)
        failed += not found.ok
    return failed


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield checks.config(settings)
    for found in (*checks.questionnaires(settings), *checks.places(settings)):
        yield found
    async for found in newsroom_checks.newsroom(settings):
        yield found
    for found in checks.backups(settings):
        yield found
    yield health.disk(settings.data)
    yield health.clock(settings.data / SQLITE_NAME)
    yield health.hardening()
    yield await asyncio.to_thread(health.confinement)
    if settings.telegram is not None:
        for found in await check_telegram(settings.telegram):
            yield found
    for found in await official_accounts(settings):
        yield found
