"""The config file that `init` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import OFFICIAL_API, TelegramSettings


def config_text(telegram: TelegramSettings | None, matrix: MatrixSettings | None, *, passphrase: bool) -> str:
    """TOML; every key there is stands in config.example.toml."""
    lines = ["# Written by `tamizdat init`. Every key is explained in config.example.toml.", "", "[service]"]
    if passphrase:
        lines.append('root_key = "passphrase"')
    if telegram is not None:
        lines += ["", "[telegram]", f"token = {_quoted(telegram.token.reveal())}"]
        if telegram.api_url != OFFICIAL_API:
            lines.append(f"api_url = {_quoted(telegram.api_url)}")
        lines += [f"editors_chat = {_quoted(telegram.editors_chat or '')}", "", "[telegram.channels]"]
        lines += _channels(telegram.channels)
    if matrix is not None:
        lines += ["", "[matrix]", f"homeserver = {_quoted(matrix.homeserver)}", f"user = {_quoted(matrix.user)}"]
        lines += [f"editors_room = {_quoted(matrix.editors_room or '')}", "", "[matrix.channels]"]
        lines += _channels(matrix.channels)
    return "\n".join(lines) + "\n"


def _channels(channels: Mapping[str, str]) -> list[str]:
    return [f"{language} = {_quoted(chat)}" for language, chat in channels.items()]


def _quoted(text: str) -> str:
    return json.dumps(text)  # TOML's basic strings know the same escapes
