"""What a person does on the page, as a messenger's server would take it: shown in the chat, told to the bot."""

from __future__ import annotations

import re
import time
from typing import Final

import msgspec

from bot.platforms.local.people import PEOPLE, PLACES, account, address
from bot.platforms.local.world import Attachment, Message, World
from bot.texts.rich import Rich
from bot.texts.split import split
from bot.types import Body, Called, Edited, File, Incoming, Link, Opening, Said, Sent, Tapped, command_of
from storage.address import Reference
from storage.private import Private

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
"""UTF-16 units, as on Telegram, so that the demonstration behaves like the real thing"""
LONGEST: Final = 100_000
"""characters that may be sent at once; they become several messages"""
_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Who does something, and where."""

    id: str
    """made by the page; the same act is done once only"""
    person: str
    chat: str
    language: str


class ActRefused(Exception):
    """A messenger would not let the person do this: the message is gone, not theirs, or not in this chat."""


class Acts:
    def __init__(self, world: World, bot: str) -> None:
        self._world = world
        self._bot = bot

    def post(self, act: Act, text: str) -> None:
        """A text, in as many messages as it takes; or a command. Raises ActRefused when blank or too long."""
        self._require_writer(act)
        pieces = split(Rich.plain(text), TEXT_LIMIT) if len(text) <= LONGEST else []
        if not pieces:
            raise ActRefused
        messages = [self._message(act, piece) for piece in pieces]
        bodies = [_spoken(message.text.text) for message in messages]
        self._say(act, messages, bodies)

    def attach(self, act: Act, attachment: Attachment, caption: str) -> None:
        self._require_writer(act)
        text = Rich.plain(caption.strip())
        if text.utf16_length > CAPTION_LIMIT:
            raise ActRefused
        handle = Private(attachment.blob.hex())
        file = File(kind=attachment.kind, handle=handle, size=attachment.size)
        message = msgspec.structs.replace(self._message(act, text), attachment=attachment)
        self._say(act, [message], [Sent(file=file, caption=Private(text.text))])

    def tap(self, act: Act, message: int, button: int) -> None:
        """The message's button with this number, counted row by row from 0."""
        shown = self._message_in(act, message)
        buttons = [each for row in shown.buttons for each in row]
        if button >= len(buttons):
            raise ActRefused
        tapped = buttons[button]
        if isinstance(tapped, Opening):
            self._open(act, tapped.payload)
            return
        if isinstance(tapped, Link):  # the browser follows it by itself
            raise ActRefused
        body = command_of(tapped.token) or Tapped(token=tapped.token)
        number = self._world.take_number()
        self._world.change(events=[(number, self._incoming(act, number, shown.number, body))], act=act.id)

    def edit(self, act: Act, message: int, text: str) -> None:
        """Of the person's own message; of its caption, if it is a file."""
        shown = self._own(act, message)
        rich = Rich.plain(text.strip())
        limit = TEXT_LIMIT if shown.attachment is None else CAPTION_LIMIT
        if rich.utf16_length > limit or not (rich or shown.attachment):
            raise ActRefused
        number = self._world.take_number()
        event = self._incoming(act, number, shown.number, Edited(text=Private(rich.text)))
        changed = msgspec.structs.replace(shown, text=rich, edited=True)
        self._world.change(show=[changed], events=[(number, event)], act=act.id)

    def erase(self, act: Act, message: int) -> Message:
        """What was the message. The bot is not told: messengers don't tell bots either."""
        shown = self._own(act, message)
        self._world.change(erase=[shown.number], act=act.id)
        return shown

    def _open(self, act: Act, payload: str) -> None:
        """The button that leads to the person's private chat with the bot."""
        there = msgspec.structs.replace(act, chat=act.person)
        started = self._message(there, Rich.plain("/start"))
        self._say(there, [started], [Called(name="start", argument=Private(payload))])

    def _say(self, act: Act, messages: list[Message], bodies: list[Body]) -> None:
        events: list[tuple[int, Incoming]] = []
        for message, body in zip(messages, bodies, strict=True):
            number = self._world.take_number()
            events.append((number, self._incoming(act, number, message.number, body)))
        self._world.change(show=messages, events=events, act=act.id)

    def _message(self, act: Act, text: Rich) -> Message:
        return Message(
            number=self._world.take_number(), chat=act.chat, sender=act.person, at=int(time.time()), text=text
        )

    def _incoming(self, act: Act, number: int, message: int, body: Body) -> Incoming:
        chat = address(act.chat, self._bot)
        return Incoming(
            event=str(number),
            chat=chat,
            kind=PLACES[act.chat].kind,
            person=account(act.person),
            language_code=act.language,
            at=int(time.time()),
            reference=Reference(chat=chat, message=Private(str(message))),
            body=body,
        )

    def _require_writer(self, act: Act) -> None:
        if act.chat not in PLACES or act.person not in PLACES[act.chat].writers:
            raise ActRefused

    def _message_in(self, act: Act, number: int) -> Message:
        message = self._world.message(number)
        readers = PLACES[act.chat].readers if act.chat in PLACES else frozenset()
        if message is None or message.chat != act.chat or act.person not in PEOPLE or act.person not in readers:
            raise ActRefused
        return message

    def _own(self, act: Act, number: int) -> Message:
        message = self._message_in(act, number)
        if message.sender != act.person:
            raise ActRefused
        return message


def _spoken(text: str) -> Body:
    if command := _COMMAND.fullmatch(text):
        return Called(name=command[1].lower(), argument=Private((command[2] or "").strip()))
    return Said(text=Private(text))
