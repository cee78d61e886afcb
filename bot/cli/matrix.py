"""`matrix login`, `reset-signing`, `trust`: the bot's account there, and which devices of editors may read along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.cli import say
from bot.cli.matrix_account import client_of, log_in
from bot.cli.questions import hidden
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.platforms.matrix.devices import confirming
from bot.platforms.matrix.devices.trust import Withheld
from bot.platforms.matrix.ids import DeviceId, UserId
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.signing import cross_signing
from bot.platforms.names import MATRIX
from storage.errors import AlreadyRunning
from storage.private import Private
from storage.service_lock import service_lock
from storage.store import Store

T = TypeVar("T")


@click.group()
def matrix() -> None:
    """The bot's account on Matrix."""


@matrix.command()
@click.pass_context
def login(context: click.Context) -> None:
    """Log in, as a new device: for the first time, or after the session was ended. Stop the service first."""
    settings, account = _settings_of(context)
    say.line("A new device can't read what was said to an older one.")
    with service_lock(settings.data):
        asyncio.run(_instead_of_workers(settings, lambda store: log_in(store, account)))


@matrix.command("reset-signing")
@click.pass_context
def reset_signing(context: click.Context) -> None:
    """Make a new cryptographic identity. Stop the service first.

    Whoever has verified the bot is told that it changed.
    """
    settings, account = _settings_of(context)
    click.confirm("Does the bot really need a new identity?", abort=True)
    password = Private(hidden(f"Password of {account.user}"))

    async def reset(store: Store) -> None:
        async with client_of(store, account) as client:
            await cross_signing.reset(client, store, password)

    with service_lock(settings.data):
        asyncio.run(_instead_of_workers(settings, reset))
    say.line("The bot has a new identity, and its device is signed with it. Tell those who have verified the old one.")


@matrix.command()
@click.argument("user", required=False)
@click.argument("device", required=False)
@click.option("--identity", is_flag=True, help="Confirm the changed identity of USER instead of a device.")
@click.pass_context
def trust(context: click.Context, user: str | None, device: str | None, identity: bool) -> None:
    """Let an editor's device read along: shows which wait, then confirms DEVICE of USER.

    Compare the fingerprint with its owner first, in person or on a call. The service may go on running.
    """
    settings, _ = _settings_of(context)
    if user is None:
        asyncio.run(_in_newsroom(settings, _show_waiting))
        return
    if (device is None) is not identity:
        raise ConfigError("Name a device of this user, or --identity: `tamizdat matrix trust` lists what waits.")

    async def confirm(store: Store) -> bool:
        if device is None:
            return await confirming.confirm_identity(store, UserId(user))
        return await confirming.confirm(store, UserId(user), DeviceId(device))

    if not asyncio.run(_in_newsroom(settings, confirm)):
        raise ConfigError("Nothing of that name waits: `tamizdat matrix trust` lists what does.")
    say.line("Confirmed: it gets the keys of what is written from now on.")


async def _show_waiting(store: Store) -> None:
    found = await confirming.waiting(store)
    for one in found:
        _show(one)
    if not found:
        say.line("No device of an editor waits.")


def _show(one: Withheld) -> None:
    device, said = one.device, one.reason.value
    say.line(f"{device.user.reveal()}  {device.id.reveal()}  ({said})")
    say.line(f"  fingerprint: {_in_fours(device.ed25519.reveal())}")


def _in_fours(key: str) -> str:
    """As clients show a session key."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


async def _in_newsroom(settings: Settings, do: Callable[[Store], Awaitable[T]]) -> T:
    async with existing_newsroom(settings) as (store, _):
        return await do(store)


async def _instead_of_workers(settings: Settings, do: Callable[[Store], Awaitable[T]]) -> T:
    """Raises AlreadyRunning when a worker on another machine speaks for the bot. What one does that comes meanwhile
    makes this fail, with nothing written.
    """
    async with existing_newsroom(settings) as (store, _):
        alone = store.alone(MATRIX)
        if alone.lease is None:
            return await do(alone)
        if not await alone.lease.take():
            raise AlreadyRunning("A worker on another machine speaks for the bot on Matrix: stop it first.")
        try:
            return await do(alone)
        finally:
            await alone.lease.release()


def _settings_of(context: click.Context) -> tuple[Settings, MatrixSettings]:
    settings = settings_of(context)
    if settings.matrix is None:
        raise ConfigError("There is no [matrix] in the config: see config.example.toml.")
    return settings, settings.matrix
