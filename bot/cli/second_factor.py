"""`editors second-factor`: an editor's app gets its secret at the console, and shows that it has it."""

from __future__ import annotations

import asyncio
import io
import sys

import click

from bot.cli import say
from bot.cli.roster import meant
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError, StartRefused
from handlers.auditing import Action
from storage.audit_chain import Actor
from storage.clock import SystemClock
from storage.editors import Editor
from storage.private import Private
from storage.vault.totp import TimeStep, address, key_words, new_secret, step_of

_TRIES = 3


@click.command("second-factor")
@click.argument("name")
@click.option("--reset", is_flag=True, help="Take it away: the app is lost.")
@click.pass_context
def second_factor(context: click.Context, name: str, reset: bool) -> None:
    """Set up an editor's second factor, in place of an older one. NAME as `list` shows it, or the letters in brackets.

    From then on the bot asks them for a code every twelve hours, and before what can't be taken back.
    """
    settings = settings_of(context)
    if reset:
        editor = asyncio.run(_reset(settings, name))
        say.line(f"{editor.name.reveal()} has no second factor any more.")
        return
    editor, secret = asyncio.run(_find(settings, name)), new_secret()
    used = _hand_over(secret, editor.name.reveal())
    asyncio.run(_enrol(settings, editor, secret, used))
    say.line(f"{editor.name.reveal()} has a second factor now. Clear this screen: whoever has the key has the codes.")


def _hand_over(secret: Private[bytes], name: str) -> TimeStep:
    """Shows the secret once and asks a code back; returns the step of that code, which counts as used.

    Raises ConfigError when none is right. Nothing is kept by then.
    """
    if not sys.stdin.isatty():
        raise StartRefused("A secret is shown here and a code asked back: a person must run this at a terminal.")
    import segno

    drawn = io.StringIO()
    segno.make(address(secret, name), error="m").terminal(drawn, compact=True)
    say.line(f"{name} scans this with an app that makes one-time codes, or types the key into it. It is shown once.")
    say.line(drawn.getvalue())
    say.line(f"Key: {key_words(secret)}")
    for _ in range(_TRIES):
        typed = click.prompt("The code that the app shows now", type=str)
        step = step_of(secret, "".join(typed.split()), SystemClock().now())
        if step is not None:
            return step
        say.line("That is not the code. Are the clocks of the phone and of this machine right?")
    raise ConfigError("The app does not make the right codes, so nothing was changed. Begin anew, with a new secret.")


async def _find(settings: Settings, name: str) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.read() as tx:
        return (await meant(tx, name))[0]


async def _enrol(settings: Settings, editor: Editor, secret: Private[bytes], used: TimeStep) -> None:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        if not await tx.editors.person(editor.id):
            raise ConfigError("They have left the roster meanwhile.")
        await tx.second_factors.enrol(editor.id, secret, used)
        await tx.audit.note(Action.FACTOR_ENROLLED, actor=Actor.SYSTEM)


async def _reset(settings: Settings, name: str) -> Editor:
    async with existing_newsroom(settings) as (store, _), store.write() as tx:
        editor, *_ = await meant(tx, name)
        if await tx.second_factors.drop(editor.id):
            await tx.audit.note(Action.FACTOR_RESET, actor=Actor.SYSTEM)
        return editor
