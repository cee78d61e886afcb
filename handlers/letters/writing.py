"""An editor writes a newsletter in one language, or its correction, in as many messages as it takes."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import (
    Answer,
    Audience,
    Bubble,
    Enter,
    Flow,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Rewrote,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import otherwise, rows
from bot.texts.fluent import msg
from bot.texts.marks import parse_marks
from handlers.languages import language_name
from handlers.letters.correcting import WriteCorrection
from handlers.letters.marked import said, wrong_marks
from handlers.letters.opened import to_letter
from handlers.letters.sight import may_correct, visible
from handlers.letters.view import change
from handlers.policy import DRAFT_SECONDS, EDITOR_WIPE_SECONDS, LONGEST_LETTER
from handlers.written import Written, taken, whole
from storage.ids import LetterId
from storage.letter import Edition, Letter, LetterStatus
from storage.private import Private

WRITING_NAME = "letter-text"


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId = LetterId(b"")
    language: str = ""
    base: Private[str] = Private("")
    """the text that it replaces"""
    parts: tuple[Written, ...] = ()
    corrects: bool = False
    """what readers have"""

    @property
    def text(self) -> Private[str]:
        return whole(self.parts)


@dataclass(frozen=True, kw_only=True)
class Present:
    letter: Letter
    text: Private[str]
    """as it stands in the letter; empty: it is not written in this language"""
    language: str
    """its name"""


def begin_writing(letter: Letter, language: str) -> Enter:
    corrects = letter.status is LetterStatus.SENT
    draft = Writing(letter=letter.id, language=language, base=_standing(letter, language), corrects=corrects)
    return Enter(flow=WRITING_NAME, draft=draft)


def _standing(letter: Letter, language: str) -> Private[str]:
    correction = letter.details.correction
    if correction is not None and language in correction.texts:
        return correction.texts[language]
    edition = letter.details.editions.get(language)
    return Private("") if edition is None else edition.text


async def _load(reads: Reads, draft: Writing) -> Present | None:
    """None when it can't be changed any more."""
    letter = await visible(reads.tx, reads.who, draft.letter)
    if letter is None or not _may_write(reads, draft, letter):
        return None
    name = language_name(draft.language, reads.who.language)
    return Present(letter=letter, text=_standing(letter, draft.language), language=name)


def _may_write(reads: Reads, draft: Writing, letter: Letter) -> bool:
    if draft.corrects:
        return may_correct(reads.who, letter) and draft.language in letter.details.languages
    return letter.status is LetterStatus.DRAFT


def _ask(draft: Writing, present: Present | None) -> Prompt:
    if present is None:
        is_late = msg("letter-correction-is-late" if draft.corrects else "letter-is-decided")
        return Prompt(text=(is_late,), choices=rows(("discard", msg("button-back"))))
    if not draft.parts:
        now = (Bubble(text=parse_marks(present.text.reveal())),) if present.text.reveal() else ()
        how = msg("letter-how-anew" if now else "letter-how", language=present.language)
        return Prompt(before=now, text=(how, msg("letter-marks")), choices=rows(("discard", msg("button-back"))))
    count = msg("letter-so-far", characters=len(draft.text.reveal()))
    choices = rows(("save", msg("letter-save")), ("discard", msg("edit-discard")))
    return Prompt(text=(count,), choices=choices, follow=True)


def _answer(draft: Writing, present: Present | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("discard"):
            return _back(draft, msg("letter-not-saved") if draft.parts else None)
        case Wrote() | Rewrote() if present is not None:
            return _take(draft, answer)
        case Picked("save") if draft.parts and present is not None:
            return _save(draft, present)
    return otherwise(answer)


def _take(draft: Writing, answer: Wrote | Rewrote) -> Outcome:
    parts = taken(draft.parts, answer, said(answer))
    if parts is None:
        return otherwise(answer)
    grown = msgspec.structs.replace(draft, parts=parts)
    if len(grown.text.reveal()) > LONGEST_LETTER:
        return Stay(notice=msg("letter-too-long", most=LONGEST_LETTER))
    return Stay(draft=grown)


def _save(draft: Writing, present: Present) -> Outcome:
    problem: Words | None = wrong_marks(draft.text)
    if problem is not None:
        return Stay(notice=problem)
    if present.text != draft.base:
        return Stay(draft=msgspec.structs.replace(draft, base=present.text), notice=msg("letter-overtaken"))
    details = present.letter.details
    if draft.corrects:
        return _save_correction(draft, present)
    edition = msgspec.structs.replace(details.editions.get(draft.language, Edition(text=draft.text)), text=draft.text)
    changed = msgspec.structs.replace(details, editions=details.editions | {draft.language: edition})
    notice = msg("letter-saved-anew" if details.approvals else "letter-saved")
    return _back(draft, notice, change(present.letter, changed))


def _save_correction(draft: Writing, present: Present) -> Outcome:
    letter, correction = present.letter, present.letter.details.correction
    if draft.text == letter.details.editions[draft.language].text:
        return Stay(notice=msg("correct-nothing"))
    texts = (correction.texts if correction is not None else {}) | {draft.language: draft.text}
    notice = msg("letter-saved-anew" if correction is not None and correction.approvals else "letter-saved")
    return _back(draft, notice, WriteCorrection(letter=letter.id, revision=letter.revision, texts=texts))


def _back(draft: Writing, notice: Words | None, *effects: object) -> Outcome:
    return to_letter(draft.letter, notice, *effects, step="correction" if draft.corrects else "letter")


WRITING = Flow(
    name=WRITING_NAME,
    draft=Writing,
    audience=Audience.EDITORS,
    precious=lambda _draft: DRAFT_SECONDS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(Step(name="text", load=_load, ask=_ask, answer=_answer),),
)
