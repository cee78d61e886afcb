"""How a newsletter stands, line by line, as its desk shows it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.flow import Words
from bot.texts.fluent import Message, msg
from handlers.languages import capital
from handlers.letters.card import correction_waits, standing
from handlers.letters.view import View
from handlers.topics import topic_name
from storage.letter import Letter, LetterStatus, Readership
from storage.weeks import FEWEST


def described(view: View, letter: Letter) -> tuple[Words, ...]:
    return (msg("letter-title", title=letter.details.title), *_state(view, letter), *_content(view, letter))


def _state(view: View, letter: Letter) -> Iterator[Message]:
    details = letter.details
    sender = view.names.get(details.sender) if details.sender is not None else None
    if sender is None or letter.status is LetterStatus.DRAFT:
        yield standing(letter)
    elif letter.status is LetterStatus.SENT:
        yield msg("letter-was-sent-by", day=letter.since, name=sender)
    elif letter.status is LetterStatus.SCHEDULED:
        yield standing(letter)
        yield msg("letter-was-scheduled-by", name=sender)
    else:
        yield standing(letter)
    if details.correction is not None:
        yield correction_waits(details.correction)
    if letter.status is LetterStatus.SENT and details.retracts is not None:
        yield msg("letter-retract-by-you" if details.retracts == view.me else "letter-retract-by-another")


def _content(view: View, letter: Letter) -> Iterator[Message]:
    details = letter.details
    for language, edition in details.editions.items():
        length, buttons = len(edition.text.reveal()), len(edition.buttons)
        yield msg("letter-edition", language=capital(view.name(language)), characters=length, buttons=buttons)
    if not details.editions:
        yield msg("letter-no-text")
    if details.pictures:
        yield msg("letter-pictures", count=len(details.pictures))
    if details.template is not None:
        yield msg("letter-has-template", name=details.template)
    if details.editions:
        yield msg("letter-for", who=for_whom(view, letter))


def for_whom(view: View, letter: Letter) -> str:
    """ "русский; темы: война, дом; Telegram" """
    readership = letter.details.readership
    languages = letter.details.languages
    parts = [", ".join(map(view.name, languages)) if languages else view.say(msg("letter-for-nobody"))]
    return "; ".join([*parts, *_narrowed(view, readership)])


def _narrowed(view: View, readership: Readership) -> Iterator[str]:
    if readership.topics is not None:
        topics = ", ".join(view.say(topic_name(topic)) for topic in readership.topics)
        yield view.say(msg("letter-for-topics", topics=topics))
    if readership.platforms is not None:
        yield ", ".join(view.say(msg("platform-name", name=one)) for one in readership.platforms)
    if readership.rhythms is not None:
        yield ", ".join(view.say(msg("rhythm-name", rhythm=one)) for one in readership.rhythms)


def count_message(readers: int) -> Message:
    """Counts of people are said only from five on: below, they are somebody."""
    if not readers:
        return msg("letter-readers-none")
    return msg("letter-readers", count=readers) if readers >= FEWEST else msg("letter-readers-few")
