"""`python -m tests.bench.peers.aiogram_fsm URL TOKEN`: aiogram's FSM over aiohttp, its states in memory only."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.dialogue import BACK, CONNECTIONS, STEPS, question, thanks

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=BACK, callback_data="back")]])


class Interview(StatesGroup):
    asked = State()


async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Interview.asked)
    await state.set_data({"step": 1})
    await message.answer(question(1), reply_markup=KEYBOARD)


async def answer(message: Message, state: FSMContext) -> None:
    step = int((await state.get_data())["step"])
    if step < STEPS:
        await state.update_data({"step": step + 1, str(step): message.text})
        await message.answer(question(step + 1), reply_markup=KEYBOARD)
        return
    await state.clear()
    await message.answer(thanks(), reply_markup=KEYBOARD)


async def main(url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=CONNECTIONS))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(start, CommandStart())
    dispatcher.message.register(answer, Interview.asked)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
