"""The conversation engine: one event in one chat, in one transaction.

It reads where the chat stands, lets the present step answer, applies the effects, asks the next question and keeps
where the chat stands now. What it says goes through the outbox, so nothing is said that is not also kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from msgspec import structs

from bot.delivery.post import Post
from bot.flows.arriving import Arrivals, recognise
from bot.flows.conversation import Asked, load, numbers_change, save
from bot.flows.flow import (
    Answer,
    Audience,
    Back,
    Enter,
    Fetch,
    Fetched,
    Finish,
    Gave,
    Go,
    Outcome,
    Picked,
    Stay,
    Step,
    Words,
    Work,
    Worked,
    Wrote,
)
from bot.flows.gate import Gate, Refusal
from bot.flows.hearing import hear
from bot.flows.here import Here
from bot.flows.keeping import keep, shred
from bot.flows.leftovers import Leftovers
from bot.flows.program import Program
from bot.flows.speech import Speech
from bot.media.job import FETCH, FetchOrder
from bot.rooms import Rooms
from bot.texts.fluent import Message, Texts, msg
from bot.types import Called, Capabilities, ChatKind, Expired, Gone, Incoming, Offered, Resulted, Undeleted, WorkDone
from bot.working import WorkOrder
from storage.codec import encode
from storage.store import Transaction


class Engine:
    def __init__(
        self, program: Program, texts: Texts, post: Post, rooms: Rooms, capabilities: Mapping[str, Capabilities]
    ) -> None:
        self._program = program
        self._texts = texts
        self._post = post
        self._capabilities = capabilities
        self._gate = Gate(program.rules)
        self._arrivals = Arrivals(program, texts, post, rooms)
        self._leftovers = Leftovers(texts, post, program.wipe_after)

    async def turn(self, tx: Transaction, incoming: Incoming, *, in_room: bool | None) -> None:
        """One event. `in_room`: whether the person is in the editors' room now; None: not looked up.

        Raises OutsideNeeded when it must be: the turn is then run anew with the answer.
        """
        if incoming.kind is not ChatKind.PRIVATE:
            return
        chat = tx.messages.chat_hash(incoming.chat)
        stored, conversation = await load(tx, chat)
        if isinstance(incoming.body, Offered) and conversation is not None:  # nobody has said anything: all else stays
            if numbers_change(conversation, incoming.body):
                offering = structs.replace(conversation, offers=incoming.body.choices)
                await save(tx, chat, offering, stored, fresh_key=False)
            return
        if isinstance(incoming.body, Offered) and (incoming.body.again or not incoming.body.choices):
            return  # the prompt of a chat that is forgotten
        if isinstance(incoming.body, Undeleted):
            await self._leftovers.take(tx, incoming.chat, incoming.body, stored, conversation)
            return
        here = await self._arrivals.arrive(tx, incoming, conversation, in_room)
        here = await self._leftovers.tell(here, incoming.body)
        match incoming.body:
            case Gone():
                await self._apply(here, here.flow.abandoned(here.draft))
                await self._program.gone(here.turn)
                await tx.messages.drop_anchors([here.anchor])
                await shred(tx, chat)
                return
            case Expired() if here.expires is None or here.expires > tx.now:
                return
            case Expired():
                await self._apply(here, here.flow.abandoned(here.draft))
                here = replace(self._home(here), asked=Asked(id=""))
            case Resulted(draft=draft, blob=blob) if draft != here.draft_id:
                await tx.blobs.shred([blob] if blob is not None else [])
                return
            case WorkDone(draft=draft) if draft != here.draft_id:
                return
            case Offered(choices=choices):
                here = replace(here, offers=choices)
            case Called():
                here = await self._call(here, incoming.body)
            case _:
                here = await self._hear(here, incoming)
        if here.forgotten:
            await shred(tx, chat)
        else:
            await keep(tx, chat, here, stored, conversation.expires if conversation else None)

    # ── what the person did ──────────────────────────────────────────────────────────────────────────────────────
    async def _hear(self, here: Here, incoming: Incoming) -> Here:
        has_buttons = self._capabilities[incoming.chat.platform].buttons
        heard = hear(incoming, here.asked, here.offers, numbers=not has_buttons)
        if isinstance(heard, Called):
            return await self._call(here, heard)
        if isinstance(heard, Message):
            return await self._ask(here, heard)
        return await self._answer(here, heard)

    async def _call(self, here: Here, called: Called) -> Here:
        command = self._program.command(called.name)
        if command is not None and command.audience is Audience.EDITORS:
            here = await recognise(here)
            command = command if here.who.editor is not None else None
        if command is None:
            return await self._ask(here, msg("command-is-unknown"))
        if here.has_begun and not command.interrupts:
            return await self._ask(here, msg("draft-comes-first"))
        argument = "" if command.weighty and not called.proven else called.argument.reveal()
        return await self._follow(here, await command.run(here.reads, argument))

    async def _answer(self, here: Here, answer: Answer) -> Here:
        verdict = await self._gate.entry(here)
        if isinstance(verdict, Refusal):
            return await self._ask(here, None)
        if here.proving:
            return await self._prove(here, answer)
        if verdict is not None and self._is_understood(here):
            return await self._ask(here.held_back(answer), None)
        step, aside = self._step(here), self._is_aside(here, answer)
        if aside:
            step = here.flow.step(here.step)
        view = await step.load(here.reads, here.draft)
        outcome = step.answer(here.draft, view, answer)
        if aside and isinstance(outcome, Go | Stay):
            outcome = replace(outcome, notice=_said_aside(answer, outcome))
        if here.is_new and isinstance(outcome, Stay):
            outcome = replace(outcome, notice=None)  # a greeting: nobody was asked anything yet
        return await self._follow(here, outcome, answer)

    async def _prove(self, here: Here, answer: Answer) -> Here:
        """The answer is to the question for a proof; what was held back is then tried again, as if said now."""
        step = self._step(here)
        outcome = step.answer(here.draft, await step.load(here.reads, here.draft), answer)
        if isinstance(outcome, Stay) and not outcome.effects:
            return await self._ask(here, outcome.notice)
        held, here = here.held, replace(here, proving=False, held="")
        if isinstance(outcome, Back):
            return await self._ask(here, None)
        if not isinstance(outcome, Stay):
            return await self._follow(here, outcome)
        await self._apply(here, outcome.effects)
        return await (self._answer(here, Picked(held)) if held else self._ask(here, None))

    # ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────
    async def _follow(self, here: Here, outcome: Outcome, answer: Answer | None = None) -> Here:
        """`answer`: what the present step made it of; None: a command."""
        effects = () if isinstance(outcome, Back) else outcome.effects
        verdict = await self._gate.deeds(here, effects, by_step=answer is not None)
        if isinstance(verdict, Refusal):
            return await self._ask(here, verdict.words)
        if verdict is not None:
            return await self._ask(here.held_back(answer), None)
        if not isinstance(outcome, Back | Enter):
            await self._apply(here, outcome.effects)
        match outcome:
            case Stay():
                here = replace(here, draft=here.draft if outcome.draft is None else outcome.draft)
                here = here.speaking(outcome.language)
                return here if outcome.quiet else await self._ask(here, outcome.notice)
            case Go():
                return await self._ask(here.going(outcome.step, outcome.draft), outcome.notice)
            case Back() if here.trail:
                return await self._ask(replace(here, step=here.trail[-1], trail=here.trail[:-1]), None)
            case Back():
                if here.has_begun:
                    await self._apply(here, here.flow.abandoned(here.draft))
                return await self._ask(self._home(here), None)
            case Finish(forget=True):
                if here.has_begun:
                    await self._apply(here, here.flow.abandoned(here.draft))
                await here.turn.erase(here.who.chat, here.anchor)  # its row would keep the way to this chat
                if outcome.notice is not None:
                    await here.turn.show(
                        here.who.chat, here.turn.words(here.who.chat.platform, here.who.language, outcome.notice)
                    )
                return replace(here, forgotten=True)
            case Finish():
                return await self._ask(self._home(here), outcome.notice)
            case Enter():
                flow = self._program.flow(outcome.flow)
                if flow.audience is Audience.EDITORS:
                    here = await recognise(here)
                here = here.entering(flow, outcome)
                await self._apply(here, outcome.effects)  # a file that it brings in is the new draft's
                understood = self._program.said_in(flow, here.who.language)
                return await self._ask(here, outcome.notice if understood else None)

    async def _apply(self, here: Here, effects: Sequence[object]) -> None:
        for effect in effects:
            if isinstance(effect, Fetch):
                order = FetchOrder(
                    chat=here.who.chat, person=here.who.person, draft=here.draft_id, item=effect.item, file=effect.file
                )
                await self._post.order(here.turn.tx, FETCH, encode(order))
            elif isinstance(effect, Work):
                work = WorkOrder(chat=here.who.chat, person=here.who.person, draft=here.draft_id, body=effect.body)
                await self._post.order(here.turn.tx, effect.job, encode(work))
            else:
                await self._program.effects[type(effect)](here.turn, effect)

    def _home(self, here: Here) -> Here:
        return here.entering(self._program.flow_home, Enter(flow=self._program.home))

    def _is_aside(self, here: Here, answer: Answer) -> bool:
        """What is sent, or comes in, while the language is asked for is kept as ever."""
        if self._is_understood(here):
            return False
        return isinstance(answer, Fetched | Worked) or (
            here.flow.precious is not None and isinstance(answer, Wrote | Gave)
        )

    def _is_understood(self, here: Here) -> bool:
        return self._program.said_in(here.flow, here.who.language)

    def _step(self, here: Here) -> Step[Any, Any]:
        if here.proving and self._program.rules is not None:
            return self._program.rules.proving
        return self._program.step(here.flow, here.step, here.who.language)

    async def _ask(self, here: Here, notice: Words | None) -> Here:
        verdict, is_understood = await self._gate.entry(here), self._is_understood(here)
        if isinstance(verdict, Refusal):
            here, notice = self._home(here), verdict.words if is_understood else None
        elif verdict is not None and is_understood:
            here, notice = replace(here, proving=True), notice if here.proving else None
        step = self._step(here)
        prompt = step.ask(here.draft, await step.load(here.reads, here.draft))
        speech = Speech(
            texts=self._texts,
            language=here.who.language,
            capabilities=self._capabilities[here.who.chat.platform],
            platform=here.who.chat.platform,
        )
        wipe_after = here.flow.rolling(here.draft) or self._program.wipe_after
        asked, shows = speech.messages(prompt, notice, here.flow, wipe_after, here.anchor)
        for show in shows:
            await self._post.put(here.turn.tx, here.who.chat, show)
        # What stands in the chat keeps its numbers until the new choices have arrived (`Offered`), if there are any.
        return replace(here, asked=asked, offers=here.offers if asked.values else ())


def _said_aside(answer: Answer, outcome: Outcome) -> Message | None:
    """The step's own words would not be understood; that a file is not taken can be said in every language."""
    match answer:
        case Fetched(problem=problem):
            return problem
        case Gave() if isinstance(outcome, Stay) and outcome.draft is None:
            return msg("kind-is-unsupported")
    return None
