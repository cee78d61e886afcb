"""`editors enrol`, `list`, `remove`: the roster. Each editor is also checked to be a member of the room, always."""

from __future__ import annotations

import asyncio

import click

from bot.cli import say
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.delivery.post import Post
from bot.errors import ConfigError
from bot.rooms import private_chat
from bot.types import Menu
from storage.clock import MINUTE
from storage.editors import CODE_SECONDS, Editor

_LONGEST_NAME = 60


@click.group()
def editors() -> None:
    """The editors' roster."""


@editors.command()
@click.argument("name")
@click.pass_context
def enrol(context: click.Context, name: str) -> None:
    """Make a one-time code for a new editor. NAME is what the other editors will see."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ConfigError(f"An editor's name has between 1 and {_LONGEST_NAME} characters.")
    code = asyncio.run(_new_code(settings_of(context), name))
    say.line(f"Code: {code}")
    say.line(f"The new editor sends this to the bot, in the private chat with it:  /enrol {code}")
    say.line(f"It works once, within {CODE_SECONDS // MINUTE} minutes. Hand it over in person or by an encrypted call.")
    say.line("The editor must also be a member of the editors' room.")


@editors.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """Show who is enrolled."""
    roster = asyncio.run(_roster(settings_of(context)))
    for editor in roster:
        say.line(f"{editor.name.reveal()}  ({editor.account.platform}, {_short(editor)})")
    if not roster:
        say.line("Nobody is enrolled yet: `tamizdat editors enrol NAME`.")


@editors.command()
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Take an editor off the roster. NAME as `list` shows it, or the letters in its brackets."""
    removed = asyncio.run(_remove(settings_of(context), name))
    say.line(f"{removed.name.reveal()} is no longer an editor. Remove the account from the editors' room as well.")


async def _new_code(settings: Settings, name: str) -> str:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        return await tx.editors.new_code(name)


async def _roster(settings: Settings) -> list[Editor]:
    async with existing_newsroom(settings) as (store, _), store.read() as tx:
        return sorted(await tx.editors.all(), key=lambda editor: editor.name.reveal().casefold())


async def _remove(settings: Settings, name: str) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        found = [editor for editor in await tx.editors.all() if name in (editor.name.reveal(), _short(editor))]
        if not found:
            raise ConfigError("There is no such editor: see `tamizdat editors list`.")
        if len(found) > 1:
            raise ConfigError("Several editors have this name: use the letters in brackets of `tamizdat editors list`.")
        await tx.editors.remove(found[0].id)
        chat = private_chat(found[0].account)
        await Post().put(tx, chat, Menu(language="", editors=False))  # the running service carries it
        return found[0]


def _short(editor: Editor) -> str:
    """Tells two of one name apart; it is not the account's id."""
    return editor.id.hex()[:6]
