"""`readers import` and `readers export`: people who agreed elsewhere are asked here; who reads here is taken along.

What an import does and does not, and why: `handlers/subscribers/inviting.py`.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import click

from bot.app import load_texts
from bot.cli import say
from bot.cli.reader_list import Listed, read_list
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.delivery.post import Post
from bot.errors import ConfigError
from bot.flows.turn import Turn
from bot.places import rooms_of
from bot.platforms.names import MATRIX
from bot.texts.fluent import Language
from handlers.auditing import Action
from handlers.subscribers.inviting import invite
from storage.address import Account
from storage.audit_chain import Actor
from storage.figures import readers_by_language
from storage.readership import everybody
from storage.vault.durable import create_private

_LINES_NAMED = 10


@click.group()
def readers() -> None:
    """Readers: import those who agreed elsewhere, export those that there are."""


@readers.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_context
def import_(context: click.Context, file: Path, yes: bool) -> None:
    """Ask everybody on a list whether they want to read here. FILE: a CSV with the columns address and language.

    An address is one of Matrix, @name:server. It gets one question; without a yes from there, nothing else.
    """
    settings = settings_of(context)
    listed = read_list(file, load_texts().languages)
    reached = [one for one in listed if one.address is not None]
    if reached and settings.matrix is None:
        raise ConfigError(
            "Only on Matrix can a bot write first, and config.toml has no [matrix]: nobody was written to."
        )
    if reached:
        if not yes:
            click.confirm(
                f"Ask {len(reached)} people? Who is on a list that is imported twice is asked twice.", abort=True
            )
        asked = asyncio.run(_ask(settings, reached))
        say.line(f"Asked: {asked}. The questions go out as soon as the service runs.")
        if asked < len(reached):
            say.line(f"Not asked, because they read here or want to be added from no list: {len(reached) - asked}.")
    if len(reached) < len(listed):
        _say_link([one for one in listed if one.address is None])


def _say_link(others: Sequence[Listed]) -> None:
    lines = ", ".join(str(one.line) for one in others[:_LINES_NAMED]) + (" …" if len(others) > _LINES_NAMED else "")
    say.line(f"Without an address on Matrix: {len(others)} (line {lines}). A bot on Telegram can't write first: send")
    say.line("them its link yourself, in the way in which they have agreed; whoever opens it is asked there.")
    for language in sorted({one.language for one in others}):
        say.line(f"    https://t.me/YOUR_BOT?start=l_{language}")


async def _ask(settings: Settings, listed: Sequence[Listed]) -> int:
    """In one transaction: a list that was taken up in part could not be gone on with."""
    texts, asked = load_texts(), 0
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        turn = Turn(tx=tx, texts=texts, post=Post(), rooms=rooms_of(settings), who=None)
        with say.progress("Asking") as tell:
            for number, one in enumerate(listed, 1):
                if one.address is not None:
                    asked += await invite(turn, Account(platform=MATRIX, person=one.address), Language(one.language))
                tell(number, len(listed))
        await tx.audit.note(Action.READERS_ASKED, actor=Actor.SYSTEM)
    return asked


@readers.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_context
def export_(context: click.Context, file: Path, yes: bool) -> None:
    """Write every reader's address, language and topics into FILE, a CSV that nothing seals."""
    settings = settings_of(context)
    if file.exists():
        raise ConfigError(f"{file} is there already: name another file.")
    say.loud(
        "This file names people",
        "Whoever reads it learns who reads you, and nothing seals it. Carry it by hand, and erase it after use.\n"
        "To move this newsroom to another machine, `tamizdat backup` and `restore` are what you want.",
    )
    if not yes:
        click.confirm("Write it?", abort=True)
    say.line(f"{asyncio.run(_export(settings, file))} readers: {file}")


async def _export(settings: Settings, file: Path) -> int:
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(("platform", "address", "language", "topics"))
    async with existing_newsroom(settings) as (store, _):
        async with store.read() as tx:
            total = sum((await readers_by_language(tx.work)).values())
        count = 0
        with say.progress("Reading") as tell:
            async for reader in everybody(store):
                chat, topics = reader.chat, reader.wishes.topics
                writer.writerow((chat.platform, chat.chat.reveal(), reader.language, " ".join(topics or ("all",))))
                count += 1
                tell(count, max(count, total))
        async with store.write() as tx:  # noted first: nobody has the file unseen
            await tx.audit.note(Action.READERS_EXPORTED, actor=Actor.SYSTEM)
        await asyncio.to_thread(create_private, file, table.getvalue().encode())
    return count
