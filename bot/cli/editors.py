"""`editors enrol`, `role`, `second-factor`, `link`, `list`, `remove`: the roster.

That somebody is in the editors' room is checked besides.
"""

from __future__ import annotations

import asyncio

import click

from bot.cli import say
from bot.cli.roster import meant, people, short
from bot.cli.running import existing_newsroom, settings_of
from bot.cli.second_factor import second_factor
from bot.config import Settings
from bot.delivery.post import Post
from bot.errors import ConfigError
from bot.rooms import private_chat
from bot.types import Menu
from handlers.auditing import Action
from storage.audit_chain import Actor
from storage.clock import MINUTE
from storage.editors import Editor
from storage.enrol_codes import CODE_SECONDS
from storage.errors import VaultError
from storage.ids import EditorId
from storage.role import Role
from storage.store import Transaction

_LONGEST_NAME = 60
_ROLES = click.Choice([role.value for role in Role])


@click.group()
def editors() -> None:
    """The editors' roster."""


editors.add_command(second_factor)


@editors.command()
@click.argument("name")
@click.option("--role", type=_ROLES, help="Default: editor; admin as long as there is none.")
@click.pass_context
def enrol(context: click.Context, name: str, role: str | None) -> None:
    """Make a one-time code for a new editor. NAME is what the other editors will see."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ConfigError(f"An editor's name has between 1 and {_LONGEST_NAME} characters.")
    code, given = asyncio.run(_new_code(settings_of(context), name, None if role is None else Role(role)))
    _hand_over(code, f"The new {given.value}")


@editors.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
@click.pass_context
def role_(context: click.Context, name: str, role: str) -> None:
    """Make an editor an admin, an editor or a translator. NAME as `list` shows it, or the letters in its brackets."""
    changed = asyncio.run(_give_role(settings_of(context), name, Role(role)))
    say.line(f"{changed.name.reveal()} is now: {role}.")


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
    roster, factors = asyncio.run(_roster(settings_of(context)))
    for editor, *further in roster:
        platforms = " and ".join(one.account.platform for one in (editor, *further))
        say.line(f"{editor.name.reveal()}  ({platforms}, {short(editor)}): {editor.role.value}{factors[editor.id]}")
    if not roster:
        say.line("Nobody is enrolled yet: `tamizdat editors enrol NAME`.")


@editors.command()
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Take an editor off the roster, with all accounts. NAME as `list` shows it, or the letters in its brackets."""
    removed = asyncio.run(_remove(settings_of(context), name))
    say.line(f"{removed.name.reveal()} is no longer an editor. Remove the account from the editors' room as well.")


async def _new_code(settings: Settings, name: str, role: Role | None) -> tuple[str, Role]:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        if role is None:
            has_admin = any(one.role is Role.ADMIN for one in await tx.editors.all())
            role = Role.EDITOR if has_admin else Role.ADMIN
        return await tx.editors.new_code(name, role=role), role


async def _give_role(settings: Settings, name: str, role: Role) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        editor, *_ = await meant(tx, name)
        await tx.editors.change(editor.id, role=role)
        await tx.audit.note(Action.ROLE_CHANGED, actor=Actor.SYSTEM)
        return editor


async def _link_code(settings: Settings, name: str) -> str:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        editor, *_ = await meant(tx, name)
        return await tx.editors.new_code(editor.name.reveal(), person=editor.id)


async def _roster(settings: Settings) -> tuple[list[list[Editor]], dict[EditorId, str]]:
    """Each person's accounts together; and what is to be said of each one's second factor."""
    async with existing_newsroom(settings) as (store, _), store.read() as tx:
        found = await people(tx)
        return found, {editor.id: await _factor(tx, editor) for editor, *_ in found}


async def _factor(tx: Transaction, editor: Editor) -> str:
    try:
        factor = await tx.second_factors.find(editor.id)
    except VaultError:
        return ", a second factor that does not open: set it up anew"
    return "" if factor is None else ", second factor"


async def _remove(settings: Settings, name: str) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        accounts = await meant(tx, name)
        await tx.editors.remove(accounts[0].id)
        await tx.audit.note(Action.EDITOR_REMOVED, actor=Actor.SYSTEM)
        for one in accounts:  # the running service carries it
            await Post().put(tx, private_chat(one.account), Menu(language="", editors=False))
        return accounts[0]


def _hand_over(code: str, who: str) -> None:
    say.line(f"Code: {code}")
    say.line(f"{who} sends this to the bot, in the private chat with it:  /enrol {code}  (on Matrix: !enrol {code})")
    say.line(f"It works once, within {CODE_SECONDS // MINUTE} minutes. Hand it over in person or by an encrypted call.")
    say.line("The account must also be a member of the editors' room.")
