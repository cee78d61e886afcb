"""Strangers who try receipts: what it costs everybody else, and whether the time tells them anything.

The flood comes at the pace of 10,000 tries an hour from 1,000 chats, in the hour's worst minutes: every chat is heard
for the first time, so every try is hashed. The peer is the same service with the same people, without the strangers.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Sequence
from statistics import median, quantiles

from bot.app import load_texts
from bot.clockwork import Workshop
from bot.delivery.post import Post
from bot.rooms import Rooms
from bot.working import WorkOrder
from handlers.contributors.receipts.finding import Finder, Verdict, to_find
from storage.address import Account, Address
from storage.codec import decode
from storage.opening import open_store
from storage.private import Private
from storage.store import Store
from storage.vault import DataKey, Lookup, Opened, Receipt, RootKey
from storage.vault.receipts import draw, unlock
from tests.bench.lines import Line, less_is_better
from tests.bench.processes import SERVICE_CORE, running
from tests.bench.room import Room
from tests.integration.storage.people import tell_story

RUNS = 3
PEOPLE = 40
SECONDS = 40.0
GUESSES = 10_000 / 3600
"""a second"""
EACH = 80
"""tries of each kind, for the comparison of times"""
_SHUFFLES = 2000
_CHANCE = "by chance 19 of 20 gaps are smaller than"


# ── the flood ────────────────────────────────────────────────────────────────────────────────────────────────────
async def flood(room: Room) -> list[Line]:
    idle, flooded, found = list[float](), list[float](), list[float]()
    for _ in range(RUNS):
        for waits, guesses in ((idle, 0.0), (flooded, GUESSES)):
            lived = await _live(room, guesses)
            waits.append(quantiles(lived["waits"], n=100)[-1] * 1000)
            if guesses:
                found += lived["found"]
    return [
        less_is_better("receipt_flood", "ms, p99 of other people's turns", flooded, "without the flood", idle),
        less_is_better("receipt_flood_right", "s until a right one has found its story", found),
    ]


async def _live(room: Room, guesses: float) -> dict[str, list[float]]:
    token = await room.token()
    folder = room.configured(token, room.fresh())
    async with running("-m", "tests.bench.flooded", "seed", core=SERVICE_CORE, folder=folder) as child:
        right = str(await child.line())
    async with running("-m", "tests.bench.flooded", "run", core=SERVICE_CORE, folder=folder) as child:
        await child.outlives(room.ask("polled", token=token))
        await child.outlives(room.ask("town", token=token, people=PEOPLE, seconds=5.0, guesses=0.0, right=""))
        lived: dict[str, list[float]] = await child.outlives(
            room.ask("town", token=token, people=PEOPLE, seconds=SECONDS, guesses=guesses, right=right)
        )
    room.step()
    return lived


# ── the time ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def timing(room: Room) -> list[Line]:
    """Words that were a story's until their author got others, beside words that were never anybody's."""
    root = RootKey(secrets.token_bytes(32))
    folder = room.fresh()
    store = await open_store(root=root, ring=folder / "keys" / "ring", data=folder / "data")
    try:
        wrong, unknown = await _times(store)
    finally:
        await store.close()
    room.step()
    gap = abs(median(wrong) - median(unknown))
    by_chance = _gap_by_chance(wrong, unknown)
    return [
        less_is_better("receipt_wrong", "ms", wrong, "words that were never anybody's", unknown),
        less_is_better("receipt_time_gap", "ms between these medians", [gap], _CHANCE, [by_chance]),
    ]


async def _times(store: Store) -> tuple[list[float], list[float]]:
    """Milliseconds of each try, in an order that is shuffled."""
    order = [(await _replaced(store), 0) for _ in range(EACH)] + [(draw(), 1) for _ in range(EACH)]
    random.Random(1).shuffle(order)
    finder, took = Finder(), (list[float](), list[float]())
    tools = Workshop(store, {}, load_texts(), Post(), Rooms(editors={}, channels={}))
    for number, (receipt, kind) in enumerate(order):
        who = Private(str(number))
        work = WorkOrder(
            chat=Address(platform="telegram", bot="main", chat=who),
            person=Account(platform="telegram", person=who),
            draft=b"",
            body=to_find(receipt),
        )
        began = time.perf_counter()
        verdict = await finder.find(tools, work)
        took[kind].append((time.perf_counter() - began) * 1000)
        if decode(Verdict, verdict) != Verdict():
            raise RuntimeError("one of the wrong ones was right, or was not tried")
    return took


async def _replaced(store: Store) -> Receipt:
    """It led to a story until just now."""
    old = draw()
    async with store.write() as tx:
        story = await tell_story(tx)
        await tx.receipts.issue(story, unlock(old, store.pepper))
        await tx.receipts.issue(story, Opened(lookup=Lookup(secrets.token_bytes(32)), key=DataKey.new()))
    return old


def _gap_by_chance(wrong: Sequence[float], unknown: Sequence[float]) -> float:
    """A permutation test: when who is who is drawn by lot, 95 % of the gaps between the medians are smaller."""
    pool, chance = [*wrong, *unknown], random.Random(2)
    gaps = []
    for _ in range(_SHUFFLES):
        chance.shuffle(pool)
        gaps.append(abs(median(pool[: len(wrong)]) - median(pool[len(wrong) :])))
    return quantiles(gaps, n=20)[-1]
