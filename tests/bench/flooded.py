"""`python -m tests.bench.flooded …`: the newsroom as it is, with the bench's dialogue besides, and without limits.

`seed`: makes a newsroom in this folder with one story in it, and prints the seven words that lead there.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import handlers
from bot import app
from bot.cli import main
from bot.config import load
from bot.flows.program import JobKind, Program
from bot.opening import open_newsroom, prepare
from bot.platforms.telegram import adapter
from storage.address import Address
from storage.private import Private
from storage.vault.receipts import draw, show, unlock
from tests.bench.program import interview
from tests.bench.service import UNLIMITED


def both(fetch: JobKind, **newsrooms: Any) -> Program:
    """In the place of `handlers.newsroom`: `/start` begins the dialogue."""
    program, dialogue = handlers.newsroom(fetch, **newsrooms), interview(fetch)
    others = tuple(command for command in program.commands if command.name != "start")
    return replace(program, flows=(*program.flows, *dialogue.flows), commands=(*dialogue.commands, *others))


async def seed() -> str:
    settings = load()
    await prepare(settings)
    store = await open_newsroom(settings)
    receipt = draw()
    async with store.write() as tx:
        story = await tx.stories.create(
            text=Private("Мне было страшно."),
            language="ru",
            alias="Снегирь",
            byline=None,
            attachments=(),
            author=Address(platform="telegram", bot="main", chat=Private("1")),
        )
        await tx.receipts.issue(story, unlock(receipt, store.pepper))
    await store.close()
    return show(receipt).reveal()


if __name__ == "__main__":
    if sys.argv[1:] == ["seed"]:
        print(f'"{asyncio.run(seed())}"')
    else:
        with patch.object(app, "newsroom", both), patch.object(adapter, "CAPABILITIES", UNLIMITED):
            main()
