"""What an effect may do in the turn's transaction: write to the store, and say something to somebody."""

from __future__ import annotations

from dataclasses import dataclass

from bot.delivery.post import Post
from bot.flows.flow import Who, Words
from bot.rooms import Rooms
from bot.texts.fluent import Language, Texts
from bot.texts.rich import Rich
from bot.types import Button, Content, Erase, Kept, Media, Menu, Opening, Place, Show, Topic
from storage.address import Address
from storage.ids import AnchorId
from storage.outbox_queue import NEWS, REPLY
from storage.store import Transaction


@dataclass(frozen=True, kw_only=True)
class Turn:
    tx: Transaction
    texts: Texts
    post: Post
    rooms: Rooms
    who: Who | None
    """None when no person is behind it: a timer, a job"""

    @property
    def person(self) -> Who:
        """Of a turn that a person's answer has caused."""
        if self.who is None:
            raise RuntimeError("this effect needs a person behind it")
        return self.who

    def words(self, platform: str, language: Language, words: Words) -> Rich:
        """As it reads on the platform of whoever will read it, who may be somebody else than this turn's person."""
        return words if isinstance(words, Rich) else self.texts.say(language, words, platform)

    def opening(self, platform: str, language: Language, label: Words, payload: str) -> Opening:
        return Opening(label=self.words(platform, language, label).text, payload=payload)

    async def show(
        self,
        chat: Address,
        text: Rich,
        *,
        buttons: tuple[tuple[Button, ...], ...] = (),
        media: Media | None = None,
        anchor: AnchorId | None = None,
        silent: bool = True,
        wipe_after: int | None = None,
        urgent: bool = True,
        topic: Topic | None = None,
        bottom: bool = False,
        kept: Kept | None = None,
    ) -> None:
        """One message. With an anchor it is edited where it stands, once it is there, or moves below everything;
        what is not urgent lets people in conversation go first.
        """
        content = Content(text=text, buttons=buttons, media=media)
        place = Place.NEW if anchor is None else Place.BOTTOM if bottom else Place.SAME
        shown = Show(
            content=content,
            anchor=anchor,
            place=place,
            silent=silent,
            wipe_after=wipe_after,
            topic=topic,
            kept=kept,
        )
        await self.post.put(self.tx, chat, shown, REPLY if urgent else NEWS)

    async def offer_commands(self, chat: Address, language: Language, *, editors: bool) -> None:
        """The list of commands in one private chat: the editors' besides, or those of everybody again."""
        await self.post.put(self.tx, chat, Menu(language=language, editors=editors))

    async def erase(self, chat: Address, anchor: AnchorId, *, instead: Rich | None = None) -> None:
        """`instead`: what stands there when the platform does not let us delete it any more."""
        left = None if instead is None else Content(text=instead)
        await self.post.put(self.tx, chat, Erase(anchor=anchor, instead=left))

    async def wipe(self, chat: Address) -> None:
        """Everything that stands in this chat so far goes, both sides; what is shown after this stays.

        The person is told at once if the platform does not do it: it was they who wanted it.
        """
        await self.post.put(self.tx, chat, Erase(everything=True, tell=self.who.language if self.who else None))
