"""What the page and its server say to each other over the WebSocket: JSON, told apart by `type`.

The page repeats an act, with the same id, until it hears `done` or `refused`: nothing that a person wrote is
lost over a restart, and nothing is done twice. After every connection the server begins with `welcome`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot.platforms.local import world
from bot.platforms.local.acts import Act
from bot.platforms.local.people import PLACES
from bot.platforms.local.world import Message
from bot.types import Link, Opening

_Id = Annotated[str, Meta(min_length=1, max_length=64)]
_Number = Annotated[int, Meta(ge=0)]
_Name = Annotated[str, Meta(max_length=200)]


# ── from the page ────────────────────────────────────────────────────────────────────────────────────────────────
class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    id: _Id
    person: str
    chat: str
    language: Literal["ru", "en"]

    def act(self) -> Act:
        return Act(id=self.id, person=self.person, chat=self.chat, language=self.language)


class Post(_Asked, frozen=True, kw_only=True, tag="post"):
    text: str


class Attach(_Asked, frozen=True, kw_only=True, tag="attach"):
    """A file that was uploaded before (POST /files)."""

    file: _Id
    name: _Name
    media: _Name
    """as the browser says: "image/jpeg" """
    caption: str


class Tap(_Asked, frozen=True, kw_only=True, tag="tap"):
    message: _Number
    button: _Number


class Edit(_Asked, frozen=True, kw_only=True, tag="edit"):
    message: _Number
    text: str


class Erase(_Asked, frozen=True, kw_only=True, tag="erase"):
    message: _Number


class Restart(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="restart"):
    """The service is to be stopped and started anew."""


Request = Post | Attach | Tap | Edit | Erase
FromPage = Request | Restart


# ── to the page ──────────────────────────────────────────────────────────────────────────────────────────────────
class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run of characters in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    quote: bool = False
    link: str | None = None


class PageFile(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    name: str
    size: int
    alt: str
    """what is to be seen; empty where nobody said it"""


class PageButton(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    opens: bool
    """leads to the private chat with the bot"""
    link: str | None
    """leads to that page"""


class Bubble(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="bubble"):
    """A message, new or changed."""

    number: int
    chat: str
    sender: str | None
    at: int
    runs: list[Run]
    buttons: list[list[PageButton]]
    file: PageFile | None
    protect: bool
    silent: bool
    edited: bool


class Gone(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="gone"):
    chat: str
    number: int


class Welcome(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="welcome"):
    """Everything there is; what the page shows besides is gone."""

    chats: dict[str, list[Bubble]]


class Done(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="done"):
    id: str


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="refused"):
    id: str


class Restarting(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="restarting"):
    """The connection ends now; the page comes back by itself."""


ToPage = Bubble | Gone | Welcome | Done | Refused | Restarting


def bubble(message: Message) -> Bubble:
    attachment = message.attachment
    return Bubble(
        number=message.number,
        chat=message.chat,
        sender=message.sender,
        at=message.at,
        runs=[
            Run(
                text=span.text,
                bold=span.style.bold,
                italic=span.style.italic,
                code=span.style.code,
                quote=span.style.quote,
                link=span.style.link,
            )
            for span in message.text.spans
        ],
        buttons=[
            [
                PageButton(
                    label=button.label,
                    opens=isinstance(button, Opening),
                    link=button.url if isinstance(button, Link) else None,
                )
                for button in row
            ]
            for row in message.buttons
        ],
        file=None
        if attachment is None
        else PageFile(
            id=attachment.blob.hex(),
            kind=attachment.kind,
            name=attachment.name.reveal(),
            size=attachment.size,
            alt=attachment.alt.reveal(),
        ),
        protect=message.protect,
        silent=message.silent,
        edited=message.edited,
    )


def gone(change: world.Gone) -> Gone:
    return Gone(chat=change.chat, number=change.number)


def welcome(messages: list[Message]) -> Welcome:
    chats: dict[str, list[Bubble]] = {chat: [] for chat in PLACES}
    for message in messages:
        chats[message.chat].append(bubble(message))
    return Welcome(chats=chats)
