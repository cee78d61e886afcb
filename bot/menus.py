"""The lists of commands that platforms show: for everybody in each language, for editors in their own chats besides.

The engine, not the list, refuses an editors' command to others: a list is a convenience.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping

from bot.flows.conversation import load
from bot.flows.flow import Audience, Command
from bot.flows.program import Program
from bot.flows.turn import Turn
from bot.platforms.base import Adapter
from bot.rooms import private_chat
from bot.texts.fluent import Language, Texts
from storage.errors import VaultError

log = logging.getLogger(__name__)


async def announce(program: Program, texts: Texts, adapters: Mapping[str, Adapter]) -> None:
    general = [command for command in program.commands if command.audience is Audience.ANYONE]
    spoken = [one for one in texts.languages if program.tongue is None or one in program.tongue.languages]
    menus = {str(language): _menu(texts, language, general) for language in texts.languages}
    editors = {str(language): _menu(texts, language, program.commands) for language in spoken}
    for adapter in adapters.values():
        await adapter.register(menus, editors, default=str(texts.languages[0]))


def _menu(texts: Texts, language: Language, commands: Iterable[Command]) -> list[tuple[str, str]]:
    return [(one.name, texts.say(language, one.menu).text) for one in commands if one.menu is not None]


async def offer_commands(turn: Turn, platforms: Collection[str]) -> None:
    """To every editor in the roster, in the language of their chat: after an update there may be other commands."""
    try:
        for editor in await turn.tx.editors.all():
            if editor.account.platform not in platforms:
                continue
            chat = private_chat(editor.account)
            _, conversation = await load(turn.tx, turn.tx.messages.chat_hash(chat))
            language = turn.texts.pick(conversation.language if conversation else None)
            await turn.offer_commands(chat, language, editors=True)
    except VaultError as error:
        log.error("not every editor is offered the editors' commands: %s", type(error).__name__)
