"""Every quarter of an hour: digests that are due begin, and those that are far too late are put off."""

from __future__ import annotations

import logging

from bot.flows.program import Tools
from bot.flows.turn import Turn
from handlers.digests.script import DIGEST, subject_of
from handlers.policy import LATE_DIGEST_SECONDS
from storage.audience import Audience
from storage.rhythm import SLOT

DIGESTS = "digests"
PUT_OFF = "put-off-digests"
_A_PAGE = 100

log = logging.getLogger(__name__)


async def begin_digests(turn: Turn, subject: bytes) -> None:
    """One broadcast a slot and language, whoever comes first; and sets itself again."""
    due = await turn.tx.digests.due()
    for one in due:
        if not _is_late(one.slot, turn.tx.now):
            audience = Audience(languages=(one.language,), due=one.slot)
            once = f"{DIGEST} {one.slot} {one.language}"
            await turn.post.broadcast(turn.tx, DIGEST, subject_of(one.slot), audience, once=once)
    if any(_is_late(one.slot, turn.tx.now) for one in due):
        await turn.post.order(turn.tx, PUT_OFF, b"")
    await turn.tx.timers.set(DIGESTS, subject, turn.tx.now + SLOT - turn.tx.now % SLOT)


async def put_off(tools: Tools, _payload: bytes) -> None:
    """The service was off, or the digests were stopped: what waits in them comes with the next ones."""
    late = 0
    while True:
        async with tools.write() as tx:
            done = await tx.digests.put_off(tx.now - LATE_DIGEST_SECONDS, _A_PAGE)
        late += done
        if done < _A_PAGE:
            break
    log.warning("%d digests were due too long ago: what is in them comes with the next ones", late)


def _is_late(slot: int, now: int) -> bool:
    return slot < now - LATE_DIGEST_SECONDS
