"""`backup` and `restore`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli import say
from bot.cli.backup_note import Note, note_backup
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from bot.opening import database_url, root_key
from handlers.letters.deciding import SEND_LETTER
from handlers.publication.times import PUBLISH
from storage.backup import Made
from storage.backup import backup as make_backup
from storage.copies import COPY_DAYS, Copy, of_archive
from storage.restore import Restored
from storage.restore import restore as restore_backup

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("target", type=_FOLDER)
@click.option("--keys-to", required=True, type=_FOLDER, help="Another folder, best on another disk, for the keys.")
@click.pass_context
def backup(context: click.Context, target: Path, keys_to: Path) -> None:
    """Write everything, encrypted, into the folder TARGET. The service may go on running."""
    made = asyncio.run(_backup(settings_of(context), target, keys_to))
    say.line(f"Archive: {made.copy.archive} ({made.rows} rows, {made.files} files)")
    say.line(f"What opens it: {made.copy.wraps}, {made.copy.ring.name}")
    if made.forgotten:
        say.line(f"{made.forgotten} files of copies older than {COPY_DAYS} days were destroyed.")
    say.line("To restore, both folders are needed, and the root key, which is in neither. Keep the three apart.")
    say.line(f"Have copies of them, wherever they lie, destroyed after {COPY_DAYS} days: that is what people are told.")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--keys-from", required=True, type=_FOLDER, help="The folder with the keys of the same day.")
@click.pass_context
def restore(context: click.Context, archive: Path, keys_from: Path) -> None:
    """Bring ARCHIVE back into an empty place, the one that the config names."""
    settings = settings_of(context)
    copy = of_archive(archive, keys_from)
    for path in (copy.archive, copy.wraps, copy.ring):
        if not path.is_file():
            raise ConfigError(f"{path}: there is no such file; what belongs together is named by the same day.")
    done = asyncio.run(_restore(settings, copy))
    say.line(f"{done.rows} rows and {done.files} files are back. Run `tamizdat doctor`, then start the service.")
    _say_departed(done, copy)
    if done.quarantined:
        say.line(
            f"{done.quarantined} messages, answers and releases wait, because they may have gone out long ago: "
            "`tamizdat outbox release` lets them go on."
        )


def _say_departed(done: Restored, copy: Copy) -> None:
    gone = done.departed
    if gone.stories or gone.readers or gone.rest:
        say.line(
            f"Left since that day, and not brought back: {gone.stories} stories, {gone.readers} readers, "
            f"{gone.rest} other rows."
        )
    if done.told_since is None or copy.day < done.told_since:
        since = "" if done.told_since is None else f" before {done.told_since}"
        say.loud(
            "Some may have come back who had left",
            f"Nothing says any more who left{since}. Whoever did, or took a story back, between {copy.day} and then is "
            "here again.\nKeep the service stopped until you know what you owe them.",
        )


async def _backup(settings: Settings, target: Path, keys_to: Path) -> Made:
    async with existing_newsroom(settings) as (store, root):
        with say.progress("Writing the back-up") as tell:
            made = await make_backup(store, target, root, ring=settings.ring, keys_target=keys_to, on_progress=tell)
        copy = made.copy
        note_backup(settings, Note(day=copy.day, folders=(copy.archive.parent, copy.ring.parent)))
        return made


async def _restore(settings: Settings, copy: Copy) -> Restored:
    root = root_key(settings)
    with say.progress("Restoring") as tell:
        return await restore_backup(
            copy,
            root,
            data=settings.data,
            ring=settings.ring,
            database=database_url(settings),
            speaking=(PUBLISH, SEND_LETTER),
            on_progress=tell,
        )
