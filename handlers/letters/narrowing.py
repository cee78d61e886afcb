"""Whom a newsletter is for, chosen by its editor: every tap counts again how many that are."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Option, Outcome, Picked, Prompt, Stay, Step, Words
from bot.flows.questions import BACK, back_row, rows
from bot.texts.fluent import Message, msg
from handlers.languages import capital
from handlers.letters.desk import counting
from handlers.letters.facts import count_message, for_whom
from handlers.letters.opened import Open
from handlers.letters.readership import RHYTHMS, toggled
from handlers.letters.view import View, change, decided, load, meanwhile
from handlers.topics import READERS_TOPICS
from storage.letter import Letter, Readership


def how_many(draft: Open, letter: Letter) -> Message:
    """As far as it is counted for the letter as it stands."""
    if draft.counted is None or draft.counted.content != letter.details.content:
        return msg("letter-readers-counting")
    return count_message(draft.counted.readers)


# ── languages, messengers, rhythms ────────────────────────────────────────────────────────────────────────────────────
def _ask(draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return decided()
    who = for_whom(view, view.draft)
    options = _options(view, view.draft)
    how = (msg("letter-readers-how"),) if options else ()
    text: tuple[Words, ...] = (
        msg("letter-for", who=who),
        how_many(draft, view.draft),
        *how,
        msg("letter-readers-pause"),
    )
    choices = tuple(tuple(options[place : place + 2]) for place in range(0, len(options), 2))
    topics = rows(("topics", msg("letter-readers-topics")))
    return Prompt(text=text, choices=choices + topics + back_row(), follow=True)


def _options(view: View, letter: Letter) -> list[Option]:
    """Where there is anything to choose between."""
    now, editions = letter.details.readership, tuple(letter.details.editions)
    languages = [_option(f"language-{one}", view.name(one), now.languages, one) for one in editions]
    platforms = [
        _option(f"platform-{one}", view.say(msg("platform-name", name=one)), now.platforms, one)
        for one in view.platforms
    ]
    rhythms = [_option(f"rhythm-{one}", view.say(msg("rhythm-name", rhythm=one)), now.rhythms, one) for one in RHYTHMS]
    return [option for some in (languages, platforms, rhythms) if len(some) > 1 for option in some]


def _option(value: str, name: str, chosen: tuple[str, ...] | None, one: str) -> Option:
    on = chosen is None or one in chosen
    return Option(value, msg("letter-readers-on" if on else "letter-readers-off", name=capital(name)))


def _answer(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.draft if view is not None else None
    if view is None or letter is None or not isinstance(answer, Picked):
        return meanwhile(draft, view, answer, waits=True)
    if answer.value == "topics":
        return Go("topics", draft)
    kind, _, one = answer.value.partition("-")
    now = letter.details.readership
    every = {"language": tuple(letter.details.editions), "platform": view.platforms, "rhythm": RHYTHMS}
    if one not in every.get(kind, ()):
        return meanwhile(draft, view, answer, waits=True)
    name = f"{kind}s"
    chosen = toggled(getattr(now, name), every[kind], one)
    return _narrow(draft, letter, msgspec.structs.replace(now, **{name: chosen}))


def _narrow(draft: Open, letter: Letter, readership: Readership) -> Outcome:
    effect = change(letter, msgspec.structs.replace(letter.details, readership=readership))
    return Stay(draft=msgspec.structs.replace(draft, counted=None), effects=(effect, counting(letter)))


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_topics(draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return decided()
    chosen = view.draft.details.readership.topics
    options = [
        (topic, msg("reader-topic-on" if chosen is None or topic in chosen else "reader-topic-off", topic=topic))
        for topic in READERS_TOPICS
    ]
    text = (msg("letter-which-topics"), how_many(draft, view.draft))
    return Prompt(text=text, choices=rows(*options, (BACK, msg("reader-done"))), follow=True)


def _answer_topics(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.draft if view is not None else None
    match answer:
        case Picked(topic) if letter is not None and topic in READERS_TOPICS:
            now = letter.details.readership
            chosen = toggled(now.topics, READERS_TOPICS, topic)
            return _narrow(draft, letter, msgspec.structs.replace(now, topics=chosen))
    return meanwhile(draft, view, answer, waits=True)


READERS: Step[Open, View | None] = Step(name="readers", load=load, ask=_ask, answer=_answer)
TOPICS_STEP: Step[Open, View | None] = Step(name="topics", load=load, ask=_ask_topics, answer=_answer_topics)
