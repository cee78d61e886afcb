"""What people send: words, files, albums, anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import formatting
from .model import ANONYMOUS_ADMIN, Account, Chat, Json, Message
from .seen import Seen, seen

if TYPE_CHECKING:
    from .fake import FakeTelegram
    from .places import Room
    from .robots import Bot


class Writer:
    """The half of a Person that writes."""

    def __init__(self, fake: FakeTelegram, account: Account) -> None:
        self._fake, self._world = fake, fake.world
        self.account = account

    @property
    def id(self) -> int:
        return self.account.id

    def starts(self, bot: Bot, payload: str = "") -> Seen:
        """Presses Start, or follows a deep link with a payload."""
        return self.says(f"/start {payload}".rstrip(), bot)

    def says(
        self,
        text: str,
        to: Bot | Room,
        *,
        thread: int | None = None,
        reply_to: Seen | None = None,
        anonymously: bool = False,
    ) -> Seen:
        """Writes to a bot or into a room; `anonymously` as an admin who hides behind the group."""
        chat = self._chat(to)
        fields: Json = {"text": text, "entities": formatting.found_in(text, [])}
        return self._sends(chat, thread=thread, reply_to=reply_to, anonymously=anonymously, **fields)

    def sends_file(
        self,
        kind: str,
        to: Bot | Room,
        data: bytes | None = b"",
        *,
        caption: str = "",
        album: str | None = None,
        size: int | None = None,
        name: str | None = None,
        mime: str | None = None,
        duration: int = 1,
        thread: int | None = None,
    ) -> Seen:
        """A photo, document, video, voice, audio, video_note or animation. `size` with `data=None` announces a file
        whose bytes are not there. Messages of one `album` label belong together."""
        file = self._world.store(kind, data, size, name=name, mime=mime, duration=duration)
        entities = formatting.found_in(caption, [])
        fields: Json = {"kind": kind, "file": file, "caption": caption or None, "entities": entities, "album": album}
        return self._sends(self._chat(to), thread=thread, **fields)

    def sends_photo(self, data: bytes, to: Bot | Room, caption: str = "", album: str | None = None) -> Seen:
        return self.sends_file("photo", to, data, caption=caption, album=album)

    def sends_document(self, data: bytes | None, to: Bot | Room, caption: str = "", **facts: Any) -> Seen:
        return self.sends_file("document", to, data, caption=caption, **facts)

    def sends_voice(self, data: bytes | None, to: Bot | Room, **facts: Any) -> Seen:
        return self.sends_file("voice", to, data, mime="audio/ogg", **facts)

    def sends_video(self, data: bytes | None, to: Bot | Room, caption: str = "", **facts: Any) -> Seen:
        return self.sends_file("video", to, data, caption=caption, mime="video/mp4", **facts)

    def sends_video_note(self, data: bytes | None, to: Bot | Room, **facts: Any) -> Seen:
        return self.sends_file("video_note", to, data, **facts)

    def sends_raw(self, fields: Json, to: Bot | Room) -> Seen:
        """Any other kind of message: `{"contact": {…}}`, `{"location": {…}}`, `{"sticker": {…}}` …"""
        return self._sends(self._chat(to), kind="raw", extra=fields)

    def _chat(self, to: Bot | Room) -> Chat:
        chat = to.chat_with(self.account)
        if chat.person is not None and chat.blocked:
            raise ValueError(f"{self.account.first_name} blocks the bot: unblock first.")
        if chat.person is None and (self.id not in chat.members or not chat.members[self.id].is_here):
            raise ValueError(f"{self.account.first_name} is not in {chat.title!r}.")
        return chat

    def _sends(
        self,
        chat: Chat,
        *,
        thread: int | None = None,
        reply_to: Seen | None = None,
        anonymously: bool = False,
        **fields: Any,
    ) -> Seen:
        hidden = anonymously or chat.type == "channel"
        message = Message(
            chat=chat,
            id=self._world.next_id(chat),
            date=self._world.now(),
            sender=self._world.people[ANONYMOUS_ADMIN] if anonymously else self.account,
            sender_chat=chat if hidden else None,
            thread_id=thread,
            reply_to=reply_to.message_id if reply_to else None,
            **fields,
        )
        self._world.add(message)
        self._fake.tell(chat, "channel_post" if chat.type == "channel" else "message", message)
        return seen(message)
