"""What a platform did not let us delete: counted in the chat it stands in, and told once to whoever is there.

Whoever has just asked for the deletion is told at once. Where a timer wanted it, nobody is written to: the person is
told when they come back.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from bot.delivery.post import Post
from bot.flows.conversation import Conversation, save
from bot.flows.here import Here
from bot.texts.fluent import Language, Texts, msg
from bot.types import Body, Content, Expired, Gone, Resulted, Show, Undeleted, WorkDone
from storage.address import Address
from storage.conversations import Stored
from storage.store import Transaction

_OURS = (Expired, Gone, Resulted, WorkDone)
"""Nobody looks at the chat because of these."""


class Leftovers:
    """wipe_after: seconds until what this says is deleted as well."""

    def __init__(self, texts: Texts, post: Post, wipe_after: int) -> None:
        self._texts = texts
        self._post = post
        self._wipe_after = wipe_after

    async def take(
        self, tx: Transaction, chat: Address, body: Undeleted, stored: Stored | None, conversation: Conversation | None
    ) -> None:
        """Of a chat that is forgotten nothing is kept, nor noted to be deleted later."""
        if body.language is not None:
            wipe_after = None if conversation is None else self._wipe_after
            await self._say(tx, chat, Language(body.language), body.count, wipe_after)
        elif conversation is not None:
            counted = structs.replace(conversation, undeleted=conversation.undeleted + body.count)
            await save(tx, tx.messages.chat_hash(chat), counted, stored, fresh_key=False)

    async def tell(self, here: Here, body: Body) -> Here:
        """Before anything else is said to a person who has come back."""
        if not here.undeleted or isinstance(body, _OURS):
            return here
        await self._say(here.turn.tx, here.who.chat, here.who.language, here.undeleted, self._wipe_after)
        return replace(here, undeleted=0)

    async def _say(
        self, tx: Transaction, chat: Address, language: Language, count: int, wipe_after: int | None
    ) -> None:
        text = self._texts.say(language, msg("messages-are-left", count=count), chat.platform)
        await self._post.put(tx, chat, Show(content=Content(text=text), wipe_after=wipe_after))
