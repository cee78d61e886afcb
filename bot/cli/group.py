"""The list of commands. A command's module is loaded when the command is called: what it works with takes a second."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

COMMANDS = {
    "run": ("bot.cli.run", "Start the newsroom; Ctrl-C stops it."),
    "worker": ("bot.cli.worker", "Work beside others on one newsroom; needs PostgreSQL."),
    "init": ("bot.cli.init", "Set up a newsroom on Telegram, Matrix or both."),
    "doctor": ("bot.cli.doctor", "Check everything, and say what to do about what is not right."),
    "keys": ("bot.cli.keys", "The keys of the ring, and the newsroom's offline key."),
    "editors": ("bot.cli.editors", "The editors' roster."),
    "readers": ("bot.cli.readers", "Ask readers of another list; take along those that there are."),
    "matrix": ("bot.cli.matrix", "The bot's account on Matrix."),
    "handles": ("bot.cli.handles", "The signed list of the newsroom's own accounts."),
    "audit": ("bot.cli.audit", "Who did what to which story, and whether that was tampered with."),
    "purge": ("bot.cli.purge", "Destroy at once whatever has outlived its date."),
    "migrate": ("bot.cli.database", "Bring the database's tables to what this program needs."),
    "backup": ("bot.cli.backup", "Write everything, encrypted, into a folder."),
    "restore": ("bot.cli.backup", "Bring a back-up back into an empty place."),
    "export": ("bot.cli.export", "Write a cold story into a file, if two editors agree."),
    "open": ("bot.cli.cold", "Read an exported story elsewhere, with the newsroom's words."),
    "thaw": ("bot.cli.cold", "Let editors work on a cold story again."),
    "outbox": ("bot.cli.database", "Messages that wait to be sent."),
}
"""Name → the module that has the command under this name, and its line in the list."""


class _Listed(click.Group):
    """Shows its commands as they are listed here, not by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command itself instead of its line."""
        name, listed, rest = super().resolve_command(ctx, args)
        if name is None or listed is None:
            return name, listed, rest
        module, _ = COMMANDS[name]
        return name, getattr(import_module(module), name), rest


@click.group(cls=_Listed, context_settings={"help_option_names": ["-h", "--help"]})
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


for name, (_, line) in COMMANDS.items():
    tamizdat.add_command(click.Command(name, help=line))
