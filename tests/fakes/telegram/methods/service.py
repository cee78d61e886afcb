"""The bot itself: who it is, its updates, its profile, files, answers to taps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from ..call import Call
from ..errors import bad_request, conflict
from ..model import File, Json
from ..updates import WEBHOOK_ACTIVE
from ..webhook import DEFAULT_CONNECTIONS

MAX_DOWNLOAD = 20 * 1024 * 1024  # getFile: "bots can download files of up to 20MB in size"
ANSWER_SECONDS = 15  # after about this time real queries are refused as too old
MAX_ANSWER = 200
MAX_LONG_POLL = 50
MAX_SECRET = 256
EXTENSIONS = {"photo": "jpg", "video": "mp4", "voice": "oga", "audio": "mp3", "video_note": "mp4", "animation": "mp4"}
_PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    flags = ("can_connect_to_business", "has_main_web_app", "has_topics_enabled", "supports_inline_queries")
    return {
        **call.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.reads_all,
        **dict.fromkeys(flags, False),
    }


def log_out(call: Call) -> bool:
    call.bot.logged_out = True
    return True


def close(call: Call) -> bool:
    return True


async def get_updates(call: Call) -> list[Json]:
    if call.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    if "allowed_updates" in call.args:
        call.updates.allowed = call.args["allowed_updates"]
    limit = min(max(call.args.get("limit", 100), 1), 100)
    timeout = min(max(call.args.get("timeout", 0), 0), MAX_LONG_POLL)
    return await call.updates.poll(call.args.get("offset", 0), limit, timeout)


async def set_webhook(call: Call) -> bool:
    url = call.args.get("url", "")
    secret = call.args.get("secret_token", "")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if url and not re.match(r"https://|http://127\.0\.0\.1[:/]", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if "allowed_updates" in call.args:
        call.updates.allowed = call.args["allowed_updates"]
    if call.args.get("drop_pending_updates"):
        call.updates.pending.clear()
    call.updates.stop_reader(conflict("terminated by setWebhook request"))
    if url:
        await call.webhook.start(url, secret, call.args.get("max_connections", DEFAULT_CONNECTIONS))
    else:
        await call.webhook.stop()
    return True


async def delete_webhook(call: Call) -> bool:
    await call.webhook.stop()
    if call.args.get("drop_pending_updates"):
        call.updates.pending.clear()
    return True


def get_webhook_info(call: Call) -> Json:
    hook = call.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": hook.pending}
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error is not None:
        info["last_error_date"], info["last_error_message"] = hook.last_error
    if call.updates.allowed:
        info["allowed_updates"] = call.updates.allowed
    return info


def get_file(call: Call) -> Json:
    file = call.world.file(call.bot, call.args["file_id"])
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    if file.data is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    ids = {"file_id": call.args["file_id"], "file_unique_id": file.unique_id}
    return {**ids, "file_size": file.size, "file_path": file_path(file)}


def file_path(file: File) -> str:
    extension = (file.name or "").rpartition(".")[2] if file.kind == "document" else EXTENSIONS.get(file.kind, "bin")
    return f"{file.kind}s/{file.unique_id}.{extension or 'bin'}"


def answer_callback_query(call: Call) -> bool:
    tap = call.world.taps.get(call.args["callback_query_id"])
    stale = tap is None or tap.answer is not None or call.world.now() - tap.date > ANSWER_SECONDS
    if tap is None or stale or tap.bot is not call.bot:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.args.get("text", "")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    names = ("text", "show_alert", "url")
    tap.answer = {name: call.args[name] for name in names if name in call.args}
    return True


def _scope(call: Call) -> str:
    scope = call.args.get("scope") or {"type": "default"}
    return msgspec.json.encode(scope, order="deterministic").decode()


def set_my_commands(call: Call) -> bool:
    commands = call.args["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for entry in commands:
        entry["command"] = entry["command"].removeprefix("/")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(entry["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.profile["commands", _scope(call), call.args.get("language_code", "")] = commands
    return True


def get_my_commands(call: Call) -> list[Json]:
    found = call.bot.profile.get(("commands", _scope(call), call.args.get("language_code", "")), [])
    return list(found)


def delete_my_commands(call: Call) -> bool:
    call.bot.profile.pop(("commands", _scope(call), call.args.get("language_code", "")), None)
    return True


def setter(noun: str) -> Callable[[Call], bool]:
    def put(call: Call) -> bool:
        text = call.args.get(noun, "")
        if len(text) > _PROFILE_LIMITS[noun]:
            raise bad_request(f"BOT_{noun.upper()}_TOO_LONG")
        call.bot.profile[noun, "", call.args.get("language_code", "")] = text
        return True

    return put


def getter(noun: str) -> Callable[[Call], Json]:
    def get(call: Call) -> Json:
        default = call.bot.first_name if noun == "name" else ""
        common = call.bot.profile.get((noun, "", ""), default)
        return {noun: call.bot.profile.get((noun, "", call.args.get("language_code", "")), common)}

    return get


def set_chat_menu_button(call: Call) -> bool:
    button: Any = call.args.get("menu_button", {"type": "default"})
    call.bot.profile["menu_button", str(call.args.get("chat_id", "")), ""] = button
    return True
