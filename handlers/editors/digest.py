"""When very many new stories appear within an hour, editors get one digest instead of a card each.

The stories stand in the queue as ever. Each gets its card as soon as an editor does something about it; what its author
does before that makes none, so that nobody can fill the room. Counted in memory: a restart begins anew.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256

from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from handlers.policy import CARDS_AN_HOUR, EDITORS_LANGUAGE
from storage.address import Address
from storage.clock import HOUR
from storage.floods import Deed
from storage.ids import ID_BYTES, AnchorId
from storage.story import Story

QUEUE_LINK = "queue"
"""What the digest's button carries. It authorises nothing: the queue asks who is there."""


async def is_one_of_many(turn: Turn, story: Story) -> bool:
    """Of a story that appears now; counted once that is sure. Then the digest stands in the room, not its card."""
    room = turn.rooms.room_for(story.details.origin)
    if room is None:
        return False
    work, now = turn.tx.work, turn.tx.now
    work.on_commit.append(partial(work.floods.note, Deed.CARD, now, where=room.platform))
    count = work.floods.within_the_hour(Deed.CARD, now, where=room.platform) + 1
    if count <= CARDS_AN_HOUR:
        return False
    await _show(turn, room, count)
    return True


async def _show(turn: Turn, room: Address, count: int) -> None:
    """One message for each hour, which tells how many there are by now."""
    language = Language(EDITORS_LANGUAGE)
    anchor = AnchorId(sha256(f"digest {turn.tx.now // HOUR} {room.platform}".encode()).digest()[:ID_BYTES])
    said = turn.words(room.platform, language, msg("digest-is", count=count))
    button = turn.opening(room.platform, language, msg("digest-opens"), QUEUE_LINK)
    await turn.show(room, said, buttons=((button,),), anchor=anchor)
