"""A last look: what editors will see, once the files are ready. Then it is sent, changed or thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.flows.flow import (
    Answer,
    Bubble,
    Fetched,
    Finish,
    Gave,
    Go,
    Option,
    Outcome,
    Picked,
    Prompt,
    Stay,
    Words,
    Wrote,
)
from bot.flows.questions import BACK, back_row, rows, weighty
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich, quote
from handlers.contributors.receipts.pasted import has_words
from handlers.contributors.submission import Submit
from handlers.contributors.telling.answers import notes_of_answers, story_of_answers
from handlers.contributors.telling.asking import all_told
from handlers.contributors.telling.beginning import discarded
from handlers.contributors.telling.collecting import meanwhile, take_fetched
from handlers.contributors.telling.draft import Telling
from handlers.manuscript.sections import shown
from handlers.publication.page import media_of
from handlers.questionnaires.questionnaire import Questionnaire
from storage.private import Private
from storage.story import Contact


# ── waiting for files ────────────────────────────────────────────────────────────────────────────────────────────
def ask_files(draft: Telling, _view: None) -> Prompt:
    return Prompt(text=(msg("tell-files-wait", files=draft.pending),), choices=back_row(), follow=True)


def answer_files(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Fetched():
            taken = take_fetched(draft, answer)
            grown = taken.draft or draft
            if grown.onward == "files":
                return Stay(draft=grown, notice=taken.notice, effects=taken.effects)
            return Go(grown.onward, grown, notice=taken.notice, effects=taken.effects)
        case Wrote() | Gave():
            return Stay(notice=msg("tell-files-first"))
    return meanwhile(draft, answer)


@dataclass(frozen=True, kw_only=True)
class Sending:
    questionnaire: Questionnaire
    refusal: Message | None
    """why nothing can be sent now; None: it can"""


# ── the look ─────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_review(draft: Telling, sending: Sending) -> Prompt:
    if sending.refusal is not None:
        return Prompt(text=(sending.refusal, msg("limit-draft")), choices=rows(("pause", msg("tell-pause"))))
    photos = draft.photos
    recordings = draft.recordings
    sent = (msg("tell-review-recordings", recordings=recordings),) if recordings else ()
    return Prompt(
        before=_shown(draft, sending.questionnaire),
        text=(*_details(draft), msg("tell-review", photos=photos), *sent, msg("tell-review-wipes")),
        choices=weighty(_changes(draft), "send"),
    )


def _shown(draft: Telling, questionnaire: Questionnaire) -> tuple[Bubble, ...]:
    story = shown(story_of_answers(draft, questionnaire))
    files = (Bubble(text=Rich.plain(one.caption.reveal()), media=media_of(one)) for one in draft.attachments)
    notes = notes_of_answers(draft, questionnaire)
    aside = Rich.join("\n\n", [quote(Rich.plain(note.reveal())) for note in notes])
    for_editors = (Bubble(text=msg("tell-review-notes")), Bubble(text=aside)) if notes else ()
    return (
        Bubble(text=msg("tell-review-begins")),
        *((Bubble(text=story),) if story else ()),
        *files,
        *for_editors,
    )


def _details(draft: Telling) -> tuple[Words, ...]:
    signed = msg("signed-nobody") if draft.byline is None else msg("signed", name=draft.byline)
    has_region = draft.region is not None and draft.region.reveal()
    region = (msg("tell-region-is", region=draft.region or Private("")),) if has_region else ()
    contact = msg(f"tell-contact-is-{draft.contact or Contact.SILENT}")
    return signed, msg("tell-topic-is", topic=draft.topic or "none"), *region, contact


def _changes(draft: Telling) -> tuple[tuple[Option, ...], ...]:
    describe = rows(("describe", msg("tell-change-descriptions"))) if draft.ready_photos else ()
    return (
        *rows(("send", msg("tell-send")), ("story", msg("tell-change-story")), ("name", msg("tell-change-name"))),
        (Option("topic", msg("tell-change-topic")), Option("region", msg("tell-change-region"))),
        *rows(("contact", msg("tell-change-contact"))),
        *describe,
        *rows(("pause", msg("tell-pause"))),
    )


def answer_review(draft: Telling, sending: Sending, answer: Answer) -> Outcome:
    questionnaire = sending.questionnaire
    match answer:
        case Picked("send") if sending.refusal is not None:
            return Stay()
        case Picked("send") if _has_words(draft, questionnaire):
            return Go("words", draft)
        case Picked("send"):
            return _send(draft, questionnaire)
        case Picked("story"):
            return _to_text(draft, questionnaire)
        case Picked("describe") if draft.ready_photos:
            return Go("describe", draft)
        case Picked("name" | "topic" | "region" | "contact" | "pause" as step):
            return Go(step, draft)
        case Wrote() | Gave():
            return Stay(notice=msg("tell-review-is-last"))
    return meanwhile(draft, answer)


def _to_text(draft: Telling, questionnaire: Questionnaire) -> Outcome:
    return Go("question" if questionnaire.is_single else "overview", draft)


# ── a receipt in it ──────────────────────────────────────────────────────────────────────────────────────────────
def _has_words(draft: Telling, questionnaire: Questionnaire) -> bool:
    return any(map(has_words, (story_of_answers(draft, questionnaire), *notes_of_answers(draft, questionnaire))))


def ask_words(_draft: Telling, _sending: Sending) -> Prompt:
    return Prompt(
        text=(msg("tell-words-found"),),
        choices=weighty(rows(("story", msg("tell-change-story")), ("send", msg("tell-words-send"))), "send")
        + back_row(),
    )


def answer_words(draft: Telling, sending: Sending, answer: Answer) -> Outcome:
    match answer:
        case Picked("story"):
            return _to_text(draft, sending.questionnaire)
        case Picked("send") if sending.refusal is not None:
            return Go("review", draft)
        case Picked("send"):
            return _send(draft, sending.questionnaire)
    return meanwhile(draft, answer)


# ── off it goes ──────────────────────────────────────────────────────────────────────────────────────────────────
def _send(draft: Telling, questionnaire: Questionnaire) -> Outcome:
    onward = all_told(draft, questionnaire)
    if not (isinstance(onward, Go) and onward.step == "review"):
        return onward  # the last words were edited away
    submit = Submit(
        text=story_of_answers(draft, questionnaire),
        notes=notes_of_answers(draft, questionnaire),
        byline=draft.byline,
        attachments=draft.attachments,
        topic=draft.topic or "",
        region=draft.region if draft.region and draft.region.reveal() else None,
        contact=draft.contact or Contact.SILENT,
    )
    return Finish(notice=msg(f"tell-sent-{submit.contact}"), effects=(submit,))


# ── throwing it away ─────────────────────────────────────────────────────────────────────────────────────────────
def ask_discard(_draft: Telling, _today: date) -> Prompt:
    return Prompt(
        text=(msg("tell-discard-sure"),),
        choices=weighty(rows(("discard", msg("tell-discard-yes")), (BACK, msg("tell-discard-no"))), "discard"),
    )


def answer_discard(draft: Telling, today: date, answer: Answer) -> Outcome:
    if answer == Picked("discard"):
        return discarded(draft, today)
    return meanwhile(draft, answer)
