"""One newsletter's desk: how it stands, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.flows.flow import Answer, Enter, Go, Outcome, Picked, Prompt, Stay, Step, Words, Work
from bot.flows.questions import BACK, back_row, rows, weighty
from bot.texts.fluent import msg
from handlers.letters.changing import DeleteLetter
from handlers.letters.deciding import ApproveLetter, StopLetter, may_be_sent
from handlers.letters.facts import described
from handlers.letters.opened import LETTERS_NAME, Open
from handlers.letters.previewing import PreviewLetter, TryLetter
from handlers.letters.readership import COUNT, to_count
from handlers.letters.view import View, gone, load, meanwhile
from storage.letter import Letter, LetterStatus
from storage.story import APPROVALS_NEEDED


def _ask(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.letter is None:
        return gone()
    options = rows(*_offered(view, view.letter))
    return Prompt(
        text=described(view, view.letter), choices=weighty(options, "approve") + rows((BACK, msg("letters-to-list")))
    )


def _offered(view: View, letter: Letter) -> Iterator[tuple[str, Words]]:
    """A value that names the content counts for that content only."""
    details = letter.details
    if letter.status is LetterStatus.DRAFT:
        yield "languages", msg("letter-text")
        yield "pictures", msg("letter-to-pictures")
        yield "template", msg("letter-to-template")
    if letter.status is LetterStatus.DRAFT and details.editions:
        yield "readers", msg("letter-to-readers")
    if details.editions:
        yield "preview", msg("letter-to-preview")
    if details.editions and letter.status is not LetterStatus.RETRACTED:
        yield "test", msg("letter-to-test")
    if letter.status is LetterStatus.DRAFT and details.languages and view.me not in details.approvals:
        yield f"approve-{details.content}", msg("desk-approve")
    if may_be_sent(letter):
        yield "send", msg("letter-to-send")
    if letter.status is LetterStatus.SCHEDULED:
        yield "stop", msg("letter-stop")
    if view.correctable is not None:
        yield "correction", msg("letter-correct" if details.correction is None else "correction-open")
    if letter.status is LetterStatus.SENT and view.me != details.retracts:
        yield "retract", msg("letter-retract")
    if letter.status is LetterStatus.DRAFT:
        yield "delete", msg("letter-delete")


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.letter if view is not None else None
    if answer == Picked(BACK):
        return Enter(flow=LETTERS_NAME)
    if view is None or letter is None or not isinstance(answer, Picked):
        return meanwhile(draft, view, answer)
    if answer.value not in {value for value, _ in _offered(view, letter)}:
        return meanwhile(draft, view, answer)
    match answer.value.partition("-")[0]:
        case "preview":
            return Stay(effects=(PreviewLetter(letter=letter.id),), notice=msg("letter-preview-is"))
        case "test":
            return Stay(effects=(TryLetter(letter=letter.id),), notice=msg("letter-test-is"))
        case "approve":
            enough = len(letter.details.approvals) + 1 >= APPROVALS_NEEDED
            effect = ApproveLetter(letter=letter.id, content=letter.details.content)
            return Stay(notice=msg("letter-approved-second" if enough else "letter-approved"), effects=(effect,))
        case "stop":
            return Stay(notice=msg("letter-stopped"), effects=(StopLetter(letter=letter.id),))
        case "readers" | "send" as step:
            return Go(step, msgspec.structs.replace(draft, counted=None), effects=(counting(letter),))
    return Go(answer.value, draft)


def counting(letter: Letter) -> Work:
    return Work(job=COUNT, body=to_count(letter.id))


# ── delete ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_delete(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return gone()
    return Prompt(text=(msg("letter-delete-sure"),), choices=rows(("delete", msg("letter-delete-yes"))) + back_row())


def _answer_delete(draft: Open, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("delete") if view is not None and view.draft is not None:
            effect = DeleteLetter(letter=draft.letter)
            return Enter(flow=LETTERS_NAME, notice=msg("letter-deleted"), effects=(effect,))
    return meanwhile(draft, view, answer)


LETTER_STEP: Step[Open, View | None] = Step(name="letter", load=load, ask=_ask, answer=_answer)
DELETE: Step[Open, View | None] = Step(name="delete", load=load, ask=_ask_delete, answer=_answer_delete)
