"""`python -m tests.bench.outbox FOLDER URL TOKEN FIRST COUNT`: our senders and our adapter over a full outbox.

Prints `{"ready": true}` once the outbox is full, waits for a line, prints `{"at": …}`, the time.monotonic() at which it
begins to send, and sends until the next line comes.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import msgspec

from bot.bell import Bell
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.platforms.names import TELEGRAM
from bot.platforms.telegram import adapter
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.settings import TelegramSettings
from bot.rooms import BOT
from bot.texts.rich import Rich
from bot.types import Choice, Content, Show, calling
from handlers.policy import WIPE_SECONDS
from storage.address import Address
from storage.opening import open_store
from storage.private import Private
from storage.store import Store
from storage.vault import RootKey
from tests.bench.dialogue import BACK, question

A_PAGE = 100
"""messages put into the outbox in one transaction, as broadcasts do"""


def message() -> Show:
    button = Choice(label=BACK, token=calling("leave"))
    return Show(content=Content(text=Rich.plain(question(1)), buttons=((button,),)), wipe_after=WIPE_SECONDS)


async def _fill(store: Store, first: int, count: int) -> None:
    post, shown = Post(), message()
    for start in range(first, first + count, A_PAGE):
        async with store.write() as tx:
            for person in range(start, min(start + A_PAGE, first + count)):
                chat = Address(platform=TELEGRAM, bot=BOT, chat=Private(str(person)))
                await post.put(tx, chat, shown)


async def _run(folder: Path, url: str, token: str, first: int, count: int) -> None:
    store = await open_store(root=RootKey.new(), ring=folder / "keys" / "ring", data=folder / "data")
    adapter.CAPABILITIES = msgspec.structs.replace(adapter.CAPABILITIES, per_second=None, private_gap=0.0)
    telegram = TelegramAdapter(TelegramSettings(token=Private(token), api_url=url, file_url=f"{url}/file"))
    await telegram.start()
    await _fill(store, first, count)
    senders = Senders(store, {telegram.platform: telegram}, intake_bell=Bell(), rooms=frozenset())
    print('{"ready": true}', flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(msgspec.json.encode({"at": time.monotonic()}).decode(), flush=True)
    sending = asyncio.create_task(senders.run())
    await asyncio.to_thread(sys.stdin.readline)
    sending.cancel()
    await asyncio.wait([sending])
    await telegram.stop()
    await store.close()


if __name__ == "__main__":
    place, url_, token_, first_, count_ = sys.argv[1:]
    asyncio.run(_run(Path(place), url_, token_, int(first_), int(count_)))
