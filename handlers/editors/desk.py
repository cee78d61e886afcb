"""An editor's desk in the private chat: read, ask, edit, send to the author, approve, reject. Opened from the card."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.flow import (
    Answer,
    Audience,
    Bubble,
    Enter,
    Finish,
    Flow,
    Go,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from bot.texts.rich import Rich, quote
from handlers.editors.card import status_message
from handlers.editors.decisions import Approve, AskAuthor, Offer, Reject
from handlers.editors.opened import DESK_NAME, Desk
from handlers.editors.rewriting import REWRITING, Rewriting
from handlers.policy import EDITOR_WIPE_SECONDS, LONGEST_QUESTION
from handlers.publication.page import Page, load_page
from storage.ids import EditorId
from storage.questions import Question
from storage.story import OPEN, Status, Story


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    page: Page
    questions: list[Question]
    approvers: list[EditorId]
    me: EditorId

    @property
    def may_approve(self) -> bool:
        return self.story.status is Status.AGREED and self.me not in self.approvers


async def _load(reads: Reads, draft: Desk) -> View | None:
    story = await reads.tx.stories.get(draft.story)
    if story is None or reads.who.editor is None or story.details.origin != reads.who.chat.platform:
        return None
    return View(
        story=story,
        page=await load_page(reads.tx, story),
        questions=await reads.tx.questions.all(story),
        approvers=await reads.tx.stories.approvers(story),
        me=reads.who.editor.id,
    )


# ── the desk ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_desk(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=back_row())
    story = view.story
    options: list[tuple[str, Words]] = [("read", msg("desk-read"))]
    if story.status in OPEN:
        options += [("ask", msg("desk-ask")), ("edit", msg("desk-edit"))]
        if story.status is Status.SUBMITTED:
            options.append((f"offer-{view.page.version}", msg("desk-offer")))
        if view.may_approve:
            options.append((f"approve-{view.page.version}", msg("desk-approve")))
        options.append(("reject", msg("desk-reject")))
    return Prompt(
        text=(
            msg("card-title", alias=story.details.alias),
            status_message(story, len(view.approvers)),
            view.page.heading,
            *_exchange(view.questions),
        ),
        choices=rows(*options, (BACK, msg("desk-close"))),
    )


def _exchange(questions: list[Question]) -> list[Words]:
    """Questions and answers, each as it was said."""
    lines: list[Words] = []
    for asked in questions:
        if asked.question.reveal():
            lines += [msg("desk-question"), quote(Rich.plain(asked.question.reveal()))]
        if asked.answer is None:
            lines.append(msg("desk-no-answer"))
        else:
            lines += [msg("desk-answer"), quote(Rich.plain(asked.answer.reveal()))]
    return lines


def _answer_desk(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    is_open = view.story.status in OPEN
    match answer:
        case Picked("read" as step):
            return Go(step, draft)
        case Picked("ask" | "reject" as step) if is_open:
            return Go(step, draft)
        case Picked("edit") if is_open:
            return Enter(flow=REWRITING.name, draft=Rewriting(story=draft.story))
        case Picked(value) if value == f"offer-{view.page.version}" and view.story.status is Status.SUBMITTED:
            return Stay(effects=(Offer(story=draft.story, version=view.story.details.latest),), quiet=True)
        case Picked(value) if value == f"approve-{view.page.version}" and view.may_approve:
            return Stay(effects=(Approve(story=draft.story, version=view.page.version),), quiet=True)
        case Picked(value) if value.partition("-")[0] in {"approve", "offer", "ask", "edit", "reject"}:
            return Stay(notice=msg("desk-has-changed"))
    return otherwise(answer)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_read(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=back_row())
    photos = tuple(Bubble(text=Rich(), media=photo) for photo in view.page.photos)
    return Prompt(before=(Bubble(text=view.page.text), *photos), text=(msg("desk-read-end"),), choices=back_row())


def _answer_read(_draft: Desk, _view: View | None, answer: Answer) -> Outcome:
    return otherwise(answer)


# ── asking the author ────────────────────────────────────────────────────────────────────────────────────────────
def _ask_question(_draft: Desk, _view: View | None) -> Prompt:
    return Prompt(text=(msg("desk-which-question"),), choices=back_row())


def _answer_question(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote() if view is None or view.story.status not in OPEN:
            return Go("desk", draft, notice=msg("desk-has-changed"))
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            effect = AskAuthor(story=draft.story, question=text)
            return Go("desk", draft, notice=msg("desk-question-sent"), effects=(effect,))
    return otherwise(answer)


# ── rejecting ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_reject(_draft: Desk, _view: View | None) -> Prompt:
    return Prompt(text=(msg("desk-which-reason"),), choices=back_row())


def _answer_reject(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote() if view is None or view.story.status not in OPEN:
            return Go("desk", draft, notice=msg("desk-has-changed"))
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            effect = Reject(story=draft.story, reason=text)
            return Finish(notice=msg("desk-rejected"), effects=(effect,))
    return otherwise(answer)


DESK = Flow(
    name=DESK_NAME,
    draft=Desk,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="desk", load=_load, ask=_ask_desk, answer=_answer_desk),
        Step(name="read", load=_load, ask=_ask_read, answer=_answer_read),
        Step(name="ask", load=_load, ask=_ask_question, answer=_answer_question),
        Step(name="reject", load=_load, ask=_ask_reject, answer=_answer_reject),
    ),
)
