"""The rooms: who is in them, and what the bot may do there."""

from __future__ import annotations

from collections.abc import AsyncIterator

from telegram import Bot, ChatMember, ChatMemberRestricted, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.base import Finding
from bot.platforms.telegram.content import chat_id
from bot.platforms.telegram.errors import NOT_A_MEMBER, SlowDown, says
from bot.platforms.telegram.polling import BOT_REFUSED
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.webhook import address
from storage.address import Account, Address

_RIGHTS = {
    ChatType.CHANNEL: ("can_post_messages", "can_edit_messages", "can_delete_messages"),
    ChatType.SUPERGROUP: ("can_delete_messages",),
    ChatType.GROUP: ("can_delete_messages",),
}
_WORDS = {
    "can_post_messages": "post",
    "can_edit_messages": "edit messages",
    "can_delete_messages": "delete messages",
    "can_manage_topics": "manage topics",
}


async def is_member(bot: Bot, room: Address, person: Account) -> bool:
    """Whether the account is in the room now. Raises PlatformError when Telegram doesn't say."""
    try:
        member = await bot.get_chat_member(chat_id(room), int(person.person.reveal()))
    except TelegramError as error:
        if says(error, NOT_A_MEMBER):
            return False
        raise platform_error(error) from None
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


def platform_error(error: TelegramError) -> PlatformError:
    if isinstance(error, InvalidToken):
        return PlatformDenied(BOT_REFUSED)
    if isinstance(error, SlowDown):
        return PlatformAway("Telegram asks us to slow down.", after=error.seconds)
    if isinstance(error, BadRequest | Forbidden):
        return PlatformError(
            f"Telegram refuses to tell ({type(error).__name__}); `tamizdat doctor` says what is wrong."
        )
    return PlatformAway(f"Telegram can't be reached ({type(error).__name__}).")


async def findings(bot: Bot, settings: TelegramSettings) -> list[Finding]:
    """What `doctor` shows."""
    try:
        me = await bot.get_me()
    except InvalidToken:
        return [Finding(what="Telegram: the bot's token", ok=False, remedy=BOT_REFUSED)]
    except TelegramError as error:
        remedy = f"{type(error).__name__}: is api_url right, and does the network let us through?"
        return [Finding(what="Telegram can be reached", ok=False, remedy=remedy)]
    found = [Finding(what=f"Telegram: the bot's token (@{me.username})", ok=True), _privacy(me)]
    try:
        found.append(await _receiving(bot, settings))
        if settings.editors_chat is not None:
            found += [finding async for finding in _room(bot, me, settings.editors_chat, "the editors' room", True)]
        for language, channel in settings.channels.items():
            found += [finding async for finding in _room(bot, me, channel, f"the channel for {language}", False)]
    except TelegramError as error:
        found.append(Finding(what="Telegram answers", ok=False, remedy=f"{type(error).__name__}: try again."))
    return found


def _privacy(me: User) -> Finding:
    return Finding(
        what="Telegram: the bot does not read along in groups",
        ok=not me.can_read_all_group_messages,
        remedy="Switch group privacy on (@BotFather, /setprivacy, Enable), then add the bot to its rooms anew.",
    )


async def _receiving(bot: Bot, settings: TelegramSettings) -> Finding:
    info = await bot.get_webhook_info()
    if settings.mode == "polling":
        what = "Telegram: messages are fetched by polling"
        remedy = "A webhook is set; the service removes it when it starts. If another program set it, stop that first."
        return Finding(what=what, ok=not info.url, remedy=remedy)
    what = "Telegram: messages come by webhook"
    if info.url != address(settings):
        return Finding(what=what, ok=False, remedy="It is not set yet; the service sets it when it starts.")
    remedy = "Telegram's last call failed. Does webhook_url lead to webhook_listen, with a valid certificate?"
    return Finding(what=what, ok=info.last_error_date is None, remedy=remedy)


async def _room(bot: Bot, me: User, room: str, name: str, is_editors: bool) -> AsyncIterator[Finding]:
    what = f"Telegram: {name}"
    where: int | str = room if room.startswith("@") else int(room)
    try:
        chat = await bot.get_chat(where)
        member = await bot.get_chat_member(where, me.id)
    except (BadRequest, Forbidden):
        yield Finding(what=f"{what} can be found", ok=False, remedy="Add the bot there as an admin, and check the id.")
        return
    if is_editors:
        private = not chat.username
        yield Finding(what=f"{what} is private", ok=private, remedy="Anyone can read it: remove its public name.")
    missing = _missing(member, chat.type, has_topics=is_editors and bool(chat.is_forum))
    if missing is None:
        yield Finding(what=f"{what} is a room", ok=False, remedy="This is a person's chat; make a group or a channel.")
        return
    remedy = f"Make the bot an admin there who may {', '.join(missing)}."
    yield Finding(what=f"{what}: the bot's rights", ok=not missing, remedy=remedy)


def _missing(member: ChatMember, kind: str, *, has_topics: bool) -> list[str] | None:
    """The rights the bot lacks, in words; None: the chat is no room. In a forum each story has a topic of its own."""
    needed = _RIGHTS.get(ChatType(kind)) if kind in set(ChatType) else None
    if needed is None:
        return None
    if member.status == ChatMemberStatus.OWNER:
        return []
    needed += ("can_manage_topics",) if has_topics else ()
    return [_WORDS[right] for right in needed if not getattr(member, right, False)]
