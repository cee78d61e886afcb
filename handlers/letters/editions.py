"""A newsletter in its languages: the text of each, and the buttons under it that lead to pages."""

from __future__ import annotations

import re

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Stay, Step, Words, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from bot.texts.marks import parse_marks
from bot.texts.rich import is_link
from handlers.languages import own_name
from handlers.letters.opened import Open
from handlers.letters.view import View, change, decided, load, meanwhile
from handlers.letters.writing import begin_writing
from handlers.policy import LONGEST_LABEL, MOST_LINKS
from storage.letter import Edition, Letter, LinkButton
from storage.private import Private

_BUTTON = re.compile(r"(?P<label>\S.*?)[\s—–:-]+(?P<url>\S+)", re.DOTALL)


# ── which language ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_languages(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return decided()
    written = view.draft.details.editions
    options = [
        (one, msg("letter-language-written" if one in written else "letter-language", language=own_name(one)))
        for one in view.languages
    ]
    return Prompt(text=(msg("letter-which-language"),), choices=rows(*options) + back_row())


def _answer_languages(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.draft if view is not None else None
    match answer:
        case Picked(language) if view is not None and letter is not None and language in view.languages:
            if language in letter.details.editions:
                return Go("edition", msgspec.structs.replace(draft, language=language))
            return begin_writing(letter, language)
    return meanwhile(draft, view, answer)


# ── one edition ──────────────────────────────────────────────────────────────────────────────────────────────────
def _edition(draft: Open, view: View | None) -> tuple[Letter, Edition] | None:
    letter = view.draft if view is not None else None
    edition = letter.details.editions.get(draft.language) if letter is not None else None
    return (letter, edition) if letter is not None and edition is not None else None


def _ask_edition(draft: Open, view: View | None) -> Prompt:
    found = _edition(draft, view)
    if found is None or view is None:
        return decided()
    _, edition = found
    options = rows(
        ("write", msg("letter-write-anew")), ("links", msg("letter-links")), ("drop", msg("letter-drop-edition"))
    )
    return Prompt(
        before=(Bubble(text=parse_marks(edition.text.reveal())),),
        text=(msg("letter-edition-is", language=view.name(draft.language)),),
        choices=options + back_row(),
    )


def _answer_edition(draft: Open, view: View | None, answer: Answer) -> Outcome:
    found = _edition(draft, view)
    if found is None:
        return meanwhile(draft, view, answer)
    letter, _ = found
    match answer:
        case Picked("write"):
            return begin_writing(letter, draft.language)
        case Picked("links"):
            return Go("links", draft)
        case Picked("drop"):
            rest = {language: one for language, one in letter.details.editions.items() if language != draft.language}
            details = msgspec.structs.replace(letter.details, editions=rest)
            return Go("languages", draft, notice=msg("letter-edition-dropped"), effects=(change(letter, details),))
    return meanwhile(draft, view, answer)


# ── its buttons ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_links(draft: Open, view: View | None) -> Prompt:
    found = _edition(draft, view)
    if found is None:
        return decided()
    _, edition = found
    lines = tuple(msg("letter-link-line", label=one.label, url=one.url) for one in edition.buttons)
    drops = [(f"drop-{place}", msg("letter-link-drop", label=one.label)) for place, one in enumerate(edition.buttons)]
    return Prompt(text=(*lines, msg("letter-link-how")), choices=rows(*drops) + back_row())


def _answer_links(draft: Open, view: View | None, answer: Answer) -> Outcome:
    found = _edition(draft, view)
    if found is None:
        return meanwhile(draft, view, answer)
    letter, edition = found
    match answer:
        case Wrote(text=text):
            return _with_link(draft, letter, edition, text.reveal())
        case Picked(value) if value.removeprefix("drop-") in map(str, range(len(edition.buttons))):
            place = int(value.removeprefix("drop-"))
            return _with_buttons(draft, letter, edition, (*edition.buttons[:place], *edition.buttons[place + 1 :]))
    return meanwhile(draft, view, answer)


def _with_link(draft: Open, letter: Letter, edition: Edition, written: str) -> Outcome:
    found = _BUTTON.fullmatch(written.strip())
    problem: Words | None = None
    if len(edition.buttons) >= MOST_LINKS:
        problem = msg("letter-link-too-many", most=MOST_LINKS)
    elif found is None or not is_link(found["url"]) or "." not in found["url"]:
        problem = msg("letter-link-is-none")
    elif len(found["label"]) > LONGEST_LABEL:
        problem = msg("letter-link-too-long", most=LONGEST_LABEL)
    if problem is not None or found is None:
        return Stay(notice=problem)
    button = LinkButton(label=Private(found["label"].strip()), url=Private(found["url"]))
    return _with_buttons(draft, letter, edition, (*edition.buttons, button))


def _with_buttons(draft: Open, letter: Letter, edition: Edition, buttons: tuple[LinkButton, ...]) -> Outcome:
    changed = msgspec.structs.replace(edition, buttons=buttons)
    editions = letter.details.editions | {draft.language: changed}
    return Stay(effects=(change(letter, msgspec.structs.replace(letter.details, editions=editions)),))


LANGUAGES_STEP: Step[Open, View | None] = Step(
    name="languages", load=load, ask=_ask_languages, answer=_answer_languages
)
EDITION: Step[Open, View | None] = Step(name="edition", load=load, ask=_ask_edition, answer=_answer_edition)
LINKS: Step[Open, View | None] = Step(name="links", load=load, ask=_ask_links, answer=_answer_links)
