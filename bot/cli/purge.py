"""`purge`: whatever has outlived its date goes now, and the operator is told what and what follows later."""

from __future__ import annotations

import asyncio

import click

from bot.cli import say
from bot.cli.purging import Overdue, Purge
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from handlers.deadlines import out_of_backups
from storage.clock import day_of


@click.command()
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_context
def purge(context: click.Context, yes: bool) -> None:
    """Destroy at once whatever has outlived its date: drafts, stories, newsletters, ways to authors, messages,
    old lanes.

    Says first what would go. The service does the same by itself; this is for when it was off, or is to stay off.
    """
    if not asyncio.run(_purge(settings_of(context), asks=not yes)):
        raise click.exceptions.Exit(1)


async def _purge(settings: Settings, *, asks: bool) -> bool:
    async with existing_newsroom(settings) as (store, _):
        work = Purge(store, settings)
        overdue = await work.look()
        if not overdue:
            say.line("Nothing has outlived its date.")
            return True
        for line in _lines(overdue):
            say.line(line)
        if asks:
            click.confirm("Destroy all that now?", abort=True)
        with say.progress("Destroying") as tell:
            emptied = await work.destroy(overdue, tell)
        until = out_of_backups(day_of(store.clock.now()))
    say.line(f"Done. No back-up that the rules keep holds it after {until}; until the key ring changes, an old copy")
    say.line("of the data opens with it: `tamizdat keys rotate` ends that now.")
    if overdue.messages:
        say.line("What is to disappear from chats waits in the outbox, and goes when the service runs.")
    if not emptied:
        say.problem("SQLite's journal could not be emptied, because something reads the database: run this again.")
    return emptied


def _lines(overdue: Overdue) -> list[str]:
    rest = overdue.rest
    counts = (
        (len(overdue.drafts), "unfinished drafts"),
        (len(overdue.stories), "stories that nobody decided on, or that were not accepted"),
        (len(overdue.sources), "published stories: everything but what readers have"),
        (len(overdue.letters), "newsletters: old drafts, and what was sent long ago"),
        (rest.routes, "ways to authors"),
        (overdue.messages, "messages in chats"),
        (rest.lanes, "empty lanes, with their keys"),
        (rest.files, "files that belong to nothing"),
    )
    width = max(len(str(count)) for count, _ in counts)
    return [f"{count:>{width}}  {what}" for count, what in counts if count]
