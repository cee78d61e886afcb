"""`export` and `open`: a story that the server can't read any more, carried to where somebody has the words."""

from __future__ import annotations

import asyncio
import sys
from getpass import getpass
from pathlib import Path

import click

from bot.cli import cold_text, say
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.opening import harden
from handlers.auditing import Action
from handlers.cooling import rest
from handlers.editors.following import FOLLOW
from storage.audit_chain import Actor
from storage.cold_file import open_copy, open_files, read_head, sealed_copy, way_back
from storage.cold_file import thaw as thaw_story
from storage.private import Private
from storage.store import Store
from storage.story import Status, Story
from storage.vault.durable import create_private
from storage.vault.newsroom import Words, read

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHORT = 8
_BACK = "thaw.key"
"""for the server that the story came from; nobody else can use it"""


@click.command()
@click.argument("name", required=False)
@click.argument("file", required=False, type=_FILE)
@click.pass_context
def export(context: click.Context, name: str | None, file: Path | None) -> None:
    """Write a cold story into FILE, sealed as it lies. NAME as the list shows it; without one: the list."""
    settings = settings_of(context)
    if name is None or file is None:
        cold = asyncio.run(_listed(settings))
        for story in cold:
            say.line(f"{story.details.alias}  ({_short(story)}, {story.status}, since {_since(story)})")
        say.line("Nothing lies cold." if not cold else "To export one: tamizdat export NAME FILE")
        return
    story = asyncio.run(_export(settings, name, file))
    say.line(f"{story.details.alias}: {file}. Carry it to another machine, and run there: tamizdat open {file.name}")


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def open_(file: Path) -> None:
    """Read an exported story on another machine, with the newsroom's twelve words; needs no newsroom.

    Its text and files go into a new folder beside FILE; so does the file for `thaw`.
    """
    harden()
    head = read_head(file)
    folder = file.with_suffix(".opened")
    if folder.exists():
        raise ConfigError(f"{folder} is there already: move it away.")
    key = _ask_words().key
    if key.public.name != head.newsroom:
        raise ConfigError(
            f"These words are of the key {key.public.name}; the story was sealed for {head.newsroom}: take those words."
        )
    opened = open_copy(file, key)
    folder.mkdir(mode=0o700)
    names = cold_text.file_names(opened.frozen.details)
    create_private(folder / "story.txt", cold_text.readable(opened).encode())
    create_private(folder / _BACK, way_back(file, key))
    for blob, pieces in open_files(file, opened.frozen):
        create_private(folder / names[blob], b"".join(pieces))
    say.line(f"Opened into {folder}: story.txt and {len(names)} files. Erase them after use: nothing seals them.")
    say.line(f"If editors shall work on it again, carry {folder / _BACK} to the server: tamizdat thaw {_BACK}")


open = open_


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def thaw(context: click.Context, file: Path) -> None:
    """Let editors work on a cold story again. FILE was made by `open`, with the newsroom's words."""
    story = asyncio.run(_thaw(settings_of(context), file.read_bytes()))
    say.line(f"{story.details.alias} can be read at the desk again. It rests from now on: in three days it goes cold.")


def _ask_words() -> Words:
    if sys.stdin.isatty():
        typed = getpass("The newsroom's twelve words (they are not shown): ")
    else:
        typed = sys.stdin.readline()
    words = read(Private(typed))
    if words is None:
        raise ConfigError("These are not the twelve words in their order: one is wrong, missing or too many.")
    return words


async def _listed(settings: Settings) -> list[Story]:
    async with existing_newsroom(settings) as (store, _):
        return await _cold(store)


async def _cold(store: Store) -> list[Story]:
    async with store.read() as tx:
        return [story for story in await tx.stories.listed(frozenset(Status)) if story.details.cold is not None]


async def _export(settings: Settings, name: str, file: Path) -> Story:
    async with existing_newsroom(settings) as (store, _):
        found = [story for story in await _cold(store) if name in (story.details.alias, _short(story))]
        if len(found) != 1:
            raise ConfigError(
                f"{'No' if not found else 'More than one'} cold story is called {name}: `tamizdat export` lists them; "
                "the letters in brackets name one."
            )
        story = found[0]
        async with store.write() as tx:  # noted first: nobody has the file unseen
            await tx.audit.note(Action.EXPORTED, actor=Actor.SYSTEM, story=story)
        content = b"".join([piece async for piece in sealed_copy(store, story.id)])
        try:
            await asyncio.to_thread(create_private, file, content)
        except FileExistsError:
            raise ConfigError(f"{file} is there already: name another file.") from None
        return story


async def _thaw(settings: Settings, content: bytes) -> Story:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        story = await thaw_story(tx, content)
        await tx.audit.note(Action.THAWED, actor=Actor.SYSTEM, story=story)
        await rest(tx, story.id)
        await tx.timers.set(FOLLOW, story.id, tx.now)  # its card says so
        return story


def _short(story: Story) -> str:
    return story.id.hex()[:_SHORT]


def _since(story: Story) -> str:
    return "" if story.details.cold is None else story.details.cold.since.isoformat()
