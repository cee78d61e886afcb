"""`export`: a story that the server can't read any more goes into a file, once two editors have agreed to that."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli import say
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from handlers.editors.exporting import agreed, take_off
from handlers.publication.times import moment_of
from storage.cold_file import sealed_copy
from storage.store import Store
from storage.story import Status, Story
from storage.vault.durable import create_private

_SHORT = 8
_HOW = (
    "one editor asks for it at the story's desk in the messenger, another agrees within a day; from then on it may be "
    "exported for a day, once: tamizdat export NAME FILE"
)


@click.command()
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def export(context: click.Context, name: str | None, file: Path | None) -> None:
    """Write a cold story into FILE, sealed as it lies. NAME as the list shows it; without one: the list.

    Two editors agree to it beforehand, in the messenger; that counts for a day and for one file.
    """
    settings = settings_of(context)
    if name is None or file is None:
        asyncio.run(_list(settings))
        return
    if file.exists():
        raise ConfigError(f"{file} is there already: name another file.")
    if not file.parent.is_dir():
        raise ConfigError(f"There is no folder {file.parent}: make it, or name another file.")
    story = asyncio.run(_export(settings, name, file))
    say.line(f"{story.details.alias}: {file}. Carry it to another machine, and run there: tamizdat open {file.name}")


async def _list(settings: Settings) -> None:
    async with existing_newsroom(settings) as (store, _):
        cold, now = await _cold(store), store.clock.now()
    for story in cold:
        since = "" if story.details.cold is None else story.details.cold.since.isoformat()
        said = f"{story.details.alias}  ({_short(story)}, {story.status}, since {since})"
        say.line(f"{said}: {_agreement(story, now)}")
    say.line(f"To export one: {_HOW}" if cold else "Nothing lies cold.")


async def _cold(store: Store) -> list[Story]:
    async with store.read() as tx:
        return [story for story in await tx.stories.listed(frozenset(Status)) if story.details.cold is not None]


async def _export(settings: Settings, name: str, file: Path) -> Story:
    async with existing_newsroom(settings) as (store, _):
        story = _named(await _cold(store), name)
        content = b"".join([piece async for piece in sealed_copy(store, story.id)])
        async with store.write() as tx:  # noted and used up first: nobody has the file unseen, or twice
            if not await take_off(tx, story.id):
                raise ConfigError(f"No two editors have agreed to export {story.details.alias}: {_HOW}")
        await asyncio.to_thread(create_private, file, content)
        return story


def _named(cold: list[Story], name: str) -> Story:
    found = [story for story in cold if name in (story.details.alias, _short(story))]
    if len(found) != 1:
        raise ConfigError(
            f"{'No' if not found else 'More than one'} cold story is called {name}: `tamizdat export` lists them; "
            "the letters in brackets name one."
        )
    return found[0]


def _agreement(story: Story, now: int) -> str:
    pair = agreed(story, now)
    return "not agreed to" if pair is None else f"agreed to until {moment_of(pair.until):%d %B, %H:%M} UTC"


def _short(story: Story) -> str:
    return story.id.hex()[:_SHORT]
