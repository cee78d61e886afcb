"""The story itself: any number of messages and photos, corrected where they stand."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Fetch, Fetched, Gave, Go, Outcome, Picked, Prompt, Rewrote, Stay, Wrote
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import msg
from bot.types import FileKind
from handlers.contributors.submission import DropFiles, KeepFile
from handlers.contributors.telling.draft import Part, Telling, attachments_of
from handlers.policy import LONGEST_STORY, MOST_PHOTOS
from storage.ids import new_id
from storage.private import Private
from storage.story import Attachment


def ask_story(draft: Telling, _view: None) -> Prompt:
    if not draft.parts:
        return Prompt(text=(msg("tell-story"), msg("tell-story-how")), choices=back_row())
    so_far = (msg("tell-so-far", characters=draft.length),)
    pictures = (msg("tell-so-far-photos", photos=draft.pictures),) if draft.pictures else ()
    return Prompt(
        text=(*so_far, *pictures, msg("tell-go-on")),
        choices=rows(("done", msg("tell-done")), ("undo", msg("tell-undo")), ("discard", msg("tell-discard"))),
        follow=True,
    )


def answer_story(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text, message=message):
            return _with(draft, Part(message=message, text=text))
        case Gave(file=file) if file.kind is not FileKind.PHOTO:
            return Stay(notice=msg(f"file-is-refused-{_family(file.kind)}"))
        case Gave() if draft.pictures >= MOST_PHOTOS:
            return Stay(notice=msg("tell-too-many-photos", most=MOST_PHOTOS))
        case Gave(file=file, caption=caption, message=message):
            part = Part(message=message, text=caption, item=new_id())
            return _with(draft, part, Fetch(item=part.item, file=file))
        case Picked("undo") if draft.parts:
            last, rest = draft.parts[-1:], draft.parts[:-1]
            shorter = msgspec.structs.replace(draft, parts=rest)
            return Stay(draft=shorter, effects=(DropFiles(files=tuple(one.blob for one in attachments_of(last))),))
        case Picked("discard"):
            return Go("discard", draft)
        case Picked("done") if draft.length == 0:
            return Stay(notice=msg("tell-needs-text"))
        case Picked("done"):
            return Go("name", draft)
    return meanwhile(draft, answer)


def meanwhile(draft: Telling, answer: Answer) -> Outcome:
    """What reaches the story at whatever step its author is by now: a photo that is ready, a mistake corrected."""
    match answer:
        case Fetched():
            return take_fetched(draft, answer)
        case Rewrote(message=message) if draft.has(message):
            return _rewrite(draft, answer)
    return otherwise(answer)


def take_fetched(draft: Telling, fetched: Fetched) -> Stay[Telling]:
    if all(part.item != fetched.item for part in draft.parts):  # taken back in the meantime
        return Stay(quiet=True, effects=(DropFiles(files=(fetched.blob,) if fetched.blob else ()),))
    if fetched.blob is None:
        parts = tuple(
            msgspec.structs.replace(part, item=b"") if part.item == fetched.item else part for part in draft.parts
        )
        return Stay(draft=_of(draft, parts), notice=fetched.problem)
    file = Attachment(kind=FileKind.PHOTO, blob=fetched.blob, size=fetched.size, caption=Private(""))
    parts = tuple(
        msgspec.structs.replace(part, file=file) if part.item == fetched.item else part for part in draft.parts
    )
    return Stay(draft=_of(draft, parts), quiet=True, effects=(KeepFile(file=fetched.blob),))


def _with(draft: Telling, part: Part, *effects: Fetch) -> Outcome:
    return _if_it_fits(msgspec.structs.replace(draft, parts=(*draft.parts, part)), *effects)


def _rewrite(draft: Telling, rewrote: Rewrote) -> Outcome:
    parts = tuple(
        msgspec.structs.replace(part, text=rewrote.text) if part.message == rewrote.message else part
        for part in draft.parts
    )
    return _if_it_fits(_of(draft, parts))


def _of(draft: Telling, parts: tuple[Part, ...]) -> Telling:
    """The draft with these parts; a part with nothing left in it goes."""
    kept = tuple(part for part in parts if part.item or part.text.reveal())
    return msgspec.structs.replace(draft, parts=kept)


def _if_it_fits(grown: Telling, *effects: Fetch) -> Outcome:
    if grown.length > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=grown, effects=effects)


def _family(kind: FileKind) -> str:
    if kind is FileKind.DOCUMENT:
        return "document"
    return "recording" if kind in (FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE) else "other"
