"""Becoming an editor: the one-time code from the console. A wrong, used or old code gets the same answer."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.languages import working_language
from handlers.policy import EDITOR_WIPE_SECONDS
from storage.private import Private


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    code: Private[str]


async def enrol_me(_reads: Reads, argument: str) -> Outcome:
    return Stay(effects=(Enrol(code=Private(argument)),), quiet=True)


async def enrol(turn: Turn, effect: Enrol) -> None:
    who = turn.person
    editor = await turn.tx.editors.redeem(effect.code.reveal(), who.person)
    words = msg("enrol-refused")
    if editor is not None:
        (role,) = {one.role for one in await turn.tx.editors.person(editor)}
        words = msg("enrol-done", role=role)
        await note(turn, Action.ENROLLED)
        await turn.offer_commands(who.chat, who.language, editors=True)
    said = turn.words(who.chat.platform, working_language(who.language), words)
    await turn.show(who.chat, said, wipe_after=EDITOR_WIPE_SECONDS)
