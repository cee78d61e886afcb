"""The second factor, asked for in the chat: after twelve hours, and before what can't be taken back (`rules.py`).

A code that is typed is deleted at once, whether it was right or not. Who has no app at hand any more goes to whoever
has the console.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Back, Finish, Outcome, Picked, Prompt, Reads, Stay, Step, Who, Words, Wrote
from bot.flows.questions import BACK, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.types import Erase
from handlers.auditing import Action, note
from handlers.editors.telling_admins import tell_admins
from handlers.policy import PROOF_SECONDS
from storage.address import Reference
from storage.clock import MINUTE
from storage.private import Private
from storage.second_factors import MOST_WRONG, Factor, Tried
from storage.store import Transaction
from storage.vault.totp import is_code


class Prove(msgspec.Struct, frozen=True, kw_only=True):
    code: Private[str]
    message: Private[str]
    """in which it was typed"""


async def prove(turn: Turn, effect: Prove) -> None:
    who = turn.person
    if who.editor is None:
        return
    typed = Reference(chat=who.chat, message=effect.message)
    await turn.post.put(turn.tx, who.chat, Erase(references=(typed,)))
    tried = await turn.tx.second_factors.try_code(who.editor.id, who.person, effect.code.reveal())
    if tried is Tried.LOCKED_OUT:
        await note(turn, Action.LOCKED_OUT)
        await tell_admins(turn, msg("factor-somebody-guesses", name=who.editor.name))


def is_proven(tx: Transaction, who: Who, factor: Factor, within: int) -> bool:
    """In the last `within` seconds, from this account."""
    return 0 <= tx.now - tx.second_factors.proven_at(factor, who.person) < within


@dataclass(frozen=True, kw_only=True)
class Missing:
    wrong: int
    """codes in a row"""
    minutes: int
    """for which nothing is tried; 0: it is"""
    is_for_one_deed: bool
    """everything else is open"""
    has_begun: bool


async def _load(reads: Reads, _draft: object) -> Missing:
    editor = reads.who.editor
    factor = None if editor is None else await reads.tx.second_factors.find(editor.id)
    if factor is None:  # the console has reset it in the same moment
        return Missing(wrong=0, minutes=0, is_for_one_deed=True, has_begun=reads.has_begun)
    return Missing(
        wrong=factor.wrong,
        minutes=-(-max(0, factor.locked_until - reads.tx.now) // MINUTE),
        is_for_one_deed=is_proven(reads.tx, reads.who, factor, PROOF_SECONDS),
        has_begun=reads.has_begun,
    )


def _ask(_draft: object, missing: Missing) -> Prompt:
    if missing.minutes:
        words = msg("factor-is-locked", minutes=missing.minutes)
    elif missing.wrong:
        words = msg("factor-was-wrong", left=MOST_WRONG - missing.wrong)
    else:
        words = msg("factor-asks-once" if missing.is_for_one_deed else "factor-asks")
    way_out: Words = msg("factor-not-now")
    if missing.has_begun and not missing.is_for_one_deed:
        way_out = msg("factor-discard")
    return Prompt(text=(words,), choices=rows((BACK, way_out)))


def _answer(_draft: object, missing: Missing, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text, message=message):
            code = "".join(text.reveal().split())
            if not is_code(code):
                return Stay(notice=msg("factor-is-no-code"))
            return Stay(effects=(Prove(code=Private(code), message=message),))
        case Picked(value) if value == BACK:
            return Back() if missing.is_for_one_deed else Finish()
    return otherwise(answer)


PROVING: Step[object, Missing] = Step(name="proving", load=_load, ask=_ask, answer=_answer)
