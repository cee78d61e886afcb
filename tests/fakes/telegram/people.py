"""People in the hands of a test: besides writing they look, tap buttons, edit, delete, block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.patience import PATIENCE

from . import formatting, render
from .methods.moving import remove
from .model import Member, Message, Tap
from .places import Room
from .seen import Seen, seen
from .taps import Tapped
from .writing import Writer

if TYPE_CHECKING:
    from .robots import Bot

CHAT_INSTANCE = "1"


class Person(Writer):
    def edits(self, message: Seen, text: str) -> Seen:
        found = self._message(message)
        if found.kind == "text":
            found.text = text
        else:
            found.caption = text
        found.entities, found.edited = formatting.found_in(text, []), self._world.now()
        kind = "edited_channel_post" if found.chat.type == "channel" else "edited_message"
        self._fake.tell(found.chat, kind, found)
        return seen(found)

    def deletes(self, message: Seen) -> None:
        """For both sides. Bots are not told, as on Telegram."""
        remove(self._message(message))
        self._world.changed()

    def sees(self, where: Bot | Room) -> list[Seen]:
        """The messages visible in a chat now, oldest first."""
        if isinstance(where, Room):
            return where.sees()
        chat = where.account.private.get(self.id)  # looking must not begin a conversation
        return [seen(message) for message in chat.messages.values()] if chat else []

    async def expects(self, text: str, where: Bot | Room, within: float = PATIENCE) -> Seen:
        """Waits for a visible message that contains the text, and gives the newest. Raises TimeoutError."""

        def newest() -> Seen | None:
            found = [message for message in self.sees(where) if text in message.text]
            return found[-1] if found else None

        try:
            message = await self._world.wait_for(newest, within)
        except TimeoutError:
            visible = [message.text for message in self.sees(where)]
            raise TimeoutError(f"{self.account.first_name} never saw {text!r}; visible: {visible}") from None
        if message is None:
            raise AssertionError
        return message

    def taps(
        self, message: Seen, button: str = "", *, data: str | None = None, in_chat: Bot | Room | None = None
    ) -> Tapped:
        """Taps a button by label or data, as it stood when the message was seen. Forgeries: any person may tap any
        message, `data` need not be on a button, `in_chat` claims another chat."""
        bot = self._fake.bot_by_id(message.bot_id)
        said = data if data is not None else message.button(button).data
        if said is None:
            raise LookupError(f"Button {button!r} opens a link; nobody is told of a tap.")
        chat = self._chat(in_chat) if in_chat else self._fake.chat_of(message)
        found = chat.messages.get(message.message_id)
        tap = Tap(id=str(self._world.rng.getrandbits(62)), bot=bot.account, person=self.account, date=self._world.now())
        self._world.taps[tap.id] = tap
        shown = (
            render.message(self._world, bot.account, found)
            if found is not None
            else render.inaccessible(chat, message.message_id)
        )
        body = {
            "id": tap.id,
            "from": self.account.json(),
            "chat_instance": CHAT_INSTANCE,
            "message": shown,
            "data": said,
        }
        bot.updates.put("callback_query", body)
        return Tapped(self._fake, tap)

    def reacts(self, message: Seen, emoji: str) -> None:
        found = self._message(message)
        old = found.reactions.get(self.id, [])
        found.reactions[self.id] = new = [emoji] if emoji else []
        body = {"chat": found.chat.json(), "message_id": found.id, "user": self.account.json()}
        body |= {"date": self._world.now()}
        for name, given in (("old_reaction", old), ("new_reaction", new)):
            body[name] = [{"type": "emoji", "emoji": one} for one in given]
        self._fake.tell(found.chat, "message_reaction", body)

    def blocks(self, bot: Bot) -> None:
        self._blocked(bot, True)

    def unblocks(self, bot: Bot) -> None:
        self._blocked(bot, False)

    def deactivates(self) -> None:
        """Deletes their Telegram account."""
        self.account.deactivated = True

    def joins(self, room: Room) -> None:
        room.admits(self)

    def leaves(self, room: Room) -> None:
        room.loses(self)

    def _blocked(self, bot: Bot, blocked: bool) -> None:
        chat = self._world.private_chat(bot.account, self.account)
        chat.blocked = blocked
        seats = Member(status="kicked"), Member(status="member")
        old, new = seats if not blocked else seats[::-1]
        self._fake.tell(chat, "my_chat_member", (self.account, bot.account, old, new))

    def _message(self, message: Seen) -> Message:
        return self._fake.chat_of(message).messages[message.message_id]
