"""An approved newsletter goes out: now, or at a moment that its editor writes."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Stay, Step, Words, Wrote
from bot.flows.questions import back_row, rows, weighty
from bot.texts.fluent import msg
from handlers.letters.deciding import SendLetter, may_be_sent
from handlers.letters.facts import described, for_whom
from handlers.letters.narrowing import how_many
from handlers.letters.opened import Open
from handlers.letters.view import View, load, meanwhile
from handlers.policy import LETTER_DAYS_AHEAD
from handlers.publication.times import moment_of, moments_of
from storage.clock import DAY
from storage.letter import Letter


def _ask(draft: Open, view: View | None) -> Prompt:
    letter = _ready(view)
    if letter is None or view is None:
        known = described(view, view.letter) if view is not None and view.letter is not None else ()
        return Prompt(text=known[:3] or (msg("letter-is-gone"),), choices=back_row())
    text: list[Words] = [msg("letter-for", who=for_whom(view, letter)), how_many(draft, letter)]
    if not _has_readers(draft, letter):
        return Prompt(text=tuple(text), choices=back_row(), follow=True)
    example = moment_of(view.now + DAY)
    text.append(msg("letter-send-when", day=f"{example:%d.%m}"))
    now = rows((f"now-{letter.details.content}", msg("letter-send-now")))
    return Prompt(text=tuple(text), choices=weighty(now, "now") + back_row(), follow=True)


def _ready(view: View | None) -> Letter | None:
    letter = view.draft if view is not None else None
    return letter if letter is not None and may_be_sent(letter) else None


def _has_readers(draft: Open, letter: Letter) -> bool:
    """Known for the letter as it stands; while it is counted, nothing is sent."""
    counted = draft.counted
    return counted is not None and counted.content == letter.details.content and counted.readers > 0


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = _ready(view)
    if letter is None or view is None or not _has_readers(draft, letter):
        return meanwhile(draft, view, answer, waits=True)
    content = letter.details.content
    match answer:
        case Picked(value) if value == f"now-{content}":
            effect = SendLetter(letter=letter.id, content=content, second=None)
            return Go("letter", draft, notice=msg("letter-goes-out"), effects=(effect,))
        case Wrote(text=text):
            return _at(draft, letter, text.reveal(), view.now)
    return meanwhile(draft, view, answer, waits=True)


def _at(draft: Open, letter: Letter, written: str, now: int) -> Outcome:
    seconds = moments_of(written, now)
    fitting = [second for second in seconds if now < second <= now + LETTER_DAYS_AHEAD * DAY]
    if not seconds:
        return Stay(notice=msg("letter-time-is-none"))
    if not fitting and seconds[0] <= now:
        return Stay(notice=msg("letter-time-is-past"))
    if not fitting:
        return Stay(notice=msg("letter-time-is-far", days=LETTER_DAYS_AHEAD))
    effect = SendLetter(letter=letter.id, content=letter.details.content, second=fitting[0])
    return Go("letter", draft, notice=msg("letter-time-is-set"), effects=(effect,))


SEND: Step[Open, View | None] = Step(name="send", load=load, ask=_ask, answer=_answer)
