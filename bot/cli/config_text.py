"""The config file that `init` writes."""

from __future__ import annotations

import json

from bot.platforms.telegram.settings import OFFICIAL_API, TelegramSettings


def config_text(telegram: TelegramSettings, *, passphrase: bool) -> str:
    """TOML; every key there is stands in config.example.toml."""
    lines = ["# Written by `tamizdat init`. Every key is explained in config.example.toml.", "", "[service]"]
    if passphrase:
        lines.append('root_key = "passphrase"')
    lines += ["", "[telegram]", f"token = {_quoted(telegram.token.reveal())}"]
    if telegram.api_url != OFFICIAL_API:
        lines.append(f"api_url = {_quoted(telegram.api_url)}")
    lines += [f"editors_chat = {_quoted(telegram.editors_chat or '')}", "", "[telegram.channels]"]
    lines += [f"{language} = {_quoted(chat)}" for language, chat in telegram.channels.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text)  # TOML's basic strings know the same escapes
