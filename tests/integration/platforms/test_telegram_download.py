"""Files that people sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import FileLost, FileRefused, FileTooLarge, PlatformAway
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.download import LARGEST, LARGEST_FROM_OUR_OWN, download_limit
from bot.platforms.telegram.settings import TelegramSettings
from bot.types import File, FileKind
from storage.private import Private
from tests.fakes.telegram.faults import Fault
from tests.integration.platforms.contract import fetched
from tests.integration.platforms.telegram_stage import TelegramStage


def sent(tg: TelegramStage, data: bytes | None, announced: int | None = None) -> File:
    message = tg.anna.sends_document(data, tg.bot, size=announced)
    found = tg.telegram.world.files[message.file_unique_id or ""]
    handle = tg.telegram.world.file_id(tg.bot.account, found)
    return File(kind=FileKind.DOCUMENT, handle=Private(handle), size=announced)


async def test_a_large_file_comes_whole_and_in_pieces(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    data = bytes(range(256)) * 4096
    pieces = [piece async for piece in adapter.download(sent(tg, data))]
    assert b"".join(pieces) == data
    assert len(pieces) > 1


async def test_an_empty_file(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    assert await fetched(adapter, sent(tg, b"")) == b""


async def test_a_file_announced_as_too_large_is_not_even_asked_for(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    with pytest.raises(FileTooLarge, match="50 MB"):
        await fetched(adapter, sent(tg, None, announced=LARGEST_FROM_OUR_OWN + 1))
    assert tg.telegram.ledger.counts("getFile").started == 0


def test_telegram_gives_a_bot_20_mb_and_a_server_of_ones_own_may_give_more() -> None:
    official = TelegramSettings(token=Private("1:x"))
    own = TelegramSettings(token=Private("1:x"), api_url="http://127.0.0.1:8081")
    assert (download_limit(official), download_limit(own)) == (LARGEST, LARGEST_FROM_OUR_OWN)


async def test_a_file_that_turns_out_too_large(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    file = sent(tg, None, announced=LARGEST + 1)
    with pytest.raises(FileTooLarge, match="20 MB"):
        await fetched(adapter, File(kind=file.kind, handle=file.handle, size=None))


async def test_a_file_longer_than_the_server_said(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    file = sent(tg, bytes(LARGEST_FROM_OUR_OWN + 1), announced=1)
    with pytest.raises(FileTooLarge, match="50 MB"):
        await fetched(adapter, file)


async def test_a_file_that_is_lost(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    with pytest.raises(FileLost, match="again"):
        await fetched(adapter, sent(tg, None, announced=5))
    with pytest.raises(FileLost, match="again"):
        await fetched(adapter, File(kind=FileKind.PHOTO, handle=Private("nonsense"), size=None))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="silence", method="getFile"),
        Fault(kind="cut", cut="before_read", method="getFile"),
        Fault(kind="html", code=502, method="getFile"),
        Fault(kind="error", code=429, text="Too Many Requests: retry after 3", retry_after=3, method="getFile"),
    ],
)
async def test_telegram_away(tg: TelegramStage, fault: Fault) -> None:
    adapter = tg.adapter(read_seconds=1)
    await adapter.start()
    file = sent(tg, b"data")
    tg.telegram.faults.add(replace(fault))
    with pytest.raises(PlatformAway):
        await fetched(adapter, file)
    assert await fetched(adapter, file) == b"data"
    await adapter.stop()


async def test_the_file_server_away(tg: TelegramStage) -> None:
    adapter = tg.adapter(file_url="http://127.0.0.1:1")
    await adapter.start()
    with pytest.raises(PlatformAway):
        await fetched(adapter, sent(tg, b"data"))
    await adapter.stop()


async def test_a_bot_api_server_of_our_own_names_files_on_its_disk(
    tg: TelegramStage, adapter: TelegramAdapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = tmp_path / "voice.oga"
    stored.write_bytes(b"a voice" * 30_000)
    monkeypatch.setattr("tests.fakes.telegram.methods.service.file_path", lambda file: str(stored))
    file = sent(tg, b"not this")
    assert await fetched(adapter, file) == b"a voice" * 30_000
    stored.unlink()
    with pytest.raises(FileRefused, match="own disk"):
        await fetched(adapter, file)
