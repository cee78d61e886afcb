"""Our files on their way to Telegram: streamed, broken off when they can't be read, never half delivered."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator

import msgspec
import pytest
from aiohttp import ClientTimeout, web

from bot.outcomes import Delivered, Refused
from bot.platforms.telegram import transport
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.files import LARGEST_FILE
from bot.types import Content, FileKind, Media, Place, Show
from storage.errors import Unreadable
from storage.ids import BlobId
from tests.fakes.telegram.seen import Seen
from tests.integration.platforms.contract import ANCHOR, BYTES, NO_FILES, opens, showing
from tests.integration.platforms.telegram_stage import TelegramStage

VIDEO = BYTES[FileKind.VIDEO]


def ours(tg: TelegramStage) -> list[Seen]:
    return [message for message in tg.anna.sees(tg.bot) if message.sender_id == tg.bot.id]


async def destroyed(_blob: BlobId) -> AsyncIterator[bytes]:
    """Half of it comes; then it shows that its key is gone."""
    yield VIDEO[: len(VIDEO) // 2]
    raise Unreadable("The file was shredded.")


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (FileKind.PHOTO, "sendPhoto"),
        (FileKind.VOICE, "sendVoice"),
        (FileKind.VIDEO, "sendVideo"),
        (FileKind.VIDEO_NOTE, "sendVideoNote"),
        (FileKind.DOCUMENT, "sendDocument"),
    ],
)
async def test_every_kind_has_its_method(
    tg: TelegramStage, adapter: TelegramAdapter, kind: FileKind, method: str
) -> None:
    show = Show(content=showing(kind, "", BYTES[kind]), protect=True, silent=False)
    assert isinstance(await adapter.perform(show, tg.chat, None, opens(BYTES[kind]), ""), Delivered)
    assert tg.telegram.ledger.counts(method).applied == 1
    assert [(message.kind, message.protected, message.silent) for message in ours(tg)] == [(kind, True, False)]


async def test_a_video_note_with_words_goes_as_a_video_with_its_caption(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    data = BYTES[FileKind.VIDEO_NOTE]
    show = Show(content=showing(FileKind.VIDEO_NOTE, "Look", data))
    assert isinstance(await adapter.perform(show, tg.chat, None, opens(data), ""), Delivered)
    assert [(message.kind, message.text) for message in ours(tg)] == [("video", "Look")]


@pytest.mark.parametrize("place", [Place.NEW, Place.SAME])
async def test_a_file_that_was_destroyed_breaks_its_message_off(
    tg: TelegramStage, adapter: TelegramAdapter, place: Place
) -> None:
    first = await adapter.perform(
        Show(content=showing(FileKind.VIDEO, "old", VIDEO), anchor=ANCHOR), tg.chat, None, opens(VIDEO), ""
    )
    assert isinstance(first, Delivered)
    again = Show(content=showing(FileKind.VIDEO, "new", VIDEO), anchor=ANCHOR, place=place)
    with pytest.raises(Unreadable):
        await adapter.perform(again, tg.chat, first.reference, destroyed, "")
    assert [message.text for message in ours(tg)] == ["old"]
    assert isinstance(await adapter.perform(again, tg.chat, first.reference, opens(VIDEO), ""), Delivered)


@pytest.mark.parametrize("wrong", [-1, 1, 100_000])
async def test_a_file_of_another_size_is_refused(tg: TelegramStage, adapter: TelegramAdapter, wrong: int) -> None:
    content = showing(FileKind.VIDEO, "", VIDEO)
    assert content.media is not None
    media = msgspec.structs.replace(content.media, size=len(VIDEO) + wrong)
    show = Show(content=Content(text=content.text, media=media))
    assert await adapter.perform(show, tg.chat, None, opens(VIDEO), "") == Refused(why="its file has another size")
    assert ours(tg) == []


@pytest.mark.parametrize(
    ("media", "why"),
    [
        (Media(kind=FileKind.VIDEO, blob=BlobId(b"x"), size=LARGEST_FILE + 1), "the file is larger than 50 MB"),
        (Media(kind=FileKind.OTHER, blob=BlobId(b"x"), size=1), "files of this kind are not sent"),
    ],
)
async def test_what_telegram_never_takes_is_not_even_opened(
    tg: TelegramStage, adapter: TelegramAdapter, media: Media, why: str
) -> None:
    content = msgspec.structs.replace(showing(FileKind.VIDEO, "", VIDEO), media=media)
    assert await adapter.perform(Show(content=content), tg.chat, None, NO_FILES, "") == Refused(why=why)


async def test_a_voice_for_somebody_who_takes_none_is_refused(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.error(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", method="sendVoice")
    data = BYTES[FileKind.VOICE]
    outcome = await adapter.perform(Show(content=showing(FileKind.VOICE, "", data)), tg.chat, None, opens(data), "")
    assert outcome == Refused(why="this person takes no voice messages and no video notes")


async def test_a_file_gets_the_time_that_it_needs_on_a_slow_line(
    tg: TelegramStage, adapter: TelegramAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest, timeout = [0.0], transport._timeout

    def noted(read: float, total: float | None = None) -> ClientTimeout:
        longest.append(total or 0.0)
        return timeout(read, total)

    monkeypatch.setattr(transport, "_timeout", noted)
    monkeypatch.setattr(transport, "SLOWEST_LINE", len(VIDEO) / 500)
    await adapter.perform(Show(content=showing(FileKind.VIDEO, "", VIDEO)), tg.chat, None, opens(VIDEO), "")
    assert max(longest) > 500


class Sink:
    """A Bot API that keeps nothing of what it gets."""

    def __init__(self) -> None:
        self.size = 0
        self.announced: list[int | None] = []

    async def take(self, request: web.Request) -> web.Response:
        if request.match_info["method"].endswith("getMe"):
            return web.json_response({"ok": True, "result": {"id": 7, "is_bot": True, "first_name": "Newsroom"}})
        self.announced.append(request.content_length)
        async for piece in request.content.iter_chunked(65536):
            self.size += len(piece)
        sent = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": sent})


@pytest.fixture
async def sink(tg: TelegramStage) -> AsyncIterator[tuple[Sink, TelegramAdapter]]:
    there = Sink()
    app = web.Application(client_max_size=0)
    app.router.add_post("/{method:.*}", there.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    adapter = tg.adapter(api_url=f"http://127.0.0.1:{runner.addresses[0][1]}")
    await adapter.start()
    yield there, adapter
    await adapter.stop()
    await runner.cleanup()


async def test_nineteen_megabytes_are_never_in_memory_at_once(
    tg: TelegramStage, sink: tuple[Sink, TelegramAdapter]
) -> None:
    there, adapter = sink
    size = 19 * 1024 * 1024

    async def pieces(_blob: BlobId) -> AsyncIterator[bytes]:
        for _ in range(size // 65536):
            yield bytes(65536)

    media = Media(kind=FileKind.VIDEO, blob=BlobId(b"large"), size=size)
    show = Show(content=msgspec.structs.replace(showing(FileKind.VIDEO, "", b""), media=media))
    tracemalloc.start()
    try:
        assert isinstance(await adapter.perform(show, tg.chat, None, pieces, ""), Delivered)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 * 1024 * 1024
    assert there.announced == [there.size]
    assert there.size > size
