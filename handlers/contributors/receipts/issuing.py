"""A receipt becomes valid: a job hashes its words, and the row is written together with the job's end."""

from __future__ import annotations

import msgspec

from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.contributors.own import own_in_turn
from storage.address import Account
from storage.audit_chain import Actor
from storage.codec import decode, encode
from storage.ids import StoryId
from storage.private import Private
from storage.store import Transaction
from storage.vault.receipts import Receipt, open_slowly

ISSUE = "issue-receipt"


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    words: Private[tuple[str, ...]]


class _Order(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    person: Account
    words: Private[tuple[str, ...]]


async def issue(turn: Turn, effect: Issue) -> None:
    """Ordered; and the words go from the chat, both sides."""
    who = turn.person
    await own_in_turn(turn, effect.story, lambda _: True)
    order = _Order(story=effect.story, person=who.person, words=effect.words)
    await turn.post.order(turn.tx, ISSUE, encode(order))
    await turn.wipe(who.chat)


async def issue_job(tools: Tools, payload: bytes) -> Closing:
    """Tried again while too much memory-hard work waits, and when the story gets a new key in the same moment."""
    order: _Order = decode(_Order, payload)
    opened = await open_slowly(Receipt(order.words.reveal()), tools.store.pepper)

    async def close(tx: Transaction) -> None:
        story = await tx.stories.find(order.story)
        if story is None or story.id not in await tx.contributors.stories(order.person):
            return
        await tx.receipts.issue(story, opened)
        await note(tools.turn(tx), Action.RECEIPT_ISSUED, story, actor=Actor.AUTHOR)

    return close
