"""In which language we talk with somebody: theirs, out of all that there are texts in.

Stories are told and prepared in fewer: who comes to telling from another language is asked how to go on.
"""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Flow, Option, Outcome, Picked, Prompt, Reads, Stay, Step
from bot.flows.program import Tongue
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from handlers.languages import own_name
from handlers.policy import LANGUAGES


class Talking(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


class Speak(msgspec.Struct, frozen=True, kw_only=True):
    language: str


async def speak(turn: Turn, effect: Speak) -> None:
    """An editor's list of commands follows the language of their chat."""
    who = turn.person
    if await turn.tx.editors.find(who.person) is not None:
        await turn.offer_commands(who.chat, Language(effect.language), editors=True)


def _languages(languages: tuple[str, ...]) -> tuple[tuple[Option, ...], ...]:
    """Each by its own name."""
    return rows(*((one, msg("reader-in-language", language=own_name(one))) for one in languages))


# ── of the whole conversation ────────────────────────────────────────────────────────────────────────────────────
async def _load(reads: Reads, _draft: Talking) -> tuple[Language, ...]:
    return reads.languages


def _ask(_draft: Talking, languages: tuple[Language, ...]) -> Prompt:
    return Prompt(text=(msg("tongue-which"),), choices=_languages(languages) + back_row())


def _answer(_draft: Talking, languages: tuple[Language, ...], answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value in languages:
            return Enter(flow="home", language=Language(value), effects=(Speak(language=value),))
    return otherwise(answer)


TALKING = Flow(name="talking", draft=Talking, steps=(Step(name="language", load=_load, ask=_ask, answer=_answer),))


async def open_talking(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=TALKING.name)


# ── where not every language will do ─────────────────────────────────────────────────────────────────────────────
async def _load_told(_reads: Reads, _draft: object) -> None:
    return


def _ask_told(draft: object, _view: None) -> Prompt:
    has_begun = draft != type(draft)()
    question = (msg("tongue-is-kept"), msg("tongue-told-in")) if has_begun else (msg("tongue-told-in"),)
    back = rows((BACK, msg("tongue-discard"))) if has_begun else back_row()
    return Prompt(text=question, choices=_languages(LANGUAGES) + back)


def _answer_told(_draft: object, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value in LANGUAGES:
            return Stay(language=Language(value), effects=(Speak(language=value),))
    return otherwise(answer)


def tongue(*everywhere: str) -> Tongue:
    """everywhere: the flows that are said in every language."""
    step = Step(name="tongue", load=_load_told, ask=_ask_told, answer=_answer_told)
    return Tongue(languages=LANGUAGES, everywhere=frozenset((TALKING.name, *everywhere)), step=step)
