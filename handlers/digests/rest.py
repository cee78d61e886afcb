"""The button under a digest that held not everything: the next stories that wait, at once."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from handlers.digests.keeping import expected
from handlers.digests.listing import listing
from handlers.policy import MOST_IN_DIGEST


class ShowRest(msgspec.Struct, frozen=True, kw_only=True):
    """To the person whose turn it is."""


async def more_stories(_reads: Reads, _argument: str) -> Outcome:
    return Stay(effects=(ShowRest(),), quiet=True)


async def show_rest(turn: Turn, _effect: ShowRest) -> None:
    who, tx = turn.person, turn.tx
    reader = await tx.subscribers.find(who.person)
    published = await tx.stories.all_published()
    waiting = [] if reader is None else [story for story in reader.waiting if story in published]
    if reader is None or not waiting:
        empty = msg("reader-is-none") if reader is None else msg("digest-is-empty")
        await turn.show(who.chat, turn.words(who.chat.platform, who.language, empty))
        return
    listed, rest = waiting[:MOST_IN_DIGEST], len(waiting[MOST_IN_DIGEST:])
    content = await listing(turn, listed, who.chat.platform, Language(reader.language), rest)
    kept = await expected(tx, reader, listed) if reader.chat == who.chat else None
    await turn.show(who.chat, content.text, buttons=content.buttons, kept=kept)
    await tx.subscribers.change(reader.id, lambda found: found.having_got(listed))
