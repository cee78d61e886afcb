"""Seven words of the list in a row, written into a story or to the editors: they lead nowhere from then on.

Editors read what they are sent, and whoever reads the words could take the story back. So whatever an author sends is
looked through, and the receipts that stand in it are put out of force, whosever they are. The author is told that this
may have happened, never whether it has: a story must not be a way of trying receipts without being counted.
"""

from __future__ import annotations

from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.auditing import Action, note
from storage.codec import decode, encode
from storage.errors import VaultError
from storage.private import Private
from storage.store import Transaction
from storage.vault.receipts import Receipt, open_slowly, written_in

SPOIL = "spoil-receipts"
_MOST = 16
"""Of one text so many are hashed, some seconds' work: nobody has more receipts to lose by one slip."""


def has_words(text: Private[str]) -> bool:
    return bool(written_in(text))


def or_pasted(text: Private[str], done: Message) -> Message:
    """What is said when the text was taken."""
    return msg("words-were-pasted") if has_words(text) else done


async def spoil_pasted(turn: Turn, *texts: Private[str]) -> None:
    found = [receipt.reveal() for text in texts for receipt in written_in(text)]
    if found:
        await turn.post.order(turn.tx, SPOIL, encode(found[:_MOST]))


async def spoil_job(tools: Tools, payload: bytes) -> Closing:
    """Tried again while too much memory-hard work waits."""
    words = decode(list[tuple[str, ...]], payload)
    opened = [await open_slowly(Receipt(seven), tools.store.pepper) for seven in words]

    async def close(tx: Transaction) -> None:
        for one in opened:
            try:
                story_id = await tx.receipts.find(one)
            except VaultError:  # it leads nowhere already
                continue
            if story_id is not None:
                await tx.receipts.drop(story_id)
                await note(tools.turn(tx), Action.RECEIPT_SPOILED, await tx.stories.find(story_id))

    return close
