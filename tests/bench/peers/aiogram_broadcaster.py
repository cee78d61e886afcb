"""`python -m tests.bench.peers.aiogram_broadcaster URL TOKEN FIRST COUNT AT_ONCE`: a mailer without storage or pauses.

It sends one message after the other, whatever AT_ONCE is. Says and reads what `aiogram_sends` does.
"""

from __future__ import annotations

import asyncio
import sys
import time

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent

from tests.bench.dialogue import BACK, CONNECTIONS, question


async def main(url: str, token: str, first: int, count: int) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=CONNECTIONS))
    await bot.get_me()
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=BACK, callback_data="!leave:")]])
    content = TextContent(text=question(1), reply_markup=keyboard, disable_notification=True)
    mailer = await Broadcaster(bot).create_mailer(chats=range(first, first + count), content=content)
    print('{"ready": true}', flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(msgspec.json.encode({"at": time.monotonic()}).decode(), flush=True)
    await mailer.start()
    await asyncio.to_thread(sys.stdin.readline)
    await bot.session.close()


if __name__ == "__main__":
    url_, token_, first_, count_, _ = sys.argv[1:]
    asyncio.run(main(url_, token_, int(first_), int(count_)))
