"""Tell a story: the honest words, any number of messages and photos, a name, a last look, off it goes."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.flows.flow import (
    Answer,
    Bubble,
    Fetch,
    Fetched,
    Finish,
    Flow,
    Gave,
    Go,
    Outcome,
    Picked,
    Prompt,
    Rewrote,
    Stay,
    Step,
    Words,
    Wrote,
    nothing,
)
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from bot.types import FileKind
from handlers.contributors.submission import DropPhotos, KeepPhoto, Submit
from handlers.policy import DRAFT_SECONDS, LONGEST_NAME, LONGEST_STORY, MOST_PHOTOS
from storage.ids import BlobId, new_id
from storage.private import Private


class Naming(StrEnum):
    NOBODY = "nobody"
    PEN_NAME = "pen"
    NAME = "name"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the story: text, or a photo that is being prepared, is ready, or could not be taken."""

    message: Private[str]
    text: Private[str]
    item: bytes = b""
    """names the photo; empty for a text"""
    photo: BlobId | None = None

    @property
    def is_pending(self) -> bool:
        return bool(self.item) and self.photo is None


def _photos(parts: tuple[Part, ...]) -> tuple[BlobId, ...]:
    return tuple(part.photo for part in parts if part.photo is not None)


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    parts: tuple[Part, ...] = ()
    naming: Naming | None = None
    byline: Private[str] | None = None

    @property
    def text(self) -> Private[str]:
        texts = [part.text.reveal() for part in self.parts]
        return Private("\n\n".join(text for text in texts if text))

    @property
    def photos(self) -> tuple[BlobId, ...]:
        return _photos(self.parts)

    @property
    def pending(self) -> int:
        return sum(part.is_pending for part in self.parts)

    @property
    def length(self) -> int:
        return len(self.text.reveal())


# ── the honest words ─────────────────────────────────────────────────────────────────────────────────────────────
def _ask_safety(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        before=(Bubble(text=msg("tell-safety-editors")),),
        text=(msg("tell-safety-platform"), msg("trial")),
        choices=rows(("begin", msg("tell-begin"))) + back_row(),
    )


def _answer_safety(draft: Telling, _view: None, answer: Answer) -> Outcome:
    return Go("story", draft) if answer == Picked("begin") else otherwise(answer)


# ── the story ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_story(draft: Telling, _view: None) -> Prompt:
    if not draft.parts:
        return Prompt(text=(msg("tell-story"), msg("tell-story-how")), choices=back_row())
    photos = sum(bool(part.item) for part in draft.parts)
    so_far = (msg("tell-so-far", characters=draft.length),)
    return Prompt(
        text=(*so_far, *((msg("tell-so-far-photos", photos=photos),) if photos else ()), msg("tell-go-on")),
        choices=rows(("done", msg("tell-done")), ("undo", msg("tell-undo")), ("discard", msg("tell-discard"))),
        follow=True,
    )


def _answer_story(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text, message=message):
            return _with(draft, Part(message=message, text=text))
        case Gave():
            return _take_photo(draft, answer)
        case Rewrote(text=text, message=message):
            return _rewrite(draft, message, text)
        case Fetched():
            return _take_fetched(draft, answer)
        case Picked("undo"):
            last = draft.parts[-1:]
            shorter = msgspec.structs.replace(draft, parts=draft.parts[:-1])
            return Stay(draft=shorter, effects=(DropPhotos(photos=_photos(last)),))
        case Picked("discard"):
            return Go("discard", draft)
        case Picked("done") if draft.length == 0:
            return Stay(notice=msg("tell-needs-text"))
        case Picked("done"):
            return Go("name", draft)
    return otherwise(answer)


def _with(draft: Telling, part: Part) -> Outcome:
    grown = msgspec.structs.replace(draft, parts=(*draft.parts, part))
    if grown.length > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=grown)


def _take_photo(draft: Telling, gave: Gave) -> Outcome:
    if gave.file.kind is not FileKind.PHOTO:
        return Stay(notice=msg(f"file-is-refused-{_family(gave.file.kind)}"))
    if sum(bool(part.item) for part in draft.parts) >= MOST_PHOTOS:
        return Stay(notice=msg("tell-too-many-photos", most=MOST_PHOTOS))
    part = Part(message=gave.message, text=gave.caption, item=new_id())
    grown = msgspec.structs.replace(draft, parts=(*draft.parts, part))
    if grown.length > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=grown, effects=(Fetch(item=part.item, file=gave.file),))


def _family(kind: FileKind) -> str:
    if kind is FileKind.DOCUMENT:
        return "document"
    return "recording" if kind in (FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE) else "other"


def _rewrite(draft: Telling, message: Private[str], text: Private[str]) -> Outcome:
    if all(part.message != message for part in draft.parts):
        return Stay(quiet=True)
    parts = tuple(msgspec.structs.replace(part, text=text) if part.message == message else part for part in draft.parts)
    return Stay(draft=msgspec.structs.replace(draft, parts=parts))


def _take_fetched(draft: Telling, fetched: Fetched) -> Stay[Telling]:
    if fetched.blob is None:
        parts = tuple(
            msgspec.structs.replace(part, item=b"") if part.item == fetched.item else part for part in draft.parts
        )
        kept = tuple(part for part in parts if part.item or part.text.reveal())
        return Stay(draft=msgspec.structs.replace(draft, parts=kept), notice=fetched.problem)
    parts = tuple(
        msgspec.structs.replace(part, photo=fetched.blob) if part.item == fetched.item else part for part in draft.parts
    )
    keep = KeepPhoto(photo=fetched.blob)
    return Stay(draft=msgspec.structs.replace(draft, parts=parts), quiet=True, effects=(keep,))


# ── the name ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_name(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-name"),),
        choices=rows(
            (Naming.NOBODY, msg("tell-name-nobody")),
            (Naming.PEN_NAME, msg("tell-name-pen")),
            (Naming.NAME, msg("tell-name-own")),
        )
        + back_row(),
    )


def _answer_name(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(Naming.NOBODY):
            return _to_review(msgspec.structs.replace(draft, naming=Naming.NOBODY, byline=None))
        case Picked(Naming.PEN_NAME | Naming.NAME as naming):
            return Go("byline", msgspec.structs.replace(draft, naming=Naming(naming)))
        case Fetched():
            return _take_fetched(draft, answer)
    return otherwise(answer)


def _ask_byline(draft: Telling, _view: None) -> Prompt:
    key = "tell-byline-pen" if draft.naming is Naming.PEN_NAME else "tell-byline-own"
    return Prompt(text=(msg(key),), choices=back_row())


def _answer_byline(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_NAME or "\n" in text.reveal():
            return Stay(notice=msg("tell-byline-too-long", most=LONGEST_NAME))
        case Wrote(text=text):
            return _to_review(msgspec.structs.replace(draft, byline=text))
        case Fetched():
            return _take_fetched(draft, answer)
    return otherwise(answer)


def _to_review(draft: Telling) -> Outcome:
    return Go("photos" if draft.pending else "review", draft)


# ── waiting for photos ───────────────────────────────────────────────────────────────────────────────────────────
def _ask_photos(draft: Telling, _view: None) -> Prompt:
    return Prompt(text=(msg("tell-photos-wait", photos=draft.pending),), choices=back_row(), follow=True)


def _answer_photos(draft: Telling, _view: None, answer: Answer) -> Outcome:
    if not isinstance(answer, Fetched):
        return otherwise(answer)
    taken = _take_fetched(draft, answer)
    grown = taken.draft or draft
    if grown.pending:
        return Stay(draft=grown, notice=taken.notice, effects=taken.effects)
    return Go("review", grown, notice=taken.notice, effects=taken.effects)


# ── a last look ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_review(draft: Telling, _view: None) -> Prompt:
    photos = tuple(Bubble(text=Rich(), photo=photo) for photo in draft.photos)
    return Prompt(
        before=(Bubble(text=msg("tell-review-begins")), Bubble(text=Rich.plain(draft.text.reveal())), *photos),
        text=(
            signed(draft.byline),
            msg("tell-review", photos=len(draft.photos)),
        ),
        choices=rows(
            ("send", msg("tell-send")),
            ("story", msg("tell-change-story")),
            ("name", msg("tell-change-name")),
            ("discard", msg("tell-discard")),
        ),
    )


def signed(byline: Private[str] | None) -> Words:
    """How the story will be signed."""
    return msg("signed-nobody") if byline is None else msg("signed", name=byline)


def _answer_review(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked("send"):
            submit = Submit(text=draft.text, byline=draft.byline, photos=draft.photos)
            return Finish(notice=msg("tell-sent"), effects=(submit,))
        case Picked("story" | "name" as step):
            return Go(step, draft)
        case Picked("discard"):
            return Go("discard", draft)
        case Wrote() | Gave():
            return Stay(notice=msg("tell-review-is-last"))
        case Rewrote():
            return _rewrite(draft, answer.message, answer.text)
    return otherwise(answer)


# ── throwing it away ─────────────────────────────────────────────────────────────────────────────────────────────
def _ask_discard(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-discard-sure"),),
        choices=rows(("discard", msg("tell-discard-yes")), (BACK, msg("tell-discard-no"))),
    )


def _answer_discard(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked("discard"):
            return Finish(notice=msg("tell-discarded"), effects=_abandoned(draft))
        case Fetched():
            return _take_fetched(draft, answer)
    return otherwise(answer)


def _abandoned(draft: Telling) -> tuple[DropPhotos, ...]:
    return (DropPhotos(photos=draft.photos),)


TELLING = Flow(
    name="telling",
    draft=Telling,
    precious=DRAFT_SECONDS,
    abandoned=_abandoned,
    steps=(
        Step(name="safety", load=nothing, ask=_ask_safety, answer=_answer_safety),
        Step(name="story", load=nothing, ask=_ask_story, answer=_answer_story),
        Step(name="name", load=nothing, ask=_ask_name, answer=_answer_name),
        Step(name="byline", load=nothing, ask=_ask_byline, answer=_answer_byline),
        Step(name="photos", load=nothing, ask=_ask_photos, answer=_answer_photos),
        Step(name="review", load=nothing, ask=_ask_review, answer=_answer_review),
        Step(name="discard", load=nothing, ask=_ask_discard, answer=_answer_discard),
    ),
)
