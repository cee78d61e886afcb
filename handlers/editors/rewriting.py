"""An editor writes a new version: the whole text, in as many messages as it takes."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Audience,
    Bubble,
    Flow,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Rewrote,
    Stay,
    Step,
    Wrote,
)
from bot.flows.questions import otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.decisions import SaveVersion
from handlers.editors.opened import to_desk
from handlers.policy import DRAFT_SECONDS, EDITOR_WIPE_SECONDS, LONGEST_STORY
from storage.ids import StoryId
from storage.private import Private
from storage.story import OPEN


class Written(msgspec.Struct, frozen=True, kw_only=True):
    message: Private[str]
    text: Private[str]


class Rewriting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    parts: tuple[Written, ...] = ()

    @property
    def text(self) -> Private[str]:
        return Private("\n\n".join(part.text.reveal() for part in self.parts))


async def _load(reads: Reads, draft: Rewriting) -> Private[str] | None:
    """The latest text; None when the story can't be edited any more."""
    story = await reads.tx.stories.get(draft.story)
    if story is None or story.status not in OPEN or story.details.origin != reads.who.chat.platform:
        return None
    return await reads.tx.stories.text(story)


def _ask(draft: Rewriting, latest: Private[str] | None) -> Prompt:
    if latest is None:
        return Prompt(text=(msg("desk-no-story"),), choices=rows(("discard", msg("button-back"))))
    if not draft.parts:
        return Prompt(
            before=(Bubble(text=Rich.plain(latest.reveal())),),
            text=(msg("edit-how"),),
            choices=rows(("discard", msg("button-back"))),
        )
    return Prompt(
        text=(msg("edit-so-far", characters=len(draft.text.reveal())),),
        choices=rows(("save", msg("edit-save")), ("discard", msg("edit-discard"))),
        follow=True,
    )


def _answer(draft: Rewriting, latest: Private[str] | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("discard"):
            return to_desk(draft.story, msg("edit-discarded") if draft.parts else None)
        case Wrote(text=text, message=message) if latest is not None:
            return _if_it_fits(
                msgspec.structs.replace(draft, parts=(*draft.parts, Written(message=message, text=text)))
            )
        case Rewrote(message=message) if any(part.message == message for part in draft.parts):
            return _if_it_fits(_rewritten(draft, answer))
        case Picked("save") if draft.parts and latest is not None:
            effect = SaveVersion(story=draft.story, text=draft.text)
            return to_desk(draft.story, msg("edit-saved"), effect)
    return otherwise(answer)


def _rewritten(draft: Rewriting, rewrote: Rewrote) -> Rewriting:
    parts = (
        msgspec.structs.replace(part, text=rewrote.text) if part.message == rewrote.message else part
        for part in draft.parts
    )
    return msgspec.structs.replace(draft, parts=tuple(part for part in parts if part.text.reveal()))


def _if_it_fits(grown: Rewriting) -> Outcome:
    if len(grown.text.reveal()) > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=grown)


REWRITING = Flow(
    name="rewriting",
    draft=Rewriting,
    audience=Audience.EDITORS,
    precious=lambda _draft: DRAFT_SECONDS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(Step(name="text", load=_load, ask=_ask, answer=_answer),),
)
