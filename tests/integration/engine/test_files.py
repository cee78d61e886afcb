"""Files of a story, through the real store and the real job: whole, sealed, in any order; refused with a true sentence.

What photos go through besides is in `tests/unit/media`; here they are taken as they are.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot import clockwork
from bot.flows.testing import Person, Stage
from bot.flows.testing.messenger import DOWNLOAD_LIMIT
from bot.media import job
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder, RebuiltPhoto
from bot.types import File, FileKind, Incoming, Said, Sent
from storage.jobs import LEASE_SECONDS, Job, Jobs
from storage.private import Private
from storage.store import Store
from tests.bench import story
from tests.bench.dialogue import THANKS
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.engine.gathering import gathering
from tests.patience import PATIENCE
from tests.sentences import newsroom_texts

Thing = tuple[FileKind | None, bytes, str]
"""(kind, bytes, caption), or (None, nothing, text)"""
Send = Callable[[Person, list[Thing]], Awaitable[None]]
MARKER = b"Kein Marker dieser Art kommt zweimal vor."


class AsItIs(PhotoRebuilder):
    async def rebuild(self, photo: bytes | bytearray) -> RebuiltPhoto:
        return RebuiltPhoto(jpeg=Private(bytes(photo)), width=64, height=48)


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def stage(store: Store, request: pytest.FixtureRequest) -> Stage:
    return Stage(
        store,
        lambda: gathering(fetch_job(AsItIs())),
        newsroom_texts(),
        restart_always=getattr(request, "param", "") == "restarts",
    )


@pytest.fixture
async def anna(stage: Stage) -> Person:
    anna = stage.person("anna")
    await anna.says("/story")
    return anna


def a_story(order: random.Random) -> list[Thing]:
    """Shuffled."""

    def noise(size: int) -> bytes:
        return MARKER + order.randbytes(size - len(MARKER))

    things: list[Thing] = [(None, b"", story.TEXT.format(number=number)) for number in range(story.TEXTS)]
    things += [(FileKind.PHOTO, noise(100_000 + number), f"фото {number}") for number in range(story.PHOTOS)]
    things += [(FileKind.VIDEO, noise(story.VIDEO), "на вокзале"), (FileKind.VOICE, noise(story.VOICE), "")]
    order.shuffle(things)
    return things


async def one_by_one(anna: Person, things: list[Thing]) -> None:
    for kind, data, words in things:
        await (anna.says(words) if kind is None else anna.sends_file(kind, data, words))


async def at_once(anna: Person, things: list[Thing]) -> None:
    events: list[Incoming] = []
    for number, (kind, data, words) in enumerate(things):
        if kind is None:
            body: Said | Sent = Said(text=Private(words))
        else:
            anna.stage.adapter.files[f"file {number}"] = data
            file = File(kind=kind, handle=Private(f"file {number}"), size=len(data))
            body = Sent(file=file, caption=Private(words))
        events.append(anna.stage.event(anna, body, number=f"m{number}"))
    await anna.stage.intake.accept(events, source="stage", cursor=None)
    await anna.stage.settle()


@pytest.mark.parametrize(
    ("stage", "send"),
    [("", one_by_one), ("restarts", one_by_one), ("", at_once)],
    indirect=["stage"],
    ids=["one by one", "with restarts", "at once"],
)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
async def test_a_whole_story_arrives_in_any_order(anna: Person, newsroom: Newsroom, send: Send, seed: int) -> None:
    things = a_story(random.Random(seed))
    await send(anna, things)
    await anna.expects(THANKS)
    back = [(seen.kind, seen.text.text, seen.file) for seen in anna.chat if seen.file is not None and not seen.mine]
    sent = [(kind, words, data) for kind, data, words in things if kind is not None]
    assert sorted(back, key=repr) == sorted(sent, key=repr)
    async with anna.stage.store.read() as tx:
        noted = {due.reference.message.reveal() for due in await tx.messages.of(anna.stage.address("anna"))}
    assert {seen.number for seen in anna.chat} <= noted  # whatever stands there will be wiped
    for path in newsroom.data.rglob("*"):
        assert path.is_dir() or MARKER not in path.read_bytes(), path


def files(newsroom: Newsroom) -> int:
    folder = newsroom.data / "files"
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE])
async def test_a_file_announced_as_too_large_is_refused_with_the_limit(
    anna: Person, newsroom: Newsroom, kind: FileKind
) -> None:
    await anna.sends_file(kind, None, size=DOWNLOAD_LIMIT + 1)
    await anna.expects("не больше 20 МБ")
    assert files(newsroom) == 0


@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.VIDEO])
async def test_a_file_that_turns_out_too_large_leaves_nothing(
    anna: Person, newsroom: Newsroom, kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = 0

    async def endless(_file: File) -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            yield bytes(1 << 20)

    monkeypatch.setattr(anna.stage.adapter, "download", endless)
    await anna.sends_file(kind, b"said to be short")
    limit = {FileKind.PHOTO: 20, FileKind.VIDEO: 50}[kind]
    await anna.expects(f"не больше {limit} МБ")
    assert given == limit + 1
    assert files(newsroom) == 0


@pytest.mark.parametrize("data", [None, b""], ids=["gone", "empty"])
async def test_a_file_that_is_lost_is_asked_for_again(anna: Person, newsroom: Newsroom, data: bytes | None) -> None:
    await anna.sends_file(FileKind.VOICE, data, size=1000)
    await anna.expects("Пришлите его, пожалуйста, ещё раз")
    assert files(newsroom) == 0


async def test_a_document_is_refused_with_the_reason_even_if_a_flow_asks_for_it(
    anna: Person, newsroom: Newsroom
) -> None:
    await anna.sends_document(b"%PDF-1.7")
    await anna.expects("в них остаются сведения о вас")
    assert files(newsroom) == 0


async def test_a_recording_that_does_not_end_is_given_up(
    anna: Person, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = asyncio.Event()

    async def trickles(_file: File) -> AsyncIterator[bytes]:
        try:
            yield b"OggS"
            await asyncio.Event().wait()
        finally:
            closed.set()

    monkeypatch.setattr(anna.stage.adapter, "download", trickles)
    monkeypatch.setattr(job, "RECORDING_SECONDS", 0.01)
    await anna.sends_voice(b"of no use")
    await anna.expects("загружался слишком долго")
    assert closed.is_set()
    assert files(newsroom) == 0


async def test_a_slow_download_is_not_begun_a_second_time(
    anna: Person, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, extended, go_on = 0, asyncio.Event(), asyncio.Event()
    extend = Jobs.extend

    async def slow(_file: File) -> AsyncIterator[bytes]:
        nonlocal begun
        begun += 1
        await go_on.wait()
        yield b"OggS"

    async def told(jobs: Jobs, job: Job) -> bool:
        held = await extend(jobs, job)
        extended.set()
        return held

    monkeypatch.setattr(anna.stage.adapter, "download", slow)
    monkeypatch.setattr(Jobs, "extend", told)
    monkeypatch.setattr(clockwork, "EXTEND_SECONDS", 0)

    async def held_again() -> None:
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):  # the first may have begun before the clock went on
                extended.clear()
                await extended.wait()

    sending = asyncio.create_task(anna.sends_voice(b"OggS"))
    for _ in range(3):
        await held_again()
        clock.pass_(seconds=LEASE_SECONDS - 1)
    await held_again()
    assert not await anna.stage.clockwork.work()
    go_on.set()
    await sending
    assert begun == 1
    async with store.read() as tx:
        assert await tx.jobs.count() == 0
