"""The file itself: sentences in the person's language, a paragraph each, under headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.flows.flow import Words
from bot.texts.fluent import Language, msg
from handlers.contributors.standing import how_it_stands
from handlers.languages import language_name, working_language
from handlers.own_data.gathering import Kept
from handlers.own_data.telling_story import of_draft, of_story
from handlers.subscribers.often import how_often
from handlers.topics import topic_name
from storage.clock import day_of
from storage.story import Story
from storage.subscriber import UNTIL_RETURN, Subscriber

Say = Callable[[Language, Words], str]
ENCODING = "utf-8-sig"
"""The mark at its beginning tells every phone and browser which letters these are."""


def language_of(kept: Kept, spoken: Language) -> Language:
    """Stories are told and prepared in few languages, and so are the sentences about them and who tells them."""
    return working_language(spoken) if kept.stories or kept.draft or kept.blocked else spoken


def everything(kept: Kept, spoken: Language, say: Say, *, today: date, now: int) -> str:
    language = language_of(kept, spoken)
    lines = [*_head(today), msg("data-no-address"), *_chat(kept, spoken, language)]
    if kept.draft is not None:
        lines += of_draft(kept.draft)
    for number, told in enumerate(kept.stories, 1):
        lines += of_story(number, told, today)
    lines += _subscription(kept, language, say, now)
    if kept.editor is not None:
        lines.append(msg("data-editor", name=kept.editor.name))
    if kept.has_second_factor:
        lines.append(msg("data-second-factor"))
    return _written([*lines, msg("data-elsewhere"), msg("data-elsewhere-not-ours")], language, say)


def by_receipt(story: Story, spoken: Language, say: Say, *, today: date) -> str:
    """What the seven words may show: how it stands, and the days. Never a word of it, nor of what editors wrote."""
    lines = [*_head(today), msg("data-found-only"), *how_it_stands(story, today)]
    return _written([*lines, msg("data-story-words"), msg("data-elsewhere")], working_language(spoken), say)


def _head(today: date) -> tuple[Words, ...]:
    return msg("data-title"), msg("data-made", day=today)


def _chat(kept: Kept, spoken: Language, language: Language) -> Iterator[Words]:
    yield msg("data-chat")
    yield msg("data-chat-keeps", language=language_name(spoken, language))
    if kept.messages:
        yield msg("data-chat-messages", messages=kept.messages)


def _subscription(kept: Kept, language: Language, say: Say, now: int) -> Iterator[Words]:
    yield msg("data-reader")
    if kept.reader is None:
        yield msg("reader-is-none")
    else:
        yield from _reader(kept.reader, language, say, now)
    if kept.is_unlisted:
        yield msg("unlisted")
    if kept.blocked is not None:
        yield msg("limit-blocked", until=kept.blocked)


def _reader(reader: Subscriber, language: Language, say: Say, now: int) -> Iterator[Words]:
    yield msg("reader-language", language=language_name(reader.language, language))
    if reader.wishes.topics is None:
        yield msg("reader-all-topics")
    else:
        names = [say(language, topic_name(one)) for one in reader.wishes.topics]
        yield msg("data-reader-topics", topics=", ".join(names))
    if reader.wishes.paused_until == UNTIL_RETURN:
        yield msg("reader-paused-until-return")
    elif reader.wishes.paused_until > now:
        yield msg("reader-paused", day=day_of(reader.wishes.paused_until))
    yield from how_often(reader.wishes.rhythm, language)
    if reader.waiting:
        yield msg("data-reader-waiting", stories=len(reader.waiting))
    yield msg("data-reader-since", stories=reader.generation)


def _written(lines: Iterable[Words], language: Language, say: Say) -> str:
    return "\n\n".join(say(language, line) for line in lines) + "\n"
