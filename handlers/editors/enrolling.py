"""Becoming an editor: the one-time code from the console. A wrong, used or old code gets the same answer."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.rooms import private_chat
from bot.texts.fluent import Message, msg
from handlers.auditing import Action, note
from handlers.languages import working_language
from handlers.policy import EDITOR_WIPE_SECONDS, MOST_CODES_A_DAY
from storage.floods import Deed
from storage.private import Private


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    code: Private[str]


async def enrol_me(_reads: Reads, argument: str) -> Outcome:
    return Stay(effects=(Enrol(code=Private(argument)),), quiet=True)


async def enrol(turn: Turn, effect: Enrol) -> None:
    who, floods = turn.person, turn.tx.work.floods
    if floods.today(Deed.CODE, turn.tx.now, who.person) >= MOST_CODES_A_DAY:
        await _say(turn, msg("enrol-too-often"))
        return
    editor = await turn.tx.editors.redeem(effect.code.reveal(), who.person)
    words = msg("enrol-refused")
    if editor is None:
        floods.note(Deed.CODE, turn.tx.now, who.person)
    else:
        (role,) = {one.role for one in await turn.tx.editors.person(editor)}
        words = msg("enrol-done", role=role)
        await note(turn, Action.ENROLLED)
        await turn.offer_commands(private_chat(who.person), who.language, editors=True)
    await _say(turn, words)


async def _say(turn: Turn, words: Message) -> None:
    who = turn.person
    said = turn.words(who.chat.platform, working_language(who.language), words)
    await turn.show(who.chat, said, wipe_after=EDITOR_WIPE_SECONDS)
