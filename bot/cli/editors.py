"""`editors enrol`, `link`, `list`, `remove`: the roster. That an editor is a member of the room is checked besides."""

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
from storage.ids import EditorId
from storage.store import Transaction

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
    _hand_over(asyncio.run(_new_code(settings_of(context), name)), "The new editor")


@editors.command()
@click.argument("name")
@click.pass_context
def link(context: click.Context, name: str) -> None:
    """Make a one-time code for another account of an editor: with both they count as one person.

    NAME as `list` shows it, or the letters in its brackets.
    """
    _hand_over(asyncio.run(_link_code(settings_of(context), name)), "The editor, with the other account,")
    say.line("An account that is enrolled as somebody else has to be removed first.")


@editors.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """Show who is enrolled."""
    roster = asyncio.run(_roster(settings_of(context)))
    for editor, *further in roster:
        platforms = " and ".join(one.account.platform for one in (editor, *further))
        say.line(f"{editor.name.reveal()}  ({platforms}, {_short(editor)})")
    if not roster:
        say.line("Nobody is enrolled yet: `tamizdat editors enrol NAME`.")


@editors.command()
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Take an editor off the roster, with all accounts. NAME as `list` shows it, or the letters in its brackets."""
    removed = asyncio.run(_remove(settings_of(context), name))
    say.line(f"{removed.name.reveal()} is no longer an editor. Remove the account from the editors' room as well.")


async def _new_code(settings: Settings, name: str) -> str:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        return await tx.editors.new_code(name)


async def _link_code(settings: Settings, name: str) -> str:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        editor, *_ = await _meant(tx, name)
        return await tx.editors.new_code(editor.name.reveal(), person=editor.id)


async def _roster(settings: Settings) -> list[list[Editor]]:
    """Each person's accounts together."""
    async with existing_newsroom(settings) as (store, _), store.read() as tx:
        return await _people(tx)


async def _people(tx: Transaction) -> list[list[Editor]]:
    people: dict[EditorId, list[Editor]] = {}
    for editor in sorted(await tx.editors.all(), key=lambda one: (one.name.reveal().casefold(), one.account.platform)):
        people.setdefault(editor.id, []).append(editor)
    return list(people.values())


async def _meant(tx: Transaction, name: str) -> list[Editor]:
    """All accounts of the one whom the operator means."""
    found = [one for one in await _people(tx) if name in (one[0].name.reveal(), _short(one[0]))]
    if not found:
        raise ConfigError("There is no such editor: see `tamizdat editors list`.")
    if len(found) > 1:
        raise ConfigError("Several editors have this name: use the letters in brackets of `tamizdat editors list`.")
    return found[0]


async def _remove(settings: Settings, name: str) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        accounts = await _meant(tx, name)
        await tx.editors.remove(accounts[0].id)
        for one in accounts:  # the running service carries it
            await Post().put(tx, private_chat(one.account), Menu(language="", editors=False))
        return accounts[0]


def _hand_over(code: str, who: str) -> None:
    say.line(f"Code: {code}")
    say.line(f"{who} sends this to the bot, in the private chat with it:  /enrol {code}  (on Matrix: !enrol {code})")
    say.line(f"It works once, within {CODE_SECONDS // MINUTE} minutes. Hand it over in person or by an encrypted call.")
    say.line("The account must also be a member of the editors' room.")


def _short(editor: Editor) -> str:
    """Tells two of one name apart; it is not the account's id."""
    return editor.id.hex()[:6]
