"""What the file tells of a story and of a draft, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.flows.flow import Words
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.contributors.standing import how_it_stands
from handlers.manuscript.sections import shown
from handlers.own_data.gathering import Draft, Told
from storage.private import Private
from storage.questions import Question
from storage.story import Attachment, Version

KILOBYTE = 1024


def of_story(number: int, told: Told, today: date) -> Iterator[Words]:
    story, details = told.story, told.story.details
    yield msg("data-story", number=number)
    yield from how_it_stands(story, today)
    yield msg("data-story-came", platform_name=details.origin.capitalize())
    yield msg("data-story-way") if told.has_way else msg("data-story-no-way")
    if told.has_words:
        yield msg("data-story-words")
    if details.cold is None:  # else all the rest is locked away, as `how_it_stands` has said
        yield from _content(told)


def _content(told: Told) -> Iterator[Words]:
    details = told.story.details
    yield msg("signed-nobody") if details.byline is None else msg("signed", name=details.byline)
    yield msg("tell-topic-is", topic=details.topic or "none")
    if details.region is not None:
        yield msg("tell-region-is", region=details.region)
    yield msg(f"tell-contact-is-{details.contact}")
    yield from _files(details.attachments)
    if details.notes:
        yield msg("data-notes", notes=len(details.notes))
    for question in told.questions:
        yield from _exchange(question)
    if told.versions is None:
        yield msg("data-unreadable")
    for version, text in told.versions or ():
        yield _title(version)
        yield shown(text)


def of_draft(draft: Draft) -> Iterator[Words]:
    telling = draft.telling
    yield msg("data-draft")
    if draft.until is not None:
        yield msg("data-draft-until", until=draft.until)
    if telling.byline is not None:
        yield msg("signed", name=telling.byline)
    if telling.topic is not None:
        yield msg("tell-topic-is", topic=telling.topic or "none")
    if telling.region is not None and telling.region.reveal():
        yield msg("tell-region-is", region=telling.region)
    yield from _files(telling.attachments)
    for part in telling.parts:
        if part.text.reveal():
            if part.for_editors:
                yield msg("data-for-editors")
            yield _plain(part.text)


def _title(version: Version) -> Words:
    """Whose version it is. One that an editor wrote has a day, unless it is from before that was kept."""
    number = int(version.number)
    if version.number == 1:
        return msg("data-version-yours", number=number)
    if version.day is None:
        return msg("data-version-edited", number=number)
    return msg("data-version-edited-on", number=number, day=version.day)


def _exchange(question: Question) -> Iterator[Words]:
    if question.question.reveal():
        yield msg("data-asked")
        yield _plain(question.question)
        if question.answer is None:
            yield msg("data-skipped") if question.skipped else msg("data-unanswered")
            return
    if question.answer is not None:
        yield msg("data-answered") if question.question.reveal() else msg("data-added")
        yield _plain(question.answer)


def _files(attachments: tuple[Attachment, ...]) -> Iterator[Words]:
    for one in attachments:
        kind = "photo" if one.kind == "photo" else "recording"
        yield msg(f"data-file-{kind}", kilobytes=-(-one.size // KILOBYTE))
        if one.caption.reveal():
            yield _plain(one.caption)


def _plain(words: Private[str]) -> Rich:
    return Rich.plain(words.reveal())
