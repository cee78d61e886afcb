"""What a reader decides about their subscription, carried out. Each looks up how it stands in the same transaction."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.subscribers.leaving import stop_reading
from storage.rhythm import Rhythm
from storage.subscriber import UNTIL_RETURN, Wishes


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """Also another language, for those who have joined. A topic: that one besides those chosen already."""

    language: str
    topic: str = ""


class ChooseTopics(msgspec.Struct, frozen=True, kw_only=True):
    topics: tuple[str, ...] | None
    """None: all"""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    until: int
    """the second from which stories come again; 0: at once"""


class SetRhythm(msgspec.Struct, frozen=True, kw_only=True):
    rhythm: Rhythm


class ComeBack(msgspec.Struct, frozen=True, kw_only=True):
    """A pause "until I come back" ends."""


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """The person whose turn it is gets no more stories."""


async def join(turn: Turn, effect: Join) -> None:
    who, subscribers = turn.person, turn.tx.subscribers
    reader = await subscribers.find(who.person)
    wishes = reader.wishes if reader is not None else Wishes(topics=(effect.topic,) if effect.topic else None)
    if reader is not None and effect.topic and wishes.topics is not None and effect.topic not in wishes.topics:
        wishes = msgspec.structs.replace(wishes, topics=(*wishes.topics, effect.topic))
    await subscribers.join(who.person, who.chat, effect.language, wishes)


async def choose_topics(turn: Turn, effect: ChooseTopics) -> None:
    await _wish(turn, topics=effect.topics)


async def pause(turn: Turn, effect: Pause) -> None:
    await _wish(turn, paused_until=effect.until)


async def set_rhythm(turn: Turn, effect: SetRhythm) -> None:
    await _wish(turn, rhythm=effect.rhythm)


async def come_back(turn: Turn, _effect: ComeBack) -> None:
    reader = await turn.tx.subscribers.find(turn.person.person)
    if reader is not None and reader.wishes.paused_until == UNTIL_RETURN:
        await _wish(turn, paused_until=0)


async def leave(turn: Turn, _effect: Leave) -> None:
    await stop_reading(turn)


async def _wish(turn: Turn, **changes: object) -> None:
    reader = await turn.tx.subscribers.find(turn.person.person)
    if reader is not None:
        await turn.tx.subscribers.wish(turn.person.person, msgspec.structs.replace(reader.wishes, **changes))
