"""An opened story as a text file: everything that was kept of it, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from storage.cold_file import Opened
from storage.ids import BlobId
from storage.private import Private
from storage.story import Details

_ENDINGS = {"photo": "jpg", "voice": "ogg", "video": "mp4", "video_note": "mp4"}


def file_names(details: Details) -> dict[BlobId, str]:
    return {
        one.blob: f"{number:02}-{one.kind}.{_ENDINGS.get(one.kind, 'bin')}"
        for number, one in enumerate(details.attachments, start=1)
    }


def readable(opened: Opened) -> str:
    return "\n".join(_lines(opened)) + "\n"


def _lines(opened: Opened) -> Iterator[str]:
    details = opened.frozen.details
    yield details.alias
    yield f"Name to publish under: {_said(details.byline) or 'none'}"
    yield f"Place: {_said(details.region) or 'not said'}; topic: {details.topic or 'none'}"
    yield f"Came by {details.origin}; may be written to: {details.contact}"
    for number, version in opened.versions:
        by = "its author" if version.editor is None else f"an editor, {version.day}"
        yield from ("", f"── Version {number}, by {by} ──", "", version.text.reveal())
    for asked in opened.questions:
        yield from (
            "",
            f"── {asked.question.reveal() or 'Added by its author'} ──",
            "",
            _said(asked.answer) or "(no answer)",
        )
    for note in details.notes:
        yield from ("", f"── An editor's note, {note.day} ──", "", note.text.reveal())
    names = file_names(details)
    for one in details.attachments:
        yield from ("", f"{names[one.blob]}: {_said(one.caption) or 'no description'}")


def _said(text: Private[str] | None) -> str:
    return "" if text is None else text.reveal()
