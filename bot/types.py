"""The vocabulary, on one page: what comes in, and what goes out. What a platform answers: `outcomes.py`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NewType

import msgspec

from bot.texts.rich import Rich
from storage.address import Account, Address, Reference
from storage.ids import AnchorId, BlobId, BroadcastId, SubscriberId
from storage.private import Private

Token = NewType("Token", str)
"""What a button carries: opaque, at most 64 bytes, worth nothing outside its chat."""


class ChatKind(StrEnum):
    PRIVATE = "private"
    ROOM = "room"


# ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────
class FileKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    OTHER = "other"


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies on the platform; `Adapter.download` fetches it."""

    kind: FileKind
    handle: Private[str]
    size: int | None
    """bytes, as announced; not to be trusted"""


class Said(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    text: Private[str]
    marked: Private[str] | None = None
    """the same with marks (`texts/marks.py`) for the formatting that it came with; None: it came without"""


class Called(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A command: `/name argument`, a deep link, or a button that stands for one."""

    name: str
    argument: Private[str]
    proven: bool = True
    """see `Tapped`"""


class Tapped(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A button of a prompt."""

    token: Token
    proven: bool = True
    """the platform vouches that the person did it; else whoever runs a server between us may have made it up"""


class Sent(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A file. An album comes as several."""

    file: File
    caption: Private[str]


class Edited(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The person changed a message they had sent; `Incoming.reference` says which."""

    text: Private[str]
    marked: Private[str] | None = None
    """see `Said`"""


class Gone(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The person blocked the bot or deleted the account: nothing reaches them any more."""


class Unsupported(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something we don't take: a sticker, a poll, a location."""


class Undecrypted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The person wrote something that could not be decrypted, or that came without encryption."""


class Resulted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Our own job for this chat has ended."""

    draft: bytes
    """the draft it was for: a draft that has ended or begun anew takes no result"""
    item: bytes
    """what in the draft"""
    blob: BlobId | None
    size: int
    """bytes"""
    problem: str | None
    """the key of the sentence that says what went wrong"""
    facts: Mapping[str, int] = {}
    """the numbers in that sentence"""


class WorkDone(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Slow work of ours for this chat has ended."""

    draft: bytes
    """the draft it was for"""
    result: bytes

    def __repr__(self) -> str:  # it may name a story
        return "WorkDone(…)"


class Expired(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Our own timer: the time of what is unfinished in this chat is over."""


class Offered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A message of ours with choices has arrived, where choices are typed: from now on the numbers are of this one."""

    choices: tuple[Choice, ...]
    """that stand for commands; none: it is a prompt, whose own the conversation knows"""
    again: bool = False
    """a message that stood there was changed: whatever has come after it keeps its numbers"""

    def __repr__(self) -> str:  # what they stand for may name a story
        return f"Offered({len(self.choices)} choices)"


class Undeleted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Messages of this chat were to be deleted, and the platform did not do it."""

    count: int
    language: str | None
    """in which the person, who has just asked for it, is told at once; None: they are told when they come back"""


Body = (
    Said
    | Called
    | Tapped
    | Sent
    | Edited
    | Gone
    | Unsupported
    | Undecrypted
    | Resulted
    | WorkDone
    | Expired
    | Offered
    | Undeleted
)


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One event in one chat."""

    event: str
    """unique for this bot account; empty for our own events"""
    chat: Address
    kind: ChatKind
    person: Account
    language_code: str | None
    """as the person's device says: "ru", "en-GB" """
    at: int
    """seconds since 1970, the platform's clock"""
    reference: Reference | None
    body: Body


# ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────
class Choice(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A button that answers a prompt. Without buttons: a numbered line."""

    label: str
    token: Token


class Opening(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A button that opens the private chat with the bot there. It authorises nothing."""

    label: str
    payload: str
    """at most 64 letters, digits, `_`, `-`"""


class Link(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A button that leads to a page. Without buttons: a line that is a link."""

    label: str
    url: str
    """`rich.is_link`"""


Button = Choice | Opening | Link
_CALLS = "!"


def calling(command: str, argument: str = "") -> Token:
    """Of a choice that stands for a command, and so needs no prompt."""
    return Token(f"{_CALLS}{command}:{argument}")


def command_of(token: Token) -> Called | None:
    """What such a choice calls; None for the choice of a prompt."""
    if not token.startswith(_CALLS):
        return None
    name, _, argument = token.removeprefix(_CALLS).partition(":")
    return Called(name=name, argument=Private(argument))


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """A file of ours that is shown."""

    kind: FileKind
    blob: BlobId
    size: int
    """bytes"""
    alt: Private[str] = Private("")
    """what is to be seen, for those who can't see it"""
    once: bool = False
    """made for this message alone: it is destroyed as soon as the message has arrived, or will never"""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it is to look."""

    text: Rich
    buttons: tuple[tuple[Button, ...], ...] = ()
    media: Media | None = None

    def __repr__(self) -> str:
        return f"Content({self.text!r}, {sum(map(len, self.buttons))} buttons)"


def offered_by(content: Content) -> Offered | None:
    """Where choices are typed, a number is of the last message with choices that stands in the chat."""
    choices = tuple(button for row in content.buttons for button in row if isinstance(button, Choice))
    if not choices:
        return None
    is_prompt = all(command_of(choice.token) is None for choice in choices)
    return Offered(choices=() if is_prompt else choices)


class Place(StrEnum):
    """What becomes of the message that an anchor stands for."""

    NEW = "new"
    """it stays; a new one is sent"""
    BOTTOM = "bottom"
    """it is deleted, and the new one stands below everything"""
    SAME = "same"
    """it is edited where it stands; sent, if it was not yet"""
    THERE = "there"
    """it is edited where it stands; whoever has deleted it does not get it again. A file that stands there stays"""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A thread of its own in a room that has such; elsewhere it means nothing."""

    name: str
    closed: bool = False
    """nothing more will happen there"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """It is a further message of these broadcasts, and is corrected with them: where it stands is kept."""

    broadcasts: tuple[BroadcastId, ...]
    reader: SubscriberId
    place: int
    note: bytes = b""
    """both: `storage.openings.Copy`"""

    def __repr__(self) -> str:  # the note may name stories
        return f"Kept(…, place={self.place})"


class Show(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A message to be seen."""

    content: Content
    anchor: AnchorId | None = None
    place: Place = Place.NEW
    silent: bool = True
    protect: bool = False
    """no forwarding, no saving, where the platform can refuse that"""
    wipe_after: int | None = None
    """seconds until it is deleted again; None: it stays"""
    topic: Topic | None = None
    """it is the first message of this one, which is opened with it; erased with its anchor, it takes it along"""
    kept: Kept | None = None


class Erase(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Messages of this chat to be deleted for everyone, as far as the platform allows."""

    references: tuple[Reference, ...] = ()
    anchor: AnchorId | None = None
    everything: bool = False
    """whatever is noted of this chat, including what is sent before this has its turn"""
    instead: Content | None = None
    """what the anchor's message becomes where the platform does not let us delete it"""
    tell: str | None = None
    """the language in which a person who waits for it is told at once what could not be deleted"""


class Menu(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The list of commands that this chat offers: nothing that is seen among its messages."""

    language: str
    editors: bool
    """with the editors' commands; else the chat has no list of its own any more"""

    @property
    def anchor(self) -> None:
        """It stands for no message."""
        return


Outgoing = Show | Erase | Menu


class Sharing(StrEnum):
    """What several workers may do with a platform side by side."""

    ALL = "all"
    SENDING = "sending"
    """each message is given to one of them, who alone may ask for them"""
    NOTHING = "nothing"
    """one device with its keys: in every other worker it is absent"""


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform can do, so that everybody else need not know its name."""

    buttons: bool
    text_limit: int
    """UTF-16 units in one message"""
    caption_limit: int
    per_second: float | None
    """messages in all; None: no limit"""
    private_gap: float
    """seconds between two messages to one person"""
    room_per_minute: int | None
    download_limit: int
    """bytes; `Adapter.download` refuses a larger file"""
    many_per_second: float | None = None
    """messages of broadcasts, where they have a pace of their own; None: they share that of all others"""
    repeats: bool = False
    """it knows a message that is tried again, so that doubt whether the first try arrived is no reason to stop"""
    sharing: Sharing = Sharing.ALL
