"""The list of commands."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.backup import backup, restore
from bot.cli.database import migrate, outbox
from bot.cli.doctor import doctor
from bot.cli.editors import editors
from bot.cli.init import init
from bot.cli.keys import keys
from bot.cli.matrix import matrix
from bot.cli.run import run


class _InOrder(click.Group):
    """Shows its commands as they are listed here, not by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    help="The config file. Default: config.toml in this folder; without one, the demo.",
)
@click.pass_context
def tamizdat(context: click.Context, config: Path | None) -> None:
    """A newsroom that lives in messengers. `tamizdat run` starts it."""
    context.obj = config


for command in (run, init, doctor, keys, editors, matrix, migrate, backup, restore, outbox):
    tamizdat.add_command(command)
