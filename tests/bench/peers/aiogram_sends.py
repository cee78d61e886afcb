"""`python -m tests.bench.peers.aiogram_sends URL TOKEN FIRST COUNT [AT_ONCE]`: a bare loop of sends, nothing kept.

Prints `{"ready": true}`, waits for a line, and prints `{"at": …}`, the time.monotonic() at which it begins to send;
ends with the next line.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from tests.bench.dialogue import BACK, CONNECTIONS, question

AT_ONCE = 64
"""As many as our senders have under way (`bot/delivery/senders.py`)."""


async def _worker(bot: Bot, people: Iterator[int], keyboard: InlineKeyboardMarkup) -> None:
    for person in people:
        await bot.send_message(person, question(1), reply_markup=keyboard, disable_notification=True)


async def main(url: str, token: str, first: int, count: int, at_once: int) -> None:
    connections = CONNECTIONS if at_once == AT_ONCE else at_once
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=connections))
    await bot.get_me()
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=BACK, callback_data="!leave:")]])
    print('{"ready": true}', flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(msgspec.json.encode({"at": time.monotonic()}).decode(), flush=True)
    people = iter(range(first, first + count))
    await asyncio.gather(*(_worker(bot, people, keyboard) for _ in range(at_once)))
    await asyncio.to_thread(sys.stdin.readline)
    await bot.session.close()


if __name__ == "__main__":
    url_, token_, first_, count_, *at_once_ = sys.argv[1:]
    asyncio.run(main(url_, token_, int(first_), int(count_), int(at_once_[0]) if at_once_ else AT_ONCE))
