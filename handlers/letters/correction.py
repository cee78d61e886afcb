"""A correction of a newsletter that was sent: in which languages, how it will read, and the approval of two."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Stay, Step, Words
from bot.flows.questions import BACK, back_row, rows, weighty
from bot.texts.fluent import Message, msg
from bot.texts.marks import parse_marks
from handlers.languages import own_name
from handlers.letters.card import correction_waits, standing
from handlers.letters.correcting import ApproveCorrection, WriteCorrection, is_enough
from handlers.letters.opened import Open
from handlers.letters.previewing import PreviewLetter
from handlers.letters.view import View, gone, load, meanwhile
from handlers.letters.writing import begin_writing
from storage.letter import Letter


def _ask(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.letter is None:
        return gone()
    letter = view.correctable
    if letter is None:
        return Prompt(text=(standing(view.letter),), choices=back_row())
    correction = letter.details.correction
    texts = correction.texts.values() if correction is not None else ()
    return Prompt(
        before=tuple(Bubble(text=parse_marks(text.reveal())) for text in texts),
        text=tuple(_said(view, letter)),
        choices=weighty(rows(*_offered(view, letter)), "approve") + back_row(),
    )


def _said(view: View, letter: Letter) -> Iterator[Message]:
    correction = letter.details.correction
    if correction is None:
        yield msg("letter-correction-how")
        return
    yield correction_waits(correction)
    if view.me in correction.approvals:
        yield msg("letter-correction-by-you")
    elif is_enough(correction):
        yield msg("letter-correction-last")


def _offered(view: View, letter: Letter) -> Iterator[tuple[str, Words]]:
    """A value that names the content counts for that content only."""
    correction = letter.details.correction
    texts = correction.texts if correction is not None else {}
    for language in letter.details.languages:
        is_written = "letter-language-written" if language in texts else "letter-language"
        yield f"write-{language}", msg(is_written, language=own_name(language))
    if correction is not None:
        yield "preview", msg("letter-to-preview")
        if view.me not in correction.approvals:
            yield f"approve-{letter.details.content}", msg("letter-correction-approve")
        yield f"drop-{letter.details.content}", msg("correction-drop")


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    if answer == Picked(BACK):
        return Go("letter", draft)
    letter = view.correctable if view is not None else None
    if view is None or letter is None or not isinstance(answer, Picked):
        return meanwhile(draft, view, answer)
    if answer.value not in {value for value, _ in _offered(view, letter)}:
        return meanwhile(draft, view, answer)
    correction, (what, _, language) = letter.details.correction, answer.value.partition("-")
    match what:
        case "write":
            return begin_writing(letter, language)
        case "preview":
            effect = PreviewLetter(letter=letter.id, corrected=True)
            return Stay(effects=(effect,), notice=msg("letter-preview-is"))
        case "drop":
            dropped = WriteCorrection(letter=letter.id, revision=letter.revision, texts={})
            return Go("letter", draft, notice=msg("letter-correction-dropped"), effects=(dropped,))
    enough = correction is not None and is_enough(correction)
    approved = ApproveCorrection(letter=letter.id, content=letter.details.content, enough=enough)
    if enough:
        return Go("letter", draft, notice=msg("letter-corrected"), effects=(approved,))
    return Stay(notice=msg("letter-correction-approved"), effects=(approved,))


CORRECTION: Step[Open, View | None] = Step(name="correction", load=load, ask=_ask, answer=_answer)
