"""What `init` asks, with a sentence on how to get each answer. A wrong answer is explained and asked again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from bot.cli import say
from bot.cli.platforms import check_telegram
from bot.config.matrix import read_homeserver, read_room, read_user
from bot.config.rooms import LANGUAGES
from bot.config.table import Table
from bot.config.telegram import TOKEN_SHAPE
from bot.config.web import read_api
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import OFFICIAL_API, TelegramSettings
from storage.private import Private

T = TypeVar("T")
_NAMES = {"ru": "Russian", "en": "English", "de": "German", "fr": "French", "cs": "Czech"}
_SHORTEST_PASSPHRASE = 12


def ask_telegram() -> TelegramSettings:
    """Asks until Telegram knows the token, and until the rooms are right or the operator goes on without."""
    say.line("The bot's token: write /newbot to @BotFather in Telegram; it answers with digits, a colon and letters.")
    settings = _ask_bot()
    say.line("The editors' room: make a private group or channel, add the bot as an admin who may delete messages.")
    say.line("Its id is the number behind # in the address when you open it at web.telegram.org (-100… for channels).")
    settings = msgspec.structs.replace(settings, editors_chat=_answer("Editors' room", "editors_chat", Table.take_chat))
    say.line("Channels: one for each language; make the bot an admin who may post, edit and delete. Empty: none.")
    channels: dict[str, str] = {}
    for language in LANGUAGES:
        chat = _answer(f"Channel in {_NAMES[language]}", language, Table.take_chat, optional=True)
        if chat is not None and chat in (settings.editors_chat, *channels.values()):
            say.problem("This chat has another task already; put the right one into the config later.")
        elif chat is not None:
            channels[language] = chat
    settings = msgspec.structs.replace(settings, channels=channels)
    while not _is_well(settings) and click.confirm("Mend this in Telegram, then check again?", default=True):
        pass
    return settings


def ask_matrix() -> MatrixSettings:
    """The password is asked for when there is a place to keep what follows from it."""
    say.line("Matrix: the bot needs an account on a homeserver; the README says what such a server needs.")
    homeserver = _answer("Homeserver (like https://matrix.example.org)", "homeserver", read_homeserver) or ""
    user = _answer("The bot's account (like @newsroom:example.org)", "user", read_user) or ""
    say.line("The editors' room: make an encrypted room, by invitation only, and invite the bot, as an admin.")
    say.line("Its id begins with ! and stands in Element under Room settings, Advanced.")
    editors = _answer("Editors' room on Matrix", "editors_room", read_room)
    say.line("World-readable rooms: one for each language; their members see each other. Empty: none.")
    channels: dict[str, str] = {}
    for language in LANGUAGES:
        room = _answer(f"Room in {_NAMES[language]}", language, read_room, optional=True)
        if room is not None and room in (editors, *channels.values()):
            say.problem("This room has another task already; put the right one into the config later.")
        elif room is not None:
            channels[language] = room
    return MatrixSettings(homeserver=homeserver, user=user, editors_room=editors, channels=channels)


def ask_passphrase() -> Private[str] | None:
    """None: the root key lies in its file as it is."""
    say.line("A passphrase can guard the root key. Then the service starts only when a person types it.")
    while True:
        first = hidden("Passphrase (empty: none)")
        if not first:
            return None
        if len(first) < _SHORTEST_PASSPHRASE:
            say.problem(f"Too short: at least {_SHORTEST_PASSPHRASE} characters, best five random words.")
        elif first == hidden("The same again"):
            return Private(first)
        else:
            say.problem("The two differ.")


def _ask_bot() -> TelegramSettings:
    while True:
        token = hidden("Token")
        if not TOKEN_SHAPE.fullmatch(token):
            say.problem("This is not a bot's token: copy all of it from @BotFather, digits, colon, letters.")
            continue
        api_url = _answer("Bot API server", "api_url", read_api, default=OFFICIAL_API) or OFFICIAL_API
        settings = TelegramSettings(token=Private(token), api_url=api_url, file_url=f"{api_url}/file")
        found = asyncio.run(check_telegram(settings))
        say.finding(found[0])
        if found[0].ok:
            return settings


def _answer(
    question: str, key: str, read: Callable[[Table, str], T | None], *, default: str = "", optional: bool = False
) -> T | None:
    while True:
        text = str(click.prompt(question, default=default, show_default=bool(default))).strip()
        if optional and not text:
            return None
        problems: list[str] = []
        value = read(Table(Path("answer"), "", {key: text}, problems), key)
        if value is not None and not problems:
            return value
        for problem in problems:
            say.problem(problem)


def hidden(question: str) -> str:
    """An answer that does not appear on the screen; may be empty."""
    # Without a terminal nothing is echoed anyway, and getpass would complain about it.
    hide = sys.stdin.isatty()
    return str(click.prompt(question, default="", show_default=False, hide_input=hide)).strip()


def _is_well(settings: TelegramSettings) -> bool:
    found = asyncio.run(check_telegram(settings))
    for finding in found:
        say.finding(finding)
    return all(finding.ok for finding in found)
