"""`handles new-key`, `sign`, `show`, `verify`: which accounts are really the newsroom's own."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from bot.cli import say
from bot.cli.running import settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.handles import listing as lists
from bot.handles.accounts import nameless_channels, own_accounts
from bot.handles.official import key_file, listing_file, own_listing
from bot.opening import root_key
from storage.vault.durable import replace_private
from storage.vault.signing import PublicKey, create_signing_key, load_signing_key

DAYS = 180


@click.group()
def handles() -> None:
    """The signed list of the newsroom's own accounts."""


@handles.command("new-key")
@click.pass_context
def new_key(context: click.Context) -> None:
    """Make the key that signs the list, once."""
    settings = settings_of(context)
    _file_of(settings)
    place = key_file(settings)
    key = create_signing_key(place, root_key(settings)).public
    say.line(
        f"The signing key is at {place}, sealed by the root key. Back it up: nobody could trust a new one at once."
    )
    say.loud(
        "Publish this key where people trust you already",
        f"Public key: {key}\n"
        "On your web site, on paper, in an interview: in several places, and not only in the bot, which may be copied\n"
        "with everything that it says. Then run `tamizdat handles sign`.",
    )


@handles.command()
@click.option("--days", type=click.IntRange(1, 3650), default=DAYS, show_default=True, help="How long it holds.")
@click.pass_context
def sign(context: click.Context, days: int) -> None:
    """Sign the list of accounts that the config names, and write it to handles.txt."""
    settings = settings_of(context)
    file, today = _file_of(settings), _today()
    key = load_signing_key(key_file(settings), root_key(settings))
    accounts = asyncio.run(own_accounts(settings))
    name, until = settings.handles.name, today + timedelta(days=days)
    replace_private(file, lists.write(key, name=name, accounts=accounts, signed=today, until=until))
    file.chmod(0o644)  # it is for everybody
    for account in accounts:
        say.line(f"  {account}")
    for language in nameless_channels(settings):
        say.line(
            f"The channel for {language} on Telegram is not in it: the config has only its number. If it is public, "
            "put its @name there instead, else its link into [handles] also."
        )
    say.line(f"Signed until {until}: {file}. Restart the service to show it, and publish the file beside the key.")


@handles.command()
@click.pass_context
def show(context: click.Context) -> None:
    """Show the list as it was signed."""
    settings = settings_of(context)
    file = _file_of(settings)
    if own_listing(settings) is None:
        raise ConfigError("Nothing is signed yet: run `tamizdat handles sign`.")
    say.line(file.read_text("utf-8").rstrip())


@handles.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "typed", metavar="PUBLIC", help="The newsroom's public key, from a place that you trust.")
def verify(file: Path, typed: str | None) -> None:
    """Check a list that somebody gave you; needs no newsroom. Ends with 1 if it is not right."""
    expected = None if typed is None else PublicKey.read(typed)
    if typed is not None and expected is None:
        raise ConfigError("This key is mistyped or cut: it has 14 groups of four letters and digits.")
    with file.open("rb") as opened:
        content = opened.read(lists.LARGEST + 1)
    try:
        found = lists.read(content)
    except lists.BrokenListing as error:
        say.problem(f"Don't trust it. {error}")
        raise click.exceptions.Exit(1) from None
    if expected not in (None, found.key):
        say.problem(f"Don't trust it. It was signed by another key: {found.key}")
        raise click.exceptions.Exit(1)
    if not found.holds_on(_today()):
        say.problem(f"It was signed by the key {found.key}, but held only until {found.until}: look for a newer one.")
        raise click.exceptions.Exit(1)
    _say_right(found, known=expected is not None)


def _say_right(found: lists.Listing, *, known: bool) -> None:
    say.line(f"The signature is right: {found.name}, signed on {found.signed}, valid until {found.until}.")
    for account in found.accounts:
        say.line(f"  {account}")
    say.line(f"Key: {found.key}")
    if not known:
        say.line(
            "Whose key that is, the file can't say: anybody may sign a list with a key of their own. Compare it with "
            "the key that the newsroom published, or give that one with --key."
        )


def _file_of(settings: Settings) -> Path:
    file = listing_file(settings)
    if file is None:
        raise ConfigError("The demo has no accounts to sign for: run this where the newsroom's config.toml is.")
    return file


def _today() -> date:
    return datetime.now(UTC).date()
