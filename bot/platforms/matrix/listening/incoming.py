"""Matrix's events as our events. What we don't need (display names, file names, avatars) ends here."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import msgspec

from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.listening import html_in
from bot.platforms.matrix.listening.attachments_in import FILE_TYPES, caption_of, file_of
from bot.platforms.matrix.listening.formatted import marked
from bot.platforms.matrix.listening.reading import Raw, RoomEvent, mapping, text
from bot.rooms import BOT
from bot.types import (
    Body,
    Called,
    ChatKind,
    Edited,
    Incoming,
    Said,
    Sent,
    Tapped,
    Undecrypted,
    Unsupported,
)
from storage.address import Account, Address, Reference
from storage.private import Private

PLATFORM = "matrix"

MESSAGES = frozenset({"m.room.message", "m.sticker", "m.poll.start", "org.matrix.msc3381.poll.start", "m.call.invite"})
"""What a person says or sends, of which nothing may come unencrypted."""
REACTION = "m.reaction"
_COMMAND = re.compile(r"(?:/([A-Za-z0-9_]{1,32})|!([a-z][a-z0-9_]{0,31}))(?:\s+(.*))?\Z", re.DOTALL)
_QUOTE = re.compile(r"> (?:\* )?<@[^\n]*\n(?:> ?[^\n]*\n)*\n?")
"""How clients of before 2025 quoted what they answered (specification 1.12, "Fallbacks for rich replies")."""
_SPOKEN = frozenset({"m.text", "m.emote"})
_SILENT = frozenset({"m.notice", "m.server_notice", "m.key.verification.request"})
"""Other programs' words, and what clients say to each other."""


AnswerOf = Callable[[RoomId, EventId, str], Awaitable[Body | None]]
"""What a reaction with this key, or an answer with this text, to a message of ours means: Tapped, or Called. None:
nothing. Never raises; a message that can't be read any more gives Tapped(token=Token(""))."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    incoming: Incoming
    trace: Reference | None = None
    """the person's own message, where `incoming.reference` is another one"""


async def from_person(event: RoomEvent, answer_of: AnswerOf) -> Heard | None:
    """What somebody did in their own direct room. None: it is nothing to us."""
    if event.type == REACTION:
        target, key = _reacted(event)
        meant = await answer_of(event.room, target, key) if target and key else None
        return _heard(event, event.sender, _as_proven(event, meant), about=target) if meant is not None else None
    if event.type not in MESSAGES or not event.content:  # a redacted one has no content
        return None
    if not event.encrypted:
        return unreadable(event, event.sender)
    if event.relation.get("rel_type") == "m.replace":
        changed = _changed(event)
        return _heard(event, event.sender, changed, about=_target(event)) if changed is not None else None
    body = body_of(event)
    return _heard(event, event.sender, body, about=event.id) if body is not None else None


async def from_editors(event: RoomEvent, answer_of: AnswerOf) -> Heard | None:
    """What an editor did in the editors' room: only answers to our cards are anything to us, and go on in private."""
    if event.type == REACTION:
        target, key = _reacted(event)
    elif event.type == "m.room.message" and event.encrypted and event.content.get("msgtype") == "m.text":
        target, key = _answered(event), _own_words(event.content).strip()
    else:
        return None
    meant = await answer_of(event.room, target, key) if target and key else None
    return _heard(event, event.sender, _as_proven(event, meant), about=None) if isinstance(meant, Called) else None


def unreadable(event: RoomEvent, user: UserId) -> Heard:
    """It can't be opened, or came open: the person is told. Should it be opened later, that is an event of its own."""
    return Heard(
        incoming=_incoming(f"{event.id}.unreadable", event.at, user, Undecrypted(), _reference(user, event.id))
    )


def in_private(event: RoomEvent, user: UserId, body: Body) -> Incoming:
    """Something that happened, rather than was said, in this person's direct room."""
    return _incoming(event.id, event.at, user, body, None)


def body_of(event: RoomEvent) -> Body | None:
    """What somebody's message is. None: nothing that people say to each other."""
    if event.type != "m.room.message":
        return Unsupported()
    kind = text(event.content, "msgtype")
    if kind in _SPOKEN:
        said = _own_words(event.content)
        return _command(said) or Said(text=Private(said), marked=marked(text(event.content, "formatted_body")))
    if kind in FILE_TYPES:
        file = file_of(event.content)
        return Unsupported() if file is None else Sent(file=file, caption=Private(caption_of(event.content)))
    return None if kind in _SILENT else Unsupported()


def _changed(event: RoomEvent) -> Edited | None:
    """The text around `m.new_content` is an asterisk for old clients."""
    content = mapping(event.content, "m.new_content")
    if event.type != "m.room.message" or not content or not _target(event):
        return None
    is_file = text(content, "msgtype") in FILE_TYPES
    if is_file:
        return Edited(text=Private(caption_of(content)))
    return Edited(text=Private(_own_words(content)), marked=marked(text(content, "formatted_body")))


def _own_words(content: Raw) -> str:
    body = text(content, "body")
    if "m.in_reply_to" in mapping(content, "m.relates_to"):
        body = _QUOTE.sub("", body, count=1) if body.startswith("> ") else body
    return body if body.strip() else html_in.text_of(text(content, "formatted_body"))


def _command(said: str) -> Called | None:
    found = _COMMAND.match(said)
    if found is None:
        return None
    slashed, marked, argument = found.groups()
    return Called(name=(slashed or marked).lower(), argument=Private((argument or "").strip()))


def _reacted(event: RoomEvent) -> tuple[EventId, str]:
    relation = event.relation
    known = relation.get("rel_type") == "m.annotation"
    return (_target(event), text(relation, "key")) if known else (EventId(""), "")


def _as_proven(event: RoomEvent, meant: Body) -> Body:
    """Reactions come unencrypted: a homeserver can make one up."""
    return msgspec.structs.replace(meant, proven=event.encrypted) if isinstance(meant, Tapped | Called) else meant


def _target(event: RoomEvent) -> EventId:
    return EventId(text(event.relation, "event_id"))


def _answered(event: RoomEvent) -> EventId:
    """The message that this one answers; in a thread, which may have begun with a card, at least its first one."""
    direct = EventId(text(mapping(event.relation, "m.in_reply_to"), "event_id"))
    in_thread = event.relation.get("rel_type") == "m.thread"
    if in_thread and (event.relation.get("is_falling_back") is True or not direct):
        return _target(event)
    return direct


def _heard(event: RoomEvent, user: UserId, body: Body, *, about: EventId | None) -> Heard:
    reference = _reference(user, about) if about else None
    trace = _reference(user, event.id) if about and about != event.id else None
    return Heard(incoming=_incoming(event.id, event.at, user, body, reference), trace=trace)


def _incoming(name: str, at: int, user: UserId, body: Body, reference: Reference | None) -> Incoming:
    return Incoming(
        event=name,
        chat=_chat(user),
        kind=ChatKind.PRIVATE,
        person=Account(platform=PLATFORM, person=Private(user)),
        language_code=None,
        at=at,
        reference=reference,
        body=body,
    )


def _reference(user: UserId, event: EventId) -> Reference:
    return Reference(chat=_chat(user), message=Private(event))


def _chat(user: UserId) -> Address:
    return Address(platform=PLATFORM, bot=BOT, chat=Private(user))
