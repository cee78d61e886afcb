"""What the benchmarks broadcast, to readers who want stories at once: one text with one button, as bare loops do."""

from __future__ import annotations

from bot.flows.script import SayScript
from bot.flows.turn import Turn
from bot.texts.rich import Rich
from bot.types import Choice, Content, calling
from storage.broadcast import Broadcast
from storage.ids import BroadcastId
from storage.store import Store
from storage.subscriber import Subscriber
from tests.bench.dialogue import BACK, question

KIND = "bench"
_TOPIC = "war"


class News(SayScript[str, str]):
    """Like a story's script: its variants are the platforms."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> str | None:
        return question(1)

    def variant(self, subject: str, reader: Subscriber, now: int) -> str | None:
        return reader.chat.platform if reader.wishes.wants_at_once(_TOPIC, now) else None

    async def render(self, turn: Turn, subject: str, variant: str) -> Content:
        return Content(text=Rich.plain(subject), buttons=((Choice(label=BACK, token=calling("leave")),),))


async def begin(store: Store) -> BroadcastId:
    """To everybody who has subscribed. The workers find it within a second."""
    async with store.write() as tx:
        begun = await tx.broadcasts.begin(KIND, b"news")
    if begun is None:
        raise RuntimeError("the broadcast did not begin")
    return begun
