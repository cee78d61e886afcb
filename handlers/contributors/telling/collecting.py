"""Any number of messages and files, whatever is being asked; corrected where they stand."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Fetch, Fetched, Gave, Outcome, Rewrote, Stay, Words, Wrote
from bot.flows.questions import otherwise
from bot.texts.fluent import msg
from bot.types import FileKind
from handlers.contributors.submission import DropFiles, KeepFile
from handlers.contributors.telling.draft import Part, Telling, without_empty
from handlers.policy import LONGEST_STORY, MOST_MESSAGES, MOST_PHOTOS, MOST_RECORDINGS
from storage.ids import new_id
from storage.private import Private
from storage.story import Attachment

RECORDINGS = (FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE)


def so_far(parts: tuple[Part, ...]) -> tuple[Words, ...]:
    """Photos and recordings that these messages brought."""
    photos = sum(part.is_photo for part in parts)
    recordings = sum(bool(part.item) for part in parts) - photos
    return (
        *((msg("tell-so-far-photos", photos=photos),) if photos else ()),
        *((msg("tell-so-far-recordings", recordings=recordings),) if recordings else ()),
    )


def collect(draft: Telling, answer: Wrote | Gave, *, question: str = "", for_editors: bool = False) -> Stay[Telling]:
    """One more message of the story, or a word on why it was not taken."""
    match answer:
        case Wrote(text=text, message=message):
            return _with(draft, Part(message=message, text=text, question=question, for_editors=for_editors))
        case Gave(file=file, caption=caption, message=message):
            refusal = _refusal(draft, file.kind, for_editors=for_editors)
            if refusal is not None:
                return Stay(notice=refusal)
            part = Part(message=message, text=caption, question=question, item=new_id(), kind=file.kind)
            return _with(draft, part, Fetch(item=part.item, file=file))


def _refusal(draft: Telling, kind: FileKind, *, for_editors: bool) -> Words | None:
    if kind is not FileKind.PHOTO and kind not in RECORDINGS:
        return msg("file-is-refused-document" if kind is FileKind.DOCUMENT else "file-is-refused-other")
    if for_editors:  # a photo would be published
        return msg("tell-only-words-here")
    if kind is FileKind.PHOTO and draft.photos >= MOST_PHOTOS:
        return msg("tell-too-many-photos", most=MOST_PHOTOS)
    if kind in RECORDINGS and draft.recordings >= MOST_RECORDINGS:
        return msg("tell-too-many-recordings", most=MOST_RECORDINGS)
    return None


def meanwhile(draft: Telling, answer: Answer) -> Outcome:
    """What reaches the story at whatever step its author is by now: a file that is ready, a mistake corrected."""
    match answer:
        case Fetched():
            return take_fetched(draft, answer)
        case Rewrote(message=message) if draft.has(message):
            return _rewrite(draft, answer)
    return otherwise(answer)


def take_fetched(draft: Telling, fetched: Fetched) -> Stay[Telling]:
    part = next((part for part in draft.parts if part.item == fetched.item), None)
    if part is None:  # taken back in the meantime
        return Stay(quiet=True, effects=(DropFiles(files=(fetched.blob,) if fetched.blob else ()),))
    if fetched.blob is None:
        return Stay(draft=_with_changed(draft, part, item=b"", kind=""), notice=fetched.problem)
    file = Attachment(kind=part.kind, blob=fetched.blob, size=fetched.size, caption=Private(""))
    return Stay(draft=_with_changed(draft, part, file=file), quiet=True, effects=(KeepFile(file=fetched.blob),))


def _rewrite(draft: Telling, rewrote: Rewrote) -> Outcome:
    part = next(part for part in draft.parts if part.message == rewrote.message)
    return _if_it_fits(_with_changed(draft, part, text=rewrote.text))


def _with(draft: Telling, part: Part, *effects: Fetch) -> Stay[Telling]:
    if len(draft.parts) >= MOST_MESSAGES:
        return Stay(notice=msg("tell-too-many-messages"))
    return _if_it_fits(msgspec.structs.replace(draft, parts=(*draft.parts, part)), *effects)


def _with_changed(draft: Telling, part: Part, **changes: object) -> Telling:
    changed = msgspec.structs.replace(part, **changes)
    return without_empty(draft, tuple(changed if one is part else one for one in draft.parts))


def _if_it_fits(grown: Telling, *effects: Fetch) -> Stay[Telling]:
    if grown.length > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=grown, effects=effects)
