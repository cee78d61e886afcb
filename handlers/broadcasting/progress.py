"""The message in the editors' room that says how a broadcast goes. It edits itself until the broadcast has ended."""

from __future__ import annotations

from hashlib import sha256

from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from handlers.broadcasting.lines import progress_lines
from handlers.broadcasting.titles import Title, said_as, title_of
from handlers.policy import EDITORS_LANGUAGE, PROGRESS_SECONDS
from storage.address import Address
from storage.broadcast import Broadcast, State
from storage.ids import ID_BYTES, AnchorId, BroadcastId

PROGRESS = "progress"
"""The timer; its subject is the broadcast's id."""
_PREFIX = "b_"


def payload(broadcast: BroadcastId) -> str:
    """What a deep link to this broadcast carries. It authorises nothing."""
    return _PREFIX + broadcast.hex()


def broadcast_of(payload: str) -> BroadcastId | None:
    """None for anything that is not a link to a broadcast."""
    digits = payload.removeprefix(_PREFIX)
    if digits == payload or len(digits) != 2 * ID_BYTES or any(digit not in "0123456789abcdef" for digit in digits):
        return None
    return BroadcastId(bytes.fromhex(digits))


async def follow(turn: Turn, broadcast: BroadcastId) -> None:
    """What takes no longer is told at its end."""
    await turn.tx.timers.set(PROGRESS, broadcast, turn.tx.now + PROGRESS_SECONDS)


async def show_progress(turn: Turn, subject: bytes) -> None:
    # Before all else: what another worker ends meanwhile is told of once more.
    goes_on = BroadcastId(subject) in [one.id for one in await turn.tx.broadcasts.open()]
    broadcast = await turn.tx.broadcasts.find(BroadcastId(subject))
    title = None if broadcast is None else await title_of(turn.tx, broadcast)
    if broadcast is None or title is None:
        return
    lines = [title.words, *await progress_lines(turn.tx, broadcast)]
    for room in _rooms(turn, title):
        language = Language(EDITORS_LANGUAGE)
        words = Rich.join("\n", [turn.words(room.platform, language, line) for line in lines])
        button = turn.opening(
            room.platform, language, msg("broadcast-opens", kind=said_as(broadcast.kind)), payload(broadcast.id)
        )
        buttons = ((button,),) if broadcast.state in (State.RUNNING, State.PAUSED) else ()
        await turn.show(room, words, buttons=buttons, anchor=_anchor(broadcast, room), urgent=False)
    if goes_on:
        await follow(turn, broadcast.id)


def _rooms(turn: Turn, title: Title) -> list[Address]:
    if title.origin is None:
        return list(turn.rooms.editors.values())
    room = turn.rooms.room_for(title.origin)
    return [] if room is None else [room]


def _anchor(broadcast: Broadcast, room: Address) -> AnchorId:
    return AnchorId(sha256(b"progress " + broadcast.id + room.platform.encode()).digest()[:ID_BYTES])
