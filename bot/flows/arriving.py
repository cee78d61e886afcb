"""A turn begins: where the chat stands, who is there, and whether this person may still be where they stand."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from bot.delivery.post import Post
from bot.errors import OutsideNeeded
from bot.flows.conversation import Asked, Conversation
from bot.flows.flow import Audience, Enter, Flow, Who
from bot.flows.here import Here
from bot.flows.program import Program
from bot.flows.turn import Turn
from bot.rooms import BOT, Rooms
from bot.texts.fluent import Language, Texts
from bot.types import Expired, Gone, Incoming
from storage.codec import decode
from storage.errors import Unreadable
from storage.ids import AnchorId, new_id
from storage.store import Transaction

log = logging.getLogger(__name__)


class Arrivals:
    def __init__(self, program: Program, texts: Texts, post: Post, rooms: Rooms) -> None:
        self._program = program
        self._texts = texts
        self._post = post
        self._rooms = rooms

    async def arrive(
        self, tx: Transaction, incoming: Incoming, conversation: Conversation | None, in_room: bool | None
    ) -> Here:
        """Raises OutsideNeeded where only editors may be and nobody has looked into their room yet."""
        language = Language(conversation.language) if conversation else self._texts.pick(incoming.language_code)
        origins = self._rooms.origins(incoming.chat.platform)
        who = Who(chat=incoming.chat, person=incoming.person, language=language, editor=None, origins=origins)
        turn = Turn(tx=tx, texts=self._texts, post=self._post, rooms=self._rooms, who=who)
        here = self._stands(turn, conversation, in_room)
        if isinstance(incoming.body, Expired | Gone) or here.flow.audience is Audience.ANYONE:
            return here
        here = await recognise(here)
        if here.who.editor is not None:
            return here
        log.warning("refused: not an editor any more, or not in the editors' room; flow=%s", here.flow.name)
        # Without its question: what a button meant at the desk must not mean something else at home.
        return replace(here.entering(self._program.flow_home, Enter(flow=self._program.home)), asked=Asked(id=""))

    def _stands(self, turn: Turn, conversation: Conversation | None, in_room: bool | None) -> Here:
        flow = self._program.flow(conversation.flow if conversation else self._program.home)
        fresh = Here(
            turn=turn,
            who=turn.person,
            flow=flow,
            step=flow.steps[0].name,
            draft=flow.draft(),
            draft_id=new_id(),
            trail=(),
            asked=Asked(id=""),
            offers=conversation.offers if conversation else (),
            anchor=conversation.anchor if conversation else AnchorId(new_id()),
            expires=conversation.expires if conversation else None,
            in_room=in_room,
            is_new=conversation is None,
            undeleted=conversation.undeleted if conversation else 0,
        )
        draft = _draft(flow, conversation)
        if conversation is None or draft is None:
            return fresh
        return replace(
            fresh,
            step=conversation.step,
            draft=draft,
            draft_id=conversation.draft_id,
            trail=conversation.trail,
            asked=conversation.asked,
            proving=conversation.proving,
            held=conversation.held,
        )


async def recognise(here: Here) -> Here:
    """Finds out whether this is an editor: in the roster, in the room now, and with the bot that editors work with.

    Raises OutsideNeeded.
    """
    editor = await here.turn.tx.editors.find(here.who.person)
    if here.who.chat.bot != BOT:
        editor = None
    if editor is not None and here.in_room is None:
        raise OutsideNeeded("Is this editor in the room?")
    who = replace(here.who, editor=editor if here.in_room else None)
    return replace(here, who=who, turn=replace(here.turn, who=who))


def _draft(flow: Flow[Any], conversation: Conversation | None) -> Any:
    """None when there is none that this program can read: the flow then begins anew."""
    if conversation is None or conversation.flow != flow.name:
        return None
    try:
        return decode(flow.draft, conversation.draft)
    except Unreadable:
        log.error("a draft of another version was put aside; flow=%s", flow.name)
        return None
