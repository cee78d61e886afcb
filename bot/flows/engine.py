"""The conversation engine: one event in one chat, in one transaction.

It reads where the chat stands, lets the present step answer, applies the effects, asks the next question and keeps
where the chat stands now. What it says goes through the outbox, so nothing is said that is not also kept.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.delivery.post import Post
from bot.errors import OutsideNeeded
from bot.flows.conversation import Asked, Conversation, load, save
from bot.flows.flow import (
    Answer,
    Audience,
    Back,
    Enter,
    Fetch,
    Fetched,
    Finish,
    Flow,
    Gave,
    Go,
    Outcome,
    Picked,
    Reads,
    Rewrote,
    Stay,
    Who,
    Words,
    Wrote,
)
from bot.flows.program import Program
from bot.flows.speech import Speech
from bot.flows.turn import Turn
from bot.media.job import FETCH, FetchOrder
from bot.rooms import Rooms
from bot.texts.clean import clean, is_empty
from bot.texts.fluent import Language, Texts, msg
from bot.types import (
    Called,
    Capabilities,
    ChatKind,
    Edited,
    Expired,
    Gone,
    Incoming,
    Resulted,
    Said,
    Sent,
    Tapped,
)
from storage.codec import decode, encode
from storage.errors import Unreadable
from storage.ids import AnchorId, ChatHash, new_id
from storage.private import Private
from storage.store import Transaction

log = logging.getLogger(__name__)

DRAFT_TIMER = "draft"
LONGEST_TEXT = 100_000
"""Characters in one message that are looked at; Telegram sends 4096 at most."""
_TIMER_SLACK = 3600
"""The draft's timer is moved only when it is off by an hour: one write less in most turns."""


@dataclass(frozen=True, kw_only=True)
class _Here:
    """Where the turn has got to."""

    turn: Turn
    who: Who
    flow: Flow[Any]
    step: str
    draft: Any
    draft_id: bytes
    trail: tuple[str, ...]
    asked: Asked
    anchor: AnchorId
    expires: int | None
    in_room: bool | None
    """as far as it was looked up"""
    ended: bool = False
    """a draft has ended in this turn: its key is destroyed"""
    forgotten: bool = False
    """the person wants nothing to be kept of this chat"""

    @property
    def reads(self) -> Reads:
        return Reads(tx=self.turn.tx, who=self.who)


class Engine:
    def __init__(
        self, program: Program, texts: Texts, post: Post, rooms: Rooms, capabilities: Mapping[str, Capabilities]
    ) -> None:
        self._program = program
        self._texts = texts
        self._post = post
        self._rooms = rooms
        self._capabilities = capabilities

    async def turn(self, tx: Transaction, incoming: Incoming, *, in_room: bool | None) -> None:
        """One event. `in_room`: whether the person is in the editors' room now; None: not looked up.

        Raises OutsideNeeded when it must be: the turn is then run anew with the answer.
        """
        if incoming.kind is not ChatKind.PRIVATE:
            return
        chat = tx.messages.chat_hash(incoming.chat)
        stored, conversation = await load(tx, chat)
        here = await self._arrive(tx, incoming, conversation, in_room)
        match incoming.body:
            case Gone():
                await self._program.gone(here.turn)
                await tx.conversations.shred(chat)
                return
            case Expired():
                here, speak = await self._expire(here), False
            case _:
                here, speak = await self._handle(here, incoming, conversation is None)
        if here.forgotten:
            await tx.conversations.shred(chat)
            await tx.timers.cancel(DRAFT_TIMER, chat)
            return
        if not speak and stored is None:
            return
        await self._keep_timer(tx, chat, here, conversation)
        await save(tx, chat, self._record(incoming, here), stored, fresh_key=here.ended)

    # ── arriving ─────────────────────────────────────────────────────────────────────────────────────────────────
    async def _arrive(
        self, tx: Transaction, incoming: Incoming, conversation: Conversation | None, in_room: bool | None
    ) -> _Here:
        language = Language(conversation.language) if conversation else self._texts.pick(incoming.language_code)
        who = Who(chat=incoming.chat, person=incoming.person, language=language, editor=None)
        flow = self._program.flow(conversation.flow if conversation else self._program.home)
        here = _Here(
            turn=Turn(tx=tx, texts=self._texts, post=self._post, rooms=self._rooms, who=who),
            who=who,
            flow=flow,
            step=conversation.step if conversation else flow.steps[0].name,
            draft=self._draft(flow, conversation),
            draft_id=conversation.draft_id if conversation else new_id(),
            trail=conversation.trail if conversation else (),
            asked=conversation.asked if conversation else Asked(id=""),
            anchor=conversation.anchor if conversation else AnchorId(new_id()),
            expires=conversation.expires if conversation else None,
            in_room=in_room,
        )
        if isinstance(incoming.body, Expired | Gone) or flow.audience is Audience.ANYONE:
            return here
        here = await self._recognise(here)
        if here.who.editor is None:
            log.warning("refused: not an editor any more, or not in the editors' room; flow=%s", flow.name)
            return self._begin(here, Enter(flow=self._program.home))
        return here

    async def _recognise(self, here: _Here) -> _Here:
        """Finds out whether this is an editor: in the roster, and in the room now. Raises OutsideNeeded."""
        editor = await here.turn.tx.editors.find(here.who.person)
        if editor is not None and here.in_room is None:
            raise OutsideNeeded("Is this editor in the room?")
        who = replace(here.who, editor=editor if here.in_room else None)
        return replace(here, who=who, turn=replace(here.turn, who=who))

    def _draft(self, flow: Flow[Any], conversation: Conversation | None) -> Any:
        if conversation is not None and conversation.flow == flow.name:
            try:
                return decode(flow.draft, conversation.draft)
            except Unreadable:
                log.error("a draft of another version was put aside; flow=%s", flow.name)
        return flow.draft()

    # ── what the person did ──────────────────────────────────────────────────────────────────────────────────────
    async def _handle(self, here: _Here, incoming: Incoming, is_new: bool) -> tuple[_Here, bool]:
        """Where that leads, and whether there is anything to keep."""
        body = incoming.body
        message = incoming.reference.message if incoming.reference else Private("")
        match body:
            case Called():
                return await self._call(here, body), True
            case Resulted() if body.draft != here.draft_id:
                return here, not is_new
            case Resulted():
                problem = msg(body.problem) if body.problem else None
                answer: Answer = Fetched(item=body.item, blob=body.blob, problem=problem)
            case Tapped():
                value = here.asked.value(body.token)
                if value is None:
                    return await self._ask(here, msg("tap-is-stale")), True
                answer = Picked(value)
            case Said() | Edited():
                text = clean(body.text.reveal()[:LONGEST_TEXT])
                if is_empty(text):
                    return await self._ask(here, msg("text-is-empty")), True
                choice = here.asked.typed(text, numbers=not self._capabilities[incoming.chat.platform].buttons)
                if isinstance(body, Edited):
                    answer = Rewrote(text=Private(text), message=message)
                elif choice is not None:
                    answer = Picked(choice)
                else:
                    answer = Wrote(text=Private(text), message=message)
            case Sent():
                caption = Private(clean(body.caption.reveal()[:LONGEST_TEXT]))
                answer = Gave(file=body.file, caption=caption, message=message)
            case _:
                return await self._ask(here, msg("kind-is-unsupported")), True
        if is_new:
            return await self._ask(here, None), True
        return await self._answer(here, answer), True

    async def _call(self, here: _Here, called: Called) -> _Here:
        command = self._program.command(called.name)
        if command is None:
            return await self._ask(here, msg("command-is-unknown"))
        if here.flow.precious and here.draft != here.flow.draft() and not command.interrupts:
            return await self._ask(here, msg("draft-comes-first"))
        return await self._follow(here, await command.run(here.reads, called.argument.reveal()))

    async def _answer(self, here: _Here, answer: Answer) -> _Here:
        step = here.flow.step(here.step)
        view = await step.load(here.reads, here.draft)
        return await self._follow(here, step.answer(here.draft, view, answer))

    # ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────
    async def _follow(self, here: _Here, outcome: Outcome) -> _Here:
        if not isinstance(outcome, Back):
            await self._apply(here, outcome.effects)
        match outcome:
            case Stay():
                draft = here.draft if outcome.draft is None else outcome.draft
                here = replace(here, draft=draft)
                return here if outcome.quiet else await self._ask(here, outcome.notice)
            case Go():
                trail = _trail(here.trail, here.step, outcome.step)
                here = replace(here, step=outcome.step, draft=outcome.draft, trail=trail)
                return await self._ask(here, outcome.notice)
            case Back() if here.trail:
                here = replace(here, step=here.trail[-1], trail=here.trail[:-1])
                return await self._ask(here, None)
            case Back():
                return await self._ask(self._begin(here, Enter(flow=self._program.home)), None)
            case Finish(forget=True):
                return await self._forget(here, outcome.notice)
            case Finish():
                return await self._ask(self._begin(here, Enter(flow=self._program.home)), outcome.notice)
            case Enter():
                if self._program.flow(outcome.flow).audience is Audience.EDITORS:
                    here = await self._recognise(here)
                return await self._ask(self._begin(here, outcome), outcome.notice)

    async def _apply(self, here: _Here, effects: Sequence[object]) -> None:
        for effect in effects:
            if isinstance(effect, Fetch):
                order = FetchOrder(
                    chat=here.who.chat, person=here.who.person, draft=here.draft_id, item=effect.item, file=effect.file
                )
                await here.turn.tx.jobs.add(FETCH, encode(order))
            else:
                await self._program.effects[type(effect)](here.turn, effect)

    def _begin(self, here: _Here, enter: Enter) -> _Here:
        flow = self._program.flow(enter.flow)
        who = replace(here.who, language=enter.language or here.who.language)
        return replace(
            here,
            who=who,
            turn=replace(here.turn, who=who),
            flow=flow,
            step=enter.step or flow.steps[0].name,
            draft=enter.draft if enter.draft is not None else flow.draft(),
            draft_id=new_id(),
            trail=(),
            expires=None,
            ended=here.ended or here.flow.precious is not None,
        )

    async def _forget(self, here: _Here, notice: Words | None) -> _Here:
        if notice is not None:
            await here.turn.show(here.who.chat, here.turn.words(here.who.language, notice))
        return replace(here, forgotten=True)

    async def _expire(self, here: _Here) -> _Here:
        now = here.turn.tx.now
        if here.expires is None or here.expires > now:
            return here
        await self._apply(here, here.flow.abandoned(here.draft))
        return replace(self._begin(here, Enter(flow=self._program.home)), asked=Asked(id=""))

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────
    async def _ask(self, here: _Here, notice: Words | None) -> _Here:
        step = here.flow.step(here.step)
        prompt = step.ask(here.draft, await step.load(here.reads, here.draft))
        speech = Speech(
            texts=self._texts, language=here.who.language, capabilities=self._capabilities[here.who.chat.platform]
        )
        asked, shows = speech.messages(prompt, notice, here.flow, self._program.wipe_after, here.anchor)
        for show in shows:
            await self._post.put(here.turn.tx, here.who.chat, show)
        return replace(here, asked=asked)

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────
    def _record(self, incoming: Incoming, here: _Here) -> Conversation:
        precious = here.flow.precious
        return Conversation(
            chat=incoming.chat,
            person=incoming.person,
            language=here.who.language,
            flow=here.flow.name,
            step=here.step,
            draft=encode(here.draft),
            draft_id=here.draft_id,
            trail=here.trail,
            asked=here.asked,
            anchor=here.anchor,
            expires=here.turn.tx.now + precious if precious else None,
        )

    async def _keep_timer(self, tx: Transaction, chat: ChatHash, here: _Here, before: Conversation | None) -> None:
        if here.flow.precious is None:
            if before is not None and before.expires is not None:
                await tx.timers.cancel(DRAFT_TIMER, chat)
            return
        due = tx.now + here.flow.precious
        if before is None or before.expires is None or due - before.expires > _TIMER_SLACK:
            await tx.timers.set(DRAFT_TIMER, chat, due + _TIMER_SLACK)


def _trail(trail: tuple[str, ...], here: str, there: str) -> tuple[str, ...]:
    """A step that is gone back to by going on takes the trail back with it, so that "back" never runs in a circle."""
    if there in trail:
        return trail[: trail.index(there)]
    return (*trail, here) if there != here else trail
