"""What each of Telegram's refusals means for us. The tables are the documentation.

Kinds that python-telegram-bot does not tell apart, raised by our transport:
NotSent       the request never left: it was certainly not carried out
ServerFault   an answer that is not the Bot API's: 5xx, a proxy's page; taken as not carried out
SlowDown      429, with the seconds to wait
Any other NetworkError (TimedOut is one) came after the request was sent: it may have been carried out.
"""

from __future__ import annotations

import msgspec
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.outcomes import Later, Moved, Outcome, Refused, Unreachable, Unsure
from storage.address import Address
from storage.private import Private


class NotSent(NetworkError):
    """No connection: refused, unresolved, not encrypted, timed out while connecting or waiting for a free one."""


class ServerFault(NetworkError):
    """The answer does not come from the Bot API, or says that the Bot API itself is broken."""


class SlowDown(TelegramError):
    def __init__(self, seconds: float) -> None:
        super().__init__("Too many requests")
        self.seconds = seconds


AWAY = Later(after=2.0)
DENIED = Later(after=60.0, everyone=True)
"""The token is refused: an operator must act, nothing is lost meanwhile."""
NO_RIGHTS = Later(after=300.0)
"""An admin took a right from the bot: what is for this room waits until it is given back; `doctor` says which."""

BAD_REQUESTS: tuple[tuple[str, Outcome], ...] = (
    ("chat not found", Unreachable()),
    ("peer_id_invalid", Unreachable()),
    ("user_is_blocked", Unreachable()),
    ("input_user_deactivated", Unreachable()),
    ("user not found", Unreachable()),
    ("not enough rights", NO_RIGHTS),
    ("have no rights to send", NO_RIGHTS),
    ("need administrator rights", NO_RIGHTS),
    ("chat_write_forbidden", NO_RIGHTS),
    ("chat_restricted", NO_RIGHTS),
    ("chat_admin_required", NO_RIGHTS),
    ("message is too long", Refused(why="the text is too long")),
    ("message_too_long", Refused(why="the text is too long")),
    ("caption is too long", Refused(why="the caption is too long")),
    ("caption_too_long", Refused(why="the caption is too long")),
    ("button_data_invalid", Refused(why="a button carries more than 64 bytes")),
    ("button", Refused(why="a button is not accepted")),
    ("reply markup is too long", Refused(why="too many buttons")),
    ("text is empty", Refused(why="the text is empty")),
    ("must be non-empty", Refused(why="the text is empty")),
    ("can't parse", Refused(why="the formatting is broken")),
    ("entity_", Refused(why="the formatting is broken")),
    ("encoded in utf-8", Refused(why="the text is not valid UTF-8")),
    ("too big for a photo", Refused(why="the photo is not accepted")),
    ("photo_", Refused(why="the photo is not accepted")),
    ("image_process_failed", Refused(why="the photo is not accepted")),
    ("voice_messages_forbidden", Refused(why="this person takes no voice messages and no video notes")),
)
"""Part of Telegram's sentence, in lower case → what it means. The first that fits counts."""

NOT_MODIFIED = ("message is not modified",)
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "there is no media in the message to edit",
)
NOT_THERE = ("message to delete not found", "message_id_invalid")
NOT_DELETABLE = ("message can't be deleted",)
TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")
NOT_A_MEMBER = ("user not found", "member not found", "participant_id_invalid")
NO_FILE = ("file is too big",)


def says(error: TelegramError, sentences: tuple[str, ...]) -> bool:
    """Whether this is a BadRequest in one of these words."""
    text = error.message.lower()
    return isinstance(error, BadRequest) and any(sentence in text for sentence in sentences)


def outcome_of(error: TelegramError, chat: Address, *, repeatable: bool = False) -> Outcome:
    """`repeatable`: done twice, it does no harm (an edit, a deletion), so that doubt means once more."""
    match error:
        case SlowDown():
            return Later(after=error.seconds, hurried=True)
        case ChatMigrated():
            return Moved(to=msgspec.structs.replace(chat, chat=Private(str(error.new_chat_id))))
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return DENIED
        case Conflict() | NotSent() | ServerFault():
            return AWAY
        case BadRequest():
            text = error.message.lower()
            meant = (outcome for part, outcome in BAD_REQUESTS if part in text)
            return next(meant, Refused(why="BadRequest"))
        case NetworkError():
            return AWAY if repeatable else Unsure()
    return Refused(why=type(error).__name__)
