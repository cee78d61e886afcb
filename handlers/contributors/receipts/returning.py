"""Coming back with seven words: they are read, tried (`finding.py`), and lead to how the story stands (`found.py`).

The message with the words is deleted at once, both sides, whatever comes of it.
"""

from __future__ import annotations

from bot.flows.flow import Answer, Enter, Flow, Go, Outcome, Prompt, Reads, Stay, Step, Work, Worked, Wrote
from bot.flows.questions import back_row, otherwise
from bot.texts.fluent import Message, msg
from handlers.contributors.mine import MINE, Mine
from handlers.contributors.receipts.answering import ANSWERED, ANSWERING
from handlers.contributors.receipts.finding import FIND, Verdict, to_find
from handlers.contributors.receipts.found import MOVING, STANDING, WITHDRAWING_FOUND, Returning
from handlers.contributors.wiping import WipeChat
from handlers.policy import RECEIPT_SECONDS
from storage.clock import MINUTE
from storage.codec import decode
from storage.ids import StoryId
from storage.private import Private
from storage.vault.receipts import Misread, Receipt, read


async def _load_own(reads: Reads, _draft: Returning) -> tuple[StoryId, ...]:
    return await reads.tx.contributors.stories(reads.who.person)


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_words(_draft: Returning, _own: tuple[StoryId, ...]) -> Prompt:
    return Prompt(text=(msg("return-words"), msg("return-words-link")), choices=back_row(), follow=True)


def _answer_words(draft: Returning, own: tuple[StoryId, ...], answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text):
            receipt = read(text)
            if isinstance(receipt, Misread):
                return Stay(notice=_misread(receipt), effects=(WipeChat(),))
            return Go("looking", draft, effects=_looking_for(receipt))
        case Worked(result=result):
            return _tried(draft, own, decode(Verdict, result))
    return otherwise(answer)


def _misread(receipt: Misread) -> Message:
    """Never the words themselves: this stands in the chat."""
    places = ", ".join(map(str, receipt.unknown))
    match len(receipt.unknown):
        case 0:
            return msg("return-miscounted", count=receipt.count)
        case 1:
            return msg("return-misread-one", place=places)
    return msg("return-misread", places=places)


def _tried(draft: Returning, own: tuple[StoryId, ...], verdict: Verdict) -> Outcome:
    if verdict.story in own and verdict.story is not None:
        return Enter(flow=MINE.name, draft=Mine(story=verdict.story), step="story", notice=msg("return-is-here"))
    if verdict.story is not None:
        return Go("standing", Returning(story=verdict.story, lookup=verdict.lookup))
    if verdict.wait:
        return Go("words", draft, notice=msg("return-too-often", minutes=-(-verdict.wait // MINUTE)))
    return Go("words", draft, notice=msg("return-busy") if verdict.is_busy else msg("return-unknown"))


# ── while they are tried ─────────────────────────────────────────────────────────────────────────────────────────
def _ask_looking(_draft: Returning, _own: tuple[StoryId, ...]) -> Prompt:
    return Prompt(text=(msg("return-looking"),), choices=back_row(), follow=True)


def _answer_looking(draft: Returning, own: tuple[StoryId, ...], answer: Answer) -> Outcome:
    return _answer_words(draft, own, answer) if isinstance(answer, Worked) else otherwise(answer)


RETURNING = Flow(
    name="returning",
    draft=Returning,
    steps=(
        Step(name="words", load=_load_own, ask=_ask_words, answer=_answer_words),
        Step(name="looking", load=_load_own, ask=_ask_looking, answer=_answer_looking),
        STANDING,
        ANSWERING,
        ANSWERED,
        MOVING,
        WITHDRAWING_FOUND,
    ),
    precious=lambda _draft: RECEIPT_SECONDS,
    wipe_after=RECEIPT_SECONDS,
)


def _looking_for(receipt: Receipt) -> tuple[WipeChat, Work]:
    return WipeChat(), Work(job=FIND, body=to_find(receipt))


def typed_anywhere(text: Private[str]) -> Enter | None:
    """Whoever sends the seven words without being asked for them means the same."""
    receipt = read(text)
    if isinstance(receipt, Misread):
        return None
    return Enter(flow=RETURNING.name, step="looking", effects=_looking_for(receipt))


async def open_returning(_reads: Reads, argument: str) -> Outcome:
    return typed_anywhere(Private(argument)) or Enter(flow=RETURNING.name)
