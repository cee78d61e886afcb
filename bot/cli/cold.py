"""`open` and `thaw`: what was exported is read where somebody has the words, and comes back from there."""

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
from storage.cold_file import open_copy, open_files, read_head, way_back
from storage.cold_file import thaw as thaw_story
from storage.private import Private
from storage.story import Story
from storage.vault.durable import create_private
from storage.vault.newsroom import Words, read

_BACK = "thaw.key"
"""for the server that the story came from; nobody else can use it"""


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


async def _thaw(settings: Settings, content: bytes) -> Story:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        story = await thaw_story(tx, content)
        await tx.audit.note(Action.THAWED, actor=Actor.SYSTEM, story=story)
        await rest(tx, story.id)
        await tx.timers.set(FOLLOW, story.id, tx.now)  # its card says so
        return story
