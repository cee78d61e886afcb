"""What the steps of a newsletter show, and what reaches it at whatever step its editor is by now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from bot.flows.flow import Answer, Fetched, Outcome, Picked, Prompt, Reads, Stay, Worked
from bot.flows.questions import BACK, back_row, otherwise, too_late
from bot.texts.fluent import Language, Message, msg
from handlers.editors.colleagues import Names, names
from handlers.languages import language_name
from handlers.letters.changing import ChangeLetter
from handlers.letters.opened import Counted, Open
from handlers.letters.sight import may_correct, may_see, visible
from storage.codec import decode
from storage.ids import BlobId, EditorId
from storage.letter import OUT, Details, Letter, LetterStatus, Template
from storage.story import Attachment


@dataclass(frozen=True, kw_only=True)
class View:
    letter: Letter | None
    """None: it is gone, or not for this editor; or none is open"""
    me: EditorId
    names: Names
    spoken: Language
    languages: tuple[Language, ...]
    """in which there are readers"""
    platforms: tuple[str, ...]
    now: int
    say: Callable[[Message], str]
    """in the editor's language: what stands in a list"""
    letters: tuple[Letter, ...] = ()
    """the latest first; in the list only"""
    templates: tuple[Template, ...] = ()
    may_correct: bool = False
    """the letter that is open"""

    @property
    def draft(self) -> Letter | None:
        """The letter that is open, as long as it may be changed."""
        return self.letter if self.letter is not None and self.letter.status is LetterStatus.DRAFT else None

    @property
    def sent(self) -> Letter | None:
        """The letter that is open, if readers have it or are getting it."""
        return self.letter if self.letter is not None and self.letter.status is LetterStatus.SENT else None

    @property
    def correctable(self) -> Letter | None:
        """The letter that is open, if its text may be corrected here."""
        return self.sent if self.may_correct else None

    def name(self, language: str) -> str:
        return language_name(language, self.spoken)


async def load(reads: Reads, draft: Open) -> View | None:
    """None for whoever is no editor."""
    editor = reads.who.editor
    if editor is None:
        return None
    letter = await visible(reads.tx, reads.who, draft.letter)
    return View(
        letter=letter,
        me=editor.id,
        names=await names(reads.tx, reads.who.chat.platform),
        spoken=reads.who.language,
        languages=reads.languages,
        platforms=reads.platforms,
        now=reads.tx.now,
        say=lambda message: reads.say(reads.who.language, message).text,
        templates=tuple(await reads.tx.letters.templates.all()),
        may_correct=letter is not None and may_correct(reads.who, letter),
    )


async def load_list(reads: Reads, draft: Open) -> View | None:
    view = await load(reads, draft)
    if view is None:
        return None
    seen = [letter for letter in await reads.tx.letters.all() if may_see(reads.who, letter)]
    seen.sort(key=lambda letter: (letter.status not in OUT, letter.since, letter.id), reverse=True)
    return replace(view, letters=tuple(seen))


def gone() -> Prompt:
    return Prompt(text=(msg("letter-is-gone"),), choices=back_row())


def decided() -> Prompt:
    return Prompt(text=(msg("letter-is-decided"),), choices=back_row())


def change(letter: Letter, details: Details, *, drops: tuple[BlobId, ...] = ()) -> ChangeLetter:
    return ChangeLetter(letter=letter.id, revision=letter.revision, details=details, drops=drops)


def meanwhile(draft: Open, view: View | None, answer: Answer, *, waits: bool = False) -> Outcome:
    """A picture that is ready, a count that is done; else what no step has asked for. `waits`: the step shows them."""
    match answer:
        case Worked(result=result):
            return Stay(draft=msgspec.structs.replace(draft, counted=decode(Counted, result)), quiet=not waits)
        case Fetched():
            return _take(draft, view, answer, quiet=not waits)
        case _ if view is None:
            return too_late(answer)
        case Picked(value) if value != BACK:
            return Stay(notice=msg("letter-has-changed"))
    return otherwise(answer)


def _take(draft: Open, view: View | None, fetched: Fetched, *, quiet: bool) -> Outcome:
    here = next((one for one in draft.arriving if one.item == fetched.item), None)
    rest = tuple(one for one in draft.arriving if one is not here)
    left = msgspec.structs.replace(draft, arriving=rest)
    letter = view.draft if view is not None else None
    if fetched.blob is None:
        return Stay(draft=left, notice=fetched.problem)
    if here is None or letter is None:  # what nobody keeps is swept
        return Stay(draft=left, quiet=True)
    picture = Attachment(kind="photo", blob=fetched.blob, size=fetched.size, caption=here.caption)
    details = msgspec.structs.replace(letter.details, pictures=(*letter.details.pictures, picture))
    effect = ChangeLetter(letter=letter.id, revision=letter.revision, details=details, keeps=(fetched.blob,))
    return Stay(draft=left, effects=(effect,), quiet=quiet)
