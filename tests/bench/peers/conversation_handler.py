"""`python -m tests.bench.peers.conversation_handler URL TOKEN PICKLE`: python-telegram-bot's ConversationHandler.

As its documentation has it: PicklePersistence, one update at a time (concurrent updates break a ConversationHandler).
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.dialogue import BACK, CONNECTIONS, STEPS, question, thanks

Context = CallbackContext[Any, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(BACK, callback_data="back")]])


async def start(update: Update, context: Context) -> int:
    return await _ask(update, context, 1)


def answer_to(step: int) -> Any:
    async def answer(update: Update, context: Context) -> int:
        if update.message is None or context.user_data is None:
            return ConversationHandler.END
        if update.message.photo:
            file = await update.message.photo[-1].get_file()
            await file.download_as_bytearray()
        context.user_data[step] = update.message.text
        if step < STEPS:
            return await _ask(update, context, step + 1)
        context.user_data.clear()
        await update.message.reply_text(thanks(), reply_markup=KEYBOARD)
        return ConversationHandler.END

    return answer


async def _ask(update: Update, _context: Context, step: int) -> int:
    if update.message is not None:
        await update.message.reply_text(question(step), reply_markup=KEYBOARD)
    return step


def main(url: str, token: str, pickle: str) -> None:
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .connection_pool_size(CONNECTIONS)
        .persistence(PicklePersistence(pickle))
        .build()
    )
    given = (filters.TEXT | filters.PHOTO) & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={step: [MessageHandler(given, answer_to(step))] for step in range(1, STEPS + 1)},
            fallbacks=[],
            name="interview",
            persistent=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
