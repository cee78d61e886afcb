"""Files that aren't photos, or aren't whole, or aren't harmless."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import Callable

import pytest
from PIL import Image

from bot.media.errors import Damaged, MediaError, TimedOut, TooLarge, Unsupported, UnsupportedHeic
from bot.media.rebuild import AT_ONCE, PhotoRebuilder
from bot.media.wire import Verdict
from bot.media.worker import Worker
from tests.unit.media import photos
from tests.unit.media.conftest import command

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
TIFF = b"II*\x00" + bytes(100)


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (b"", Damaged),
        (random.Random(1).randbytes(5000), Unsupported),
        (b"%PDF-1.7 " + photos.SECRET.encode(), Unsupported),
        (TIFF, Unsupported),
        (HEIC, UnsupportedHeic),
        (photos.jpeg()[:-200], Damaged),
        (photos.jpeg()[:20], Damaged),
        (photos.png()[:-200], Damaged),
        (photos.webp()[:60], Damaged),
        (b"GIF89a", Damaged),
        (photos.png_claiming(100, 100), Damaged),
        (photos.png_claiming(8000, 7501), TooLarge),
        (photos.png_claiming(60000, 60000), TooLarge),
    ],
)
async def test_it_is_refused_without_a_word_of_its_content(
    rebuilder: PhotoRebuilder, file: bytes, refusal: type[MediaError]
) -> None:
    with pytest.raises(MediaError) as raised:
        await rebuilder.rebuild(file)

    assert type(raised.value) is refusal
    assert str(raised.value) == refusal.__doc__


async def test_a_photo_after_a_bad_file_is_fine(rebuilder: PhotoRebuilder) -> None:
    with pytest.raises(Damaged):
        await rebuilder.rebuild(b"")

    assert (await rebuilder.rebuild(photos.jpeg())).height == 40


@pytest.mark.parametrize(
    ("act", "seconds", "refusal"),
    [
        ("hang", 0.5, TimedOut),
        ("spin", 20, TimedOut),
        ("eat", 20, Damaged),
        ("vanish", 20, Damaged),
        ("babble", 20, Damaged),
        ("invent", 20, Damaged),
    ],
)
async def test_a_child_that_misbehaves_is_ended(
    living: Callable[[str], int], act: str, seconds: float, refusal: type[MediaError]
) -> None:
    async with PhotoRebuilder(command=command("misbehaves.py", act), seconds=seconds) as rebuilder:
        with pytest.raises(refusal):
            await rebuilder.rebuild(photos.plain_jpeg())
        assert living("misbehaves.py") <= 1  # the next one, started ahead

    assert living("misbehaves.py") == 0


async def test_a_hijacked_child_can_not_pass_the_photo_on_as_it_was() -> None:
    async with PhotoRebuilder(command=command("misbehaves.py", "echo")) as rebuilder:
        assert (await rebuilder.rebuild(photos.plain_jpeg())).width == 80
        with pytest.raises(Damaged):
            await rebuilder.rebuild(photos.jpeg())


async def test_cancelling_kills_the_child(living: Callable[[str], int], monkeypatch: pytest.MonkeyPatch) -> None:
    sending, ask = asyncio.Event(), Worker.ask

    async def asks(worker: Worker, file: bytes) -> tuple[Verdict, bytes]:
        sending.set()
        return await ask(worker, file)

    monkeypatch.setattr(Worker, "ask", asks)
    async with PhotoRebuilder(command=command("misbehaves.py", "hang")) as rebuilder:
        waiting = asyncio.create_task(rebuilder.rebuild(photos.jpeg()))
        await sending.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert living("misbehaves.py") <= 1

    assert living("misbehaves.py") == 0


async def test_cancelling_in_the_moment_a_child_is_ready_kills_it(living: Callable[[str], int]) -> None:
    before = living("bot.media.child")
    async with PhotoRebuilder() as rebuilder:
        waiting = asyncio.create_task(rebuilder.rebuild(photos.jpeg()))
        assert rebuilder._spare is not None
        rebuilder._spare.add_done_callback(lambda ready: waiting.cancel())

        with pytest.raises(asyncio.CancelledError):
            await waiting

        assert living("bot.media.child") <= before + 1


async def test_a_spare_that_was_killed_is_replaced(rebuilder: PhotoRebuilder) -> None:
    assert rebuilder._spare is not None
    await (await rebuilder._spare).stop()

    assert (await rebuilder.rebuild(photos.jpeg())).width == 80


async def test_eight_at_once_go_two_by_two(rebuilder: PhotoRebuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, pair = Worker.ask, asyncio.Barrier(AT_ONCE)
    working = most = 0

    async def asks(worker: Worker, file: bytes) -> tuple[Verdict, bytes]:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await pair.wait()
        answer = await ask(worker, file)
        working -= 1
        return answer

    monkeypatch.setattr(Worker, "ask", asks)

    rebuilt = await asyncio.gather(*(rebuilder.rebuild(photos.jpeg()) for _ in range(8)))

    assert [photo.width for photo in rebuilt] == [80] * 8
    assert most == AT_ONCE


async def test_outside_its_context_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="not running"):
        await PhotoRebuilder().rebuild(photos.jpeg())


async def test_a_photo_that_needs_more_memory_than_a_child_has(rebuilder: PhotoRebuilder) -> None:
    source = io.BytesIO()
    Image.new("RGB", (7700, 7700)).save(source, "WEBP", method=0)

    with pytest.raises(TooLarge):
        await rebuilder.rebuild(source.getvalue())
