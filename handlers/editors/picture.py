"""How many read us, week by week, as a picture with the same in words: for an editor who asks, drawn by a job."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.media.download import in_pieces
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from bot.types import FileKind, Media
from handlers.languages import language_name
from handlers.policy import EDITOR_WIPE_SECONDS
from handlers.statistics.series import Field, Series, fields, weeks_of
from storage.address import Address
from storage.codec import decode, encode
from storage.private import Private
from storage.rhythm import Every
from storage.store import Transaction
from storage.weeks import LEFT, SENT, monday

DRAW = "draw-statistics"
_MOST_WEEKS: Final = 26
_SHORT: Final = {Every.AT_ONCE: "now", Every.DAILY: "24h", Every.WEEKLY: "7d", SENT: "", LEFT: ""}
"""In the picture, whose letters are Latin; the words below it say what they mean."""


class ShowPicture(msgspec.Struct, frozen=True, kw_only=True):
    """To the editor whose turn it is."""


class _Order(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    language: str


async def show_picture(turn: Turn, _effect: ShowPicture) -> None:
    who = turn.person
    await turn.post.order(turn.tx, DRAW, encode(_Order(chat=who.chat, language=who.language)))


async def draw_job(tools: Tools, payload: bytes) -> Closing:
    order: _Order = decode(_Order, payload)
    async with tools.store.read() as tx:
        present = monday(tx.work.today)
        counted = await tx.weeks.since(present - timedelta(weeks=_MOST_WEEKS))
    found, weeks = fields(counted, present), weeks_of(counted, present)
    data = await asyncio.to_thread(_drawn, found, weeks) if found else b""
    blob = await tools.store.blobs.save(in_pieces(data)) if found else None

    async def close(tx: Transaction) -> None:
        turn, language = tools.turn(tx), Language(order.language)
        lines = list(_in_words(found, weeks, language)) if found else [msg("statistics-none-yet")]
        said = Rich.join("\n", [turn.words(order.chat.platform, language, line) for line in lines])
        media = None
        if blob is not None:
            media = Media(kind=FileKind.PHOTO, blob=blob, size=len(data), alt=Private(said.text), once=True)
        await turn.show(order.chat, said, media=media, wipe_after=EDITOR_WIPE_SECONDS)

    return close


def _drawn(found: Sequence[Field], weeks: Sequence[date]) -> bytes:
    from handlers.statistics.chart import Line, draw  # with it comes Pillow, which nothing else here needs

    lines = [
        [Line(name=_SHORT.get(one.name, one.name.upper()), values=one.values) for one in field.series]
        for field in found
    ]
    return draw(lines, weeks)


def _in_words(found: Sequence[Field], weeks: Sequence[date], language: Language) -> Iterator[Message]:
    """All that the picture shows, from its top to its bottom, as far as two numbers of a line tell it."""
    yield msg("statistics-title", since=weeks[0])
    for field in found:
        yield msg(f"statistics-{field.name}")
        for one in field.series:
            yield _line(field, one, language)
    yield msg("statistics-few")


def _line(field: Field, one: Series, language: Language) -> Message:
    first, last, least, most = one.seen[0], one.seen[-1], min(one.seen), max(one.seen)
    match field.name:
        case "languages":
            return msg("statistics-language", language=language_name(one.name, language), first=first, last=last)
        case "rhythms":
            return msg("statistics-rhythm", rhythm=one.name, first=first, last=last)
        case _ if least == most:
            return msg("statistics-every-week", number=most)
    return msg("statistics-of-a-week", least=least, most=most)
