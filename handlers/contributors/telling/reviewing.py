"""A last look: what editors will see, once the photos are ready. Then it is sent, changed or thrown away."""

from __future__ import annotations

from bot.flows.flow import Answer, Bubble, Fetched, Finish, Gave, Go, Outcome, Picked, Prompt, Stay, Words, Wrote
from bot.flows.questions import BACK, back_row, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.contributors.submission import Submit
from handlers.contributors.telling.collecting import meanwhile, take_fetched
from handlers.contributors.telling.draft import Telling, abandoned
from handlers.publication.page import media_of
from storage.private import Private


# ── waiting for photos ───────────────────────────────────────────────────────────────────────────────────────────
def ask_photos(draft: Telling, _view: None) -> Prompt:
    return Prompt(text=(msg("tell-photos-wait", photos=draft.pending),), choices=back_row(), follow=True)


def answer_photos(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Fetched():
            taken = take_fetched(draft, answer)
            grown = taken.draft or draft
            if grown.pending:
                return Stay(draft=grown, notice=taken.notice, effects=taken.effects)
            return Go("review", grown, notice=taken.notice, effects=taken.effects)
        case Wrote() | Gave():
            return Stay(notice=msg("tell-photos-first"))
    return meanwhile(draft, answer)


# ── the look ─────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_review(draft: Telling, _view: None) -> Prompt:
    photos = tuple(Bubble(text=Rich(), media=media_of(photo)) for photo in draft.attachments)
    return Prompt(
        before=(Bubble(text=msg("tell-review-begins")), Bubble(text=Rich.plain(draft.text.reveal())), *photos),
        text=(_signed(draft.byline), msg("tell-review", photos=len(draft.attachments)), msg("tell-review-wipes")),
        choices=rows(
            ("send", msg("tell-send")),
            ("story", msg("tell-change-story")),
            ("name", msg("tell-change-name")),
            ("discard", msg("tell-discard")),
        ),
    )


def _signed(byline: Private[str] | None) -> Words:
    return msg("signed-nobody") if byline is None else msg("signed", name=byline)


def answer_review(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked("send") if draft.length == 0:  # the last words were edited away
            return Go("story", draft, notice=msg("tell-needs-text"))
        case Picked("send"):
            submit = Submit(text=draft.text, byline=draft.byline, attachments=draft.attachments)
            return Finish(notice=msg("tell-sent"), effects=(submit,))
        case Picked("story" | "name" | "discard" as step):
            return Go(step, draft)
        case Wrote() | Gave():
            return Stay(notice=msg("tell-review-is-last"))
    return meanwhile(draft, answer)


# ── throwing it away ─────────────────────────────────────────────────────────────────────────────────────────────
def ask_discard(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-discard-sure"),),
        choices=rows(("discard", msg("tell-discard-yes")), (BACK, msg("tell-discard-no"))),
    )


def answer_discard(draft: Telling, _view: None, answer: Answer) -> Outcome:
    if answer == Picked("discard"):
        return Finish(notice=msg("tell-discarded"), effects=abandoned(draft))
    return meanwhile(draft, answer)
