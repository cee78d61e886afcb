"""`backup` and `restore`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli import say
from bot.cli.backup_note import note_backup
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.opening import database_url, root_key
from storage.backup import Made
from storage.backup import backup as make_backup
from storage.clock import day_of
from storage.restore import Restored
from storage.restore import restore as restore_backup

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("target", type=_FOLDER)
@click.option("--keys-to", required=True, type=_FOLDER, help="Another folder, best on another disk, for the ring.")
@click.pass_context
def backup(context: click.Context, target: Path, keys_to: Path) -> None:
    """Write everything, encrypted, into the folder TARGET. The service may go on running."""
    made = asyncio.run(_backup(settings_of(context), target, keys_to))
    say.line(f"Archive: {made.archive} ({made.rows} rows, {made.files} files)")
    say.line(f"Key ring: {made.ring_copy}")
    say.line("To restore, both are needed, and the root key, which is in neither. Keep the three apart.")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--keys-from", required=True, type=_FOLDER, help="The folder with the ring of the same day.")
@click.pass_context
def restore(context: click.Context, archive: Path, keys_from: Path) -> None:
    """Bring ARCHIVE back into an empty place, the one that the config names."""
    settings = settings_of(context)
    ring_copy = keys_from / f"{archive.stem}.ring"
    for path in (archive, ring_copy):
        if not path.is_file():
            raise ConfigError(f"{path}: there is no such file; archive and ring are named by the same day.")
    done = asyncio.run(_restore(settings, archive, ring_copy))
    say.line(f"{done.rows} rows and {done.files} files are back. Run `tamizdat doctor`, then start the service.")
    if done.quarantined:
        say.line(
            f"{done.quarantined} messages and broadcasts wait, because they may have gone out long ago: "
            "`tamizdat outbox release` lets them go on."
        )


async def _backup(settings: Settings, target: Path, keys_to: Path) -> Made:
    async with existing_newsroom(settings) as (store, root):
        with say.progress("Writing the back-up") as tell:
            made = await make_backup(store, target, root, ring=settings.ring, keys_target=keys_to, on_progress=tell)
        note_backup(settings, day_of(store.clock.now()))
        return made


async def _restore(settings: Settings, archive: Path, ring_copy: Path) -> Restored:
    root = root_key(settings)
    with say.progress("Restoring") as tell:
        return await restore_backup(
            archive,
            ring_copy,
            root,
            data=settings.data,
            ring=settings.ring,
            database=database_url(settings),
            on_progress=tell,
        )
