"""What Telegram checks in a reply_markup."""

from __future__ import annotations

from .errors import bad_request
from .model import Chat, Json

MAX_DATA = 64  # bytes, by the Bot API's description of callback_data
MAX_BUTTONS = 100  # in all; more is refused as too long
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def checked(markup: Json | None, chat: Chat) -> Json | None:
    """The keyboard to keep; None when there is none. Raises ApiError 400."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup, chat)
    if "keyboard" in markup:
        for row in markup["keyboard"]:
            for button in row:
                if not button.get("text"):
                    raise bad_request("keyboard button text must be non-empty")
    return markup


def _inline(markup: Json, chat: Chat) -> Json | None:
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _button(button, chat)
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json, chat: Chat) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "pay" in button or "callback_game" in button or "login_url" in button:
        raise NotImplementedError("The fake Telegram knows no such button.")
    actions = [name for name in _ACTIONS if name in button]
    data = button.get("callback_data")
    if not actions or (actions == ["callback_data"] and not data):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if data is not None and len(data.encode()) > MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        if "." not in url:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        button["url"] = f"http://{url}"
    if "web_app" in button and chat.type != "private":
        raise bad_request("BUTTON_TYPE_INVALID")
