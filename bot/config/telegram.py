"""The table [telegram]: the bot's token, how it receives, and the rooms of the newsroom."""

from __future__ import annotations

import os
import re

from bot.config.reading import guarded_text
from bot.config.rooms import read_channels
from bot.config.table import Table
from bot.config.web import read_api, split_address
from bot.errors import ConfigError
from bot.platforms.telegram.settings import OFFICIAL_API, TelegramSettings
from bot.rooms import BOT
from storage.private import Private

TOKEN_VARIABLE = "TAMIZDAT_TELEGRAM_TOKEN"  # noqa: S105 - the variable's name
TOKEN_SHAPE = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{30,}")
_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
_BOT_SHAPE = re.compile(r"[a-z0-9-]{1,16}")
_WEBHOOK_PORTS = (443, 80, 88, 8443)
"""Bot API, setWebhook: no other port is called."""


def read_telegram(table: Table, channels: Table, bots: Table, *, only: bool) -> TelegramSettings | None:
    """None when something is wrong with it: then that is noted. `only`: no other platform has an editors' room."""
    token = _token(table)
    api_url = read_api(table, "api_url") or OFFICIAL_API
    mode = table.take_word("mode", ("polling", "webhook"))
    editors = table.take_chat("editors_chat")
    if only and "editors_chat" not in table:
        table.problem("editors_chat", "is missing: put the id or @name of the editors' group or channel there.")
    settings = TelegramSettings(
        token=token or Private(""),
        api_url=api_url,
        file_url=read_api(table, "file_url") or f"{api_url}/file",
        mode="webhook" if mode == "webhook" else "polling",
        webhook_url=_webhook(table, needed=mode == "webhook"),
        webhook_secret=_secret(table),
        webhook_listen=_listen(table) or ("127.0.0.1", 8443),
        editors_chat=editors,
        channels=read_channels(channels, editors, Table.take_chat),
        paid_broadcasts=table.take("paid_broadcasts", bool) or False,
        bots=_bots(bots, token),
    )
    table.take("channels", dict)
    table.take("bots", dict)
    table.finish()
    return settings if token else None


def _token(table: Table) -> Private[str] | None:
    given = [key for key in ("token", "token_file") if key in table]
    if TOKEN_VARIABLE in os.environ:
        given.append(TOKEN_VARIABLE)
    written, file = table.take("token", str), table.path("token_file")
    if not given:
        table.problem("token", f"is missing: get one from @BotFather; or name a token_file, or set {TOKEN_VARIABLE}.")
        return None
    if len(given) > 1:
        table.problem("token", f"is given twice, in {' and '.join(given)}: keep one of them.")
        return None
    if file is not None:
        try:
            written = guarded_text(file, "token file")
        except ConfigError as error:
            table.problem("token_file", str(error))
            return None
    token = (os.environ[TOKEN_VARIABLE] if given == [TOKEN_VARIABLE] else written or "").strip()
    if not TOKEN_SHAPE.fullmatch(token):
        if token:
            table.problem(given[0], "is not a bot's token: copy all of it from @BotFather, digits, colon, letters.")
        elif given != ["token"]:
            table.problem(given[0], "is empty: put the bot's token there.")
        return None
    return Private(token)


def _bots(table: Table, first: Private[str] | None) -> dict[str, Private[str]]:
    """Further ones, by the names that the newsroom gives them."""
    found: dict[str, Private[str]] = {}
    for name in table.names():
        token = table.take(name, str)
        if not _BOT_SHAPE.fullmatch(name) or name == BOT:
            table.problem(name, f'is no name for a bot: 1–16 small Latin letters, digits and -, and not "{BOT}".')
        elif token is None:
            continue
        elif not TOKEN_SHAPE.fullmatch(token.strip()):
            table.problem(name, "is not a bot's token: copy all of it from @BotFather, digits, colon, letters.")
        elif Private(token.strip()) in (first, *found.values()):
            table.problem(name, "has the token of another bot here: each has one of its own.")
        else:
            found[name] = Private(token.strip())
    table.finish()
    return found


def _webhook(table: Table, *, needed: bool) -> str:
    text = table.take("webhook_url", str)
    if text is None:
        if needed and "webhook_url" not in table:
            table.problem("webhook_url", 'is missing, but mode is "webhook": give the public https:// address.')
        return ""
    url = split_address(text)
    if url is None or url.scheme != "https":
        table.problem("webhook_url", "must begin with https://: Telegram calls no other address.")
    elif (url.port or 443) not in _WEBHOOK_PORTS:
        table.problem("webhook_url", f"must use one of the ports {', '.join(map(str, _WEBHOOK_PORTS))}.")
    return text.rstrip("/")


def _secret(table: Table) -> Private[str] | None:
    text = table.take("webhook_secret", str)
    if text is not None and not _SECRET_SHAPE.fullmatch(text):
        table.problem("webhook_secret", "may hold 1–256 Latin letters, digits, _ and - only.")
    return None if text is None else Private(text)


def _listen(table: Table) -> tuple[str, int] | None:
    text = table.take("webhook_listen", str)
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        table.problem("webhook_listen", 'must be a host and a port, like "127.0.0.1:8443".')
    elif not 1 <= int(port) <= 65535:
        table.problem("webhook_listen", "has a port out of range: it must be between 1 and 65535.")
    else:
        return host.strip("[]"), int(port)
    return None
