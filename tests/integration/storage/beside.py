"""A process that works on a test's newsroom beside the test, and may be killed: `python -m … <what> <place…>`.

rotate <kill point>   rotates the keys; dies by SIGKILL at the point named, or when it is "never" not at all
write                 tells stories and shreds some, until its standard input ends; prints how many it told
serve                 holds the service's lock until its standard input ends
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, event

from storage import rotation, vault
from storage.service_lock import service_lock
from storage.store import Store
from storage.vault import KeyRing
from tests.clock import Clock
from tests.databases import Newsroom, PlacedNewsroom
from tests.integration.storage.people import tell_story

KILL_POINTS = (
    "the key is in the ring",
    "the key is in force",
    "in the middle of a batch",
    "between two batches",
    "everything is moved",
    "one key is destroyed",
)


def die(*_: object, **__: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def after(work: Callable[..., Any], times: int = 1) -> Callable[..., Any]:
    """Dies at the call behind `times` calls."""
    left = [times]

    def counted(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        return work(*args, **kwargs) if left[0] >= 0 else die()

    return counted


async def rotate(store: Store, point: str) -> None:
    rotation.BATCH = 7
    tell: Callable[[int, int], None] = lambda _done, _total: None  # noqa: E731
    match point:
        case "the key is in the ring":
            rotation._put_in_force = die
        case "the key is in force":
            rotation._left = die
        case "in the middle of a batch":
            cast(Any, rotation).wrap = after(vault.wrap, 10)
        case "between two batches":
            tell = after(tell, 2)
        case "everything is moved":
            KeyRing.destroy = die  # type: ignore[method-assign]
        case "one key is destroyed":
            KeyRing.destroy = after(KeyRing.destroy)  # type: ignore[method-assign]
        case "never":
            pass
        case statement:
            counted = after(lambda *_: None, int(statement))
            event.listen(Engine, "before_cursor_execute", counted)
    await rotation.rotate(store, tell)


async def write(store: Store) -> None:
    stop = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    told = 0
    print("writing", flush=True)
    while not stop.done():
        async with store.write() as tx:
            kept = await tell_story(tx, told)
            shredded = await tell_story(tx, told)
        async with store.write() as tx:
            await tx.stories.shred(shredded)
            assert await tx.stories.get(kept.id) is not None
        told += 1
    print(told)


async def main(what: str, home: str, url: str, *rest: str) -> None:
    newsroom: Newsroom = PlacedNewsroom(Path(home), Clock(), url or None)
    if what == "serve":
        with service_lock(newsroom.data):
            print("serving", flush=True)
            await asyncio.to_thread(sys.stdin.read)
        return
    store = await newsroom.open()
    await (rotate(store, *rest) if what == "rotate" else write(store))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
