"""The 20 seconds of the sandbox began with the download, so on a slow network a harmless photo was refused, as
"damaged"; and meanwhile it held one of two sandboxes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.flows.testing import Stage
from bot.media import job
from bot.media.errors import TimedOut
from bot.media.job import FETCH_SECONDS, LARGEST_PHOTO, fetch_job
from bot.media.rebuild import SECONDS, PhotoRebuilder, RebuiltPhoto
from bot.types import File
from storage.jobs import LEASE_SECONDS
from storage.private import Private
from storage.store import Store
from tests.integration.flows.people import photo
from tests.issues.stages import newsroom_stage


class Rebuilder(PhotoRebuilder):
    """Has no sandbox."""

    def __init__(self, *, is_quick: bool = True) -> None:
        super().__init__()
        self.is_quick = is_quick
        self.got: list[object] = []

    async def rebuild(self, photo: bytes | bytearray) -> RebuiltPhoto:
        self.got.append(photo)
        if not self.is_quick:
            raise TimedOut(TimedOut.__doc__)
        return RebuiltPhoto(jpeg=Private(bytes(photo)), width=64, height=48)


@pytest.fixture
def engine() -> str:
    return "sqlite"


async def send_photo(stage: Stage, language: str = "ru") -> str:
    """What the author is told."""
    author = stage.person("author", language)
    await author.says("/story")
    await author.presses("Понимаю, начать" if language == "ru" else "I understand, begin")
    await author.sends_photo(photo())
    return author.last.text.text


async def test_the_sandbox_gets_a_photo_that_is_there(store: Store) -> None:
    rebuilder = Rebuilder()
    await send_photo(newsroom_stage(store, fetch_job(rebuilder)))
    assert rebuilder.got == [photo()]


@pytest.mark.parametrize(("language", "words"), [("ru", "загружался слишком долго"), ("en", "took too long to load")])
async def test_a_photo_that_takes_the_sandbox_too_long_has_a_sentence(store: Store, language: str, words: str) -> None:
    assert words in await send_photo(newsroom_stage(store, fetch_job(Rebuilder(is_quick=False))), language)


async def test_a_download_that_does_not_end_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilder, closed = Rebuilder(), asyncio.Event()
    stage = newsroom_stage(store, fetch_job(rebuilder))

    async def trickles(_file: File) -> AsyncIterator[bytes]:
        try:
            yield b"\xff"
            await asyncio.Event().wait()
        finally:
            closed.set()

    monkeypatch.setattr(stage.adapter, "download", trickles)
    monkeypatch.setattr(job, "FETCH_SECONDS", 0.01)
    assert "загружался слишком долго" in await send_photo(stage)
    assert closed.is_set()
    assert rebuilder.got == []


async def test_too_many_bytes_end_the_download(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilder, pieces = Rebuilder(), 0
    stage = newsroom_stage(store, fetch_job(rebuilder))

    async def endless(_file: File) -> AsyncIterator[bytes]:
        nonlocal pieces
        while True:
            pieces += 1
            yield bytes(LARGEST_PHOTO // 4)

    monkeypatch.setattr(stage.adapter, "download", endless)
    assert "слишком большой" in await send_photo(stage)
    assert pieces == 5
    assert rebuilder.got == []


async def test_a_time_out_of_the_platform_keeps_its_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = newsroom_stage(store, fetch_job(Rebuilder()))

    async def fails(_file: File) -> AsyncIterator[bytes]:
        yield b"\xff"
        raise TimeoutError

    monkeypatch.setattr(stage.adapter, "download", fails)
    assert "загружался" not in await send_photo(stage)  # the job runs again


def test_nobody_else_begins_a_photo_that_is_still_under_way() -> None:
    assert FETCH_SECONDS + 2 * SECONDS < LEASE_SECONDS
