"""`keys newsroom new`: the newsroom's offline key, shown once, as words and as a picture of them."""

from __future__ import annotations

import asyncio
import secrets
import sys

import click
import segno

from bot.cli import say
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from handlers.cooling import MAY_GO_COLD, rest
from storage.copies import NEWSROOM
from storage.vault.newsroom import NewsroomKey, Words, draw, keep_newsroom_key
from storage.vault.words import recognised, typed_words

_ASKED = 2
_COLUMNS = 4


@click.group()
def newsroom() -> None:
    """The newsroom's offline key: with it, stories that rest leave the server's reach."""


@newsroom.command()
@click.pass_context
def new(context: click.Context) -> None:
    """Make the offline key and show it once: twelve words, for paper."""
    settings = settings_of(context)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigError("The words must not end in a file or a log: run this at a terminal.")
    known = asyncio.run(_known(settings))
    if known is not None:
        say.line(f"There is a key already ({known.name}). What lies cold under it needs its words for ever.")
        if not click.confirm("Make another one for everything from now on?", default=False):
            return
    words = draw()
    name = words.key.public.name
    say.loud("Write these words down now, on paper", f"{_numbered(words)}\n\nKey: {name}")
    segno.make(" ".join(words.reveal()), micro=False).terminal(compact=True)
    say.line("They are shown only this once, and kept nowhere here. Whoever has them reads every cold story; without")
    say.line("them nobody does. Two copies, in two places, not where the server is, never on a phone.")
    for place in sorted(secrets.SystemRandom().sample(range(len(words.reveal())), _ASKED)):
        _ask_back(words, place)
    waiting = asyncio.run(_keep(settings, words.key.public))
    click.clear()
    say.line(f"The public half of {name} is at {settings.ring.with_name(NEWSROOM)}. Restart the service.")
    say.line(f"From then on a story that rests for three days goes cold; {waiting} begin to count now.")


def _numbered(words: Words) -> str:
    cells = [f"{number:>2} {word:<10}" for number, word in enumerate(words.reveal(), start=1)]
    return "\n".join("".join(cells[place : place + _COLUMNS]) for place in range(0, len(cells), _COLUMNS))


def _ask_back(words: Words, place: int) -> None:
    while True:
        typed = typed_words(str(click.prompt(f"To be sure, word {place + 1}", hide_input=True)))
        if len(typed) == 1 and recognised(typed[0]) == words.reveal()[place]:
            return
        say.problem("Not that one: look at your paper.")


async def _known(settings: Settings) -> NewsroomKey | None:
    async with existing_newsroom(settings) as (store, _):
        return store.newsroom


async def _keep(settings: Settings, key: NewsroomKey) -> int:
    """Returns how many stories may go cold. Those of another key are sealed for this one when they do."""
    place = settings.ring.with_name(NEWSROOM)
    async with existing_newsroom(settings) as (_, root):
        keep_newsroom_key(place, key, root)
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        resting = [story for story in await tx.stories.listed(MAY_GO_COLD) if story.details.cold is None]
        for story in resting:
            await rest(tx, story.id)
        return len(resting)
