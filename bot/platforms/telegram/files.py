"""Our photos, recordings and documents on Telegram: which method takes which kind, and what it takes besides."""

from __future__ import annotations

from typing import IO, Any, cast

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaPhoto, InputMediaVideo, Message
from telegram.error import TelegramError

from bot.outcomes import Outcome, Refused
from bot.platforms.telegram.content import text_of
from bot.platforms.telegram.errors import outcome_of
from bot.platforms.upload import Upload, WrongSize
from bot.types import Content, FileKind, Media
from storage.address import Address

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_FILE = 50 * 1024 * 1024
"""bytes (Bot API, sending files)"""
_NAMES = {
    FileKind.PHOTO: "photo.jpg",
    FileKind.VOICE: "voice.ogg",
    FileKind.VIDEO: "video.mp4",
    FileKind.VIDEO_NOTE: "note.mp4",
    FileKind.DOCUMENT: "document.txt",
}
"""All documents of ours are texts."""


def objection(media: Media) -> str | None:
    """Why Telegram would never take this file."""
    if media.kind not in _NAMES:
        return "files of this kind are not sent"
    if media.kind is FileKind.PHOTO and media.size > LARGEST_PHOTO:
        return "the photo is larger than 10 MB"
    return "the file is larger than 50 MB" if media.size > LARGEST_FILE else None


async def send_file(
    bot: Bot, chat: int | str, content: Content, upload: Upload, keyboard: InlineKeyboardMarkup | None, **how: Any
) -> Message:
    """how: what all of Telegram's sending methods take: silence, protection, a thread."""
    kind, file = _shown_as(content), _file(content, upload, attach=False)
    if kind is FileKind.VIDEO_NOTE:
        return await bot.send_video_note(chat, file, reply_markup=keyboard, **how)
    text, entities = text_of(content)
    how |= {"caption": text, "caption_entities": entities, "reply_markup": keyboard}
    match kind:
        case FileKind.VOICE:
            return await bot.send_voice(chat, file, **how)
        case FileKind.VIDEO:
            return await bot.send_video(chat, file, supports_streaming=True, **how)
        case FileKind.DOCUMENT:
            return await bot.send_document(chat, file, **how)
        case _:
            return await bot.send_photo(chat, file, **how)


def outcome_of_upload(error: TelegramError, upload: Upload, chat: Address) -> Outcome:
    """What has gone wrong with the file itself is raised, but for its size."""
    if upload.problem is None:
        return outcome_of(error, chat)
    if isinstance(upload.problem, WrongSize):
        return Refused(why="its file has another size")
    raise upload.problem from None


def replacement(content: Content, upload: Upload) -> InputMediaPhoto | InputMediaVideo | None:
    """What a message can be edited into. None: a voice message or a video note; and no document of ours replaces
    anything."""
    text, entities = text_of(content)
    file = _file(content, upload, attach=True)
    match _shown_as(content):
        case FileKind.PHOTO:
            return InputMediaPhoto(file, caption=text, caption_entities=entities)
        case FileKind.VIDEO:
            return InputMediaVideo(file, caption=text, caption_entities=entities, supports_streaming=True)
    return None


def _shown_as(content: Content) -> FileKind | None:
    """A video note has no caption. The same file as a video has one: no word is lost, and it stays one message."""
    kind = content.media.kind if content.media is not None else None
    return FileKind.VIDEO if kind is FileKind.VIDEO_NOTE and content.text else kind


def _file(content: Content, upload: Upload, *, attach: bool) -> InputFile:
    name = _NAMES[content.media.kind] if content.media is not None else None
    # The library hands the object on to our transport, without looking into it.
    return InputFile(cast("IO[bytes]", upload), filename=name, attach=attach, read_file_handle=False)
