"""`audit verify`, `audit show`: who did what to which story on which day, and whether that was tampered with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click

from bot.cli import say
from bot.cli.running import existing_newsroom, settings_of
from bot.config import Settings
from bot.errors import ConfigError
from storage.audit import Entry
from storage.audit_chain import Flaw, SubjectId
from storage.audit_check import Broken, Head, Whole, verify
from storage.ids import EditorId

_FLAWS = {
    Flaw.ALTERED: "Entry {at} was altered.",
    Flaw.REMOVED: "Entry {at} was removed.",
    Flaw.REORDERED: "Entry {at} was put in another one's place.",
    Flaw.TRUNCATED: "The end is cut off: entry {at} and what followed it are gone.",
    Flaw.ADDED: "Entry {at} was added by somebody who does not have the root key.",
    Flaw.UNREADABLE: "Entry {at} can't be opened: its key was removed.",
    Flaw.ENDS: "What says where the trail begins and ends was removed, altered or replaced by an older copy.",
    Flaw.POSTED: "It is whole in itself, but not the one whose head was posted: entry {at} is missing or another one. "
    "(Was the head copied exactly?)",
}
_REMEDY = (
    "Somebody has changed the database past this program, or a back-up was restored. Keep a copy of everything as it "
    "is, tell the other admins, and compare with the heads that were posted."
)


@click.group()
def audit() -> None:
    """The audit trail: who did what to which story, without its content."""


@audit.command("verify")
@click.option("--head", "code", metavar="CODE", help="A head that was posted to the admins: it must be in the trail.")
@click.pass_context
def verify_(context: click.Context, code: str | None) -> None:
    """Check that no entry was removed, altered or moved. Ends with 1 if one was."""
    posted = None if code is None else Head.read(code)
    if code is not None and posted is None:
        raise ConfigError("A head looks like 248-K7QX-M2PA-7RTE: a number and twelve letters or digits.")
    verdict = asyncio.run(_verify(settings_of(context), posted))
    if isinstance(verdict, Broken):
        say.problem(f"The audit trail is not whole. {_FLAWS[verdict.why].format(at=verdict.at)}")
        say.problem(_REMEDY)
        raise click.exceptions.Exit(1)
    _say_whole(verdict, posted)


@audit.command()
@click.option("--last", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many entries.")
@click.pass_context
def show(context: click.Context, count: int) -> None:
    """Show the newest entries: number, day, who, what, and the story's name in the trail."""
    entries, names = asyncio.run(_last(settings_of(context), count))
    lines = [_cells(entry, names) for entry in entries]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        say.line("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
    if not lines:
        say.line("Nothing was noted yet.")


async def _verify(settings: Settings, posted: Head | None) -> Whole | Broken:
    async with existing_newsroom(settings) as (store, _):
        with say.progress("Checking entries") as tell:
            return await verify(store, posted, tell)


async def _last(settings: Settings, count: int) -> tuple[list[Entry], Mapping[EditorId, str]]:
    async with existing_newsroom(settings) as (store, _), store.read() as tx:
        names = {editor.id: editor.name.reveal() for editor in await tx.editors.all()}
        return await tx.audit.last(count), names


def _say_whole(verdict: Whole, posted: Head | None) -> None:
    if verdict.head is None:
        say.line("The audit trail is empty: nothing was noted yet.")
        return
    since = f", {verdict.pruned + 1} to {verdict.head.seq}; older ones were pruned by rule" if verdict.pruned else ""
    say.line(f"The audit trail is whole: {verdict.count} entries{since}.")
    if posted is not None and posted.seq < verdict.pruned:
        say.line(f"The head {posted.code} is older than the first entry that is kept: nothing can be said of it.")
    elif posted is not None:
        say.line(f"The head {posted.code} is in it.")
    say.line(f"Its head is {verdict.head.code}")


def _cells(entry: Entry, names: Mapping[EditorId, str]) -> tuple[str, ...]:
    place = (str(entry.seq), entry.day.isoformat())
    note = entry.note
    if note is None:
        return *place, "", "can't be opened", ""
    if note.pruned is not None:
        about = f"up to entry {note.pruned.seq}"
    else:
        about = "" if note.subject is None else f"story {_short(note.subject)}"
    who = note.actor.value if note.editor is None else names.get(note.editor, f"former editor {note.editor.hex()[:6]}")
    return *place, who, note.action.replace("_", " "), about


def _short(subject: SubjectId) -> str:
    """Enough to tell stories apart; it is not the story's id."""
    return subject.hex()[:8]
