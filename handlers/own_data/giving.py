"""The file is made by a job, and shown in the chat for an hour. It is sealed until it is sent, and destroyed then."""

from __future__ import annotations

import msgspec

from bot.flows.conversation import load
from bot.flows.flow import Reads, Who, Words
from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.media.download import in_pieces
from bot.texts.fluent import Language, msg
from bot.types import FileKind, Media
from handlers.own_data.gathering import gathered
from handlers.own_data.writing import ENCODING, by_receipt, everything
from handlers.policy import OWN_DATA_SECONDS
from storage.address import Account, Address
from storage.codec import decode, encode
from storage.ids import StoryId
from storage.store import Transaction
from storage.vault import Lookup

GIVE = "give-data"


class GiveData(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept about the person whose turn it is."""


class GiveFoundData(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt may show. Only the draft that a found receipt has made names the story."""

    story: StoryId
    lookup: Lookup


class _Order(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    person: Account
    language: str
    found: GiveFoundData | None = None
    """None: what is kept about the account"""


Basis = tuple[object, ...]
"""What the file was made from, as far as it may go meanwhile."""


async def give_data(turn: Turn, _effect: GiveData) -> None:
    who = turn.person
    await _order(turn, _Order(chat=who.chat, person=who.person, language=who.language))


async def give_found_data(turn: Turn, effect: GiveFoundData) -> None:
    who = turn.person
    await _order(turn, _Order(chat=who.chat, person=who.person, language=who.language, found=effect))


async def _order(turn: Turn, order: _Order) -> None:
    await turn.post.order(turn.tx, GIVE, encode(order))


async def give_job(tools: Tools, payload: bytes) -> Closing | None:
    order: _Order = decode(_Order, payload)
    async with tools.store.read() as tx:
        basis = await _basis(tx, order)
        text = None if basis is None else await _text(tools.turn(tx), order)
    if text is None:
        return None
    data = text.encode(ENCODING)
    blob = await tools.store.blobs.save(in_pieces(data))

    async def close(tx: Transaction) -> None:
        turn = tools.turn(tx)
        if await _basis(tx, order) != basis:  # deleted, or begun anew, in the meantime: nothing of it is shown
            await tx.blobs.shred([blob])
            await _order(turn, order)
            return
        words = msg("data-is-here") if order.found is None else msg("data-found-is-here")
        caption = turn.words(order.chat.platform, Language(order.language), words)
        media = Media(kind=FileKind.DOCUMENT, blob=blob, size=len(data), once=True)
        await turn.show(order.chat, caption, media=media, wipe_after=OWN_DATA_SECONDS)

    return close


async def _basis(tx: Transaction, order: _Order) -> Basis | None:
    """None: there is nobody left to give it to, or nothing that may be told."""
    _, conversation = await load(tx, tx.messages.chat_hash(order.chat))
    if conversation is None:
        return None
    if order.found is not None:
        is_there = await tx.receipts.is_in_force(order.found.lookup)
        return (order.found.story,) if is_there and await tx.stories.find(order.found.story) is not None else None
    stories = await tx.contributors.stories(order.person)
    return (conversation.draft_id, stories, await tx.subscribers.language_of(order.person))


async def _text(turn: Turn, order: _Order) -> str | None:
    tx, language = turn.tx, Language(order.language)

    def say(spoken: Language, words: Words) -> str:
        return turn.words(order.chat.platform, spoken, words).text

    if order.found is not None:
        story = await tx.stories.find(order.found.story)
        if story is None:
            return None
        unexplained = msgspec.structs.replace(story, details=msgspec.structs.replace(story.details, reason=None))
        return by_receipt(unexplained, language, say, today=tx.work.today)
    who = Who(chat=order.chat, person=order.person, language=language, editor=None)
    kept = await gathered(Reads(tx=tx, who=who))
    return everything(kept, language, say, today=tx.work.today, now=tx.now)
