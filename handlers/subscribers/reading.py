"""Subscribe, leave in one tap, read on."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Outcome, Picked, Prompt, Reads, Stay, Step
from bot.flows.questions import BACK, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.policy import LANGUAGES
from handlers.publication.page import load_page
from handlers.publication.publish import published_pieces, reader_buttons, story_and_piece
from handlers.subscribers.leaving import stop_reading
from storage.ids import StoryId
from storage.story import Status


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a flow that has none."""


class Join(msgspec.Struct, frozen=True, kw_only=True):
    language: str


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """The person whose turn it is gets no more stories."""


class ReadOn(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    piece: int


async def _load(reads: Reads, _draft: Reading) -> str | None:
    """The language that this person reads, if they have subscribed."""
    return await reads.tx.subscribers.language_of(reads.who.person)


def _ask(_draft: Reading, language: str | None) -> Prompt:
    if language is None:
        choices = rows(*((known, msg(f"reader-join-{known}")) for known in LANGUAGES))
        return Prompt(text=(msg("reader-offer"),), choices=choices + rows((BACK, msg("button-back"))))
    others = [(known, msg(f"reader-join-{known}")) for known in LANGUAGES if known != language]
    return Prompt(
        text=(msg(f"reader-subscribed-{language}"),),
        choices=rows(*others, ("leave", msg("button-leave")), (BACK, msg("button-back"))),
    )


def _answer(_draft: Reading, _language: str | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("leave"):
            return Finish(notice=msg("reader-left"), effects=(Leave(),))
        case Picked(known) if known in LANGUAGES:
            return Finish(notice=msg(f"reader-joined-{known}"), effects=(Join(language=known),))
    return otherwise(answer)


READING = Flow(name="reading", draft=Reading, steps=(Step(name="language", load=_load, ask=_ask, answer=_answer),))


async def join(turn: Turn, effect: Join) -> None:
    await turn.tx.subscribers.join(turn.person.person, turn.person.chat, effect.language)


async def leave(turn: Turn, _effect: Leave) -> None:
    await stop_reading(turn)


async def read_on(turn: Turn, effect: ReadOn) -> None:
    """The next piece; behind the last one the photos."""
    story = await turn.tx.stories.get(effect.story)
    if story is None or story.status is not Status.PUBLISHED:
        await turn.show(turn.person.chat, turn.words(turn.person.language, msg("reader-story-is-gone")))
        return
    pieces, photos = await published_pieces(turn, story), (await load_page(turn.tx, story)).photos
    if 0 < effect.piece < len(pieces):
        more = effect.piece + 1 if effect.piece + 1 < len(pieces) or photos else None
        await turn.show(turn.person.chat, pieces[effect.piece], buttons=reader_buttons(turn, story, more))
    else:
        for photo in photos:
            await turn.show(turn.person.chat, Rich(), media=photo, buttons=reader_buttons(turn, story, None))


async def open_reading(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=READING.name)


async def leave_now(_reads: Reads, _argument: str) -> Outcome:
    """The button under every story."""
    return Stay(notice=msg("reader-left"), effects=(Leave(),))


async def read_now(_reads: Reads, argument: str) -> Outcome:
    story, piece = story_and_piece(argument)
    return Stay(effects=(ReadOn(story=story, piece=piece),), quiet=True)
