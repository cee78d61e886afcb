"""All that a desk says about a story, in the order in which an editor wants to know it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.flow import Words
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich, quote
from handlers.editors.card import files_message, status_message
from handlers.editors.view import View
from handlers.topics import topic_name
from storage.questions import Question

_LONGEST_QUOTE = 300
"""Characters of an answer or a note that the desk itself shows; a step of its own shows all of them."""


def described(view: View) -> tuple[Words, ...]:
    story, details = view.story, view.story.details
    return (
        _together(
            view,
            msg("card-title", alias=details.alias),
            status_message(story, len(view.approvers)),
            *_care(view),
        ),
        _together(view, _about(view), view.page.heading),
        _together(
            view,
            msg(f"desk-contact-{details.contact}"),
            msg("desk-version", version=view.page.version),
            files_message(story),
        ),
        *exchange(view.questions, _LONGEST_QUOTE),
        *notes(view, _LONGEST_QUOTE),
    )


def _care(view: View) -> Iterator[Words]:
    """Nothing of a story that is decided: there is nothing left to take care of."""
    if view.is_open:
        caretaker = view.caretaker
        yield msg("desk-nobody-cares") if caretaker is None else msg("desk-caretaker", name=caretaker)


def _together(view: View, *lines: Words) -> Rich:
    return Rich.join("\n", [view.say(line) for line in lines])


def _about(view: View) -> Words:
    story, region = view.story, view.story.details.region
    topic = view.say(topic_name(story.details.topic))
    if region is None:
        return msg("desk-about", language=story.language, topic=topic)
    return msg("desk-about-region", language=story.language, topic=topic, region=region)


def exchange(questions: list[Question], longest: int | None = None) -> Iterator[Words]:
    """Questions and answers, each as it was said."""
    for asked in questions:
        if asked.question.reveal():
            yield msg("desk-question")
            yield _quoted(asked.question.reveal(), longest)
        if asked.answer is None:
            yield msg("desk-skipped") if asked.skipped else msg("desk-no-answer")
        else:
            yield _whose(asked)
            yield _quoted(asked.answer.reveal(), longest)


def _whose(asked: Question) -> Message:
    """By the words alone it may be somebody else: editors are told."""
    if asked.question.reveal():
        return msg("desk-answer-by-words") if asked.by_receipt else msg("desk-answer")
    return msg("desk-adds-by-words") if asked.by_receipt else msg("desk-author-adds")


def notes(view: View, longest: int | None = None) -> Iterator[Words]:
    for note in view.story.details.notes:
        name = view.names.get(note.editor)
        yield msg("desk-note-former", day=note.day) if name is None else msg("desk-note", name=name, day=note.day)
        yield _quoted(note.text.reveal(), longest)


def is_cut_short(view: View) -> bool:
    """Whether the desk leaves out some of what was said."""
    said = [text for asked in view.questions for text in (asked.question, asked.answer) if text is not None]
    said += [note.text for note in view.story.details.notes]
    return any(len(text.reveal()) > _LONGEST_QUOTE for text in said)


def _quoted(text: str, longest: int | None) -> Rich:
    return quote(Rich.plain(text if longest is None or len(text) <= longest else text[:longest].rstrip() + "…"))
