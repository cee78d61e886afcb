"""The same search after whatever may become of what somebody has told: it is sent, wiped, left lying until it expires,
taken back, deleted with everything, brought back out of a back-up.

On a stage, whose clock runs as fast as it must; the store, its files and its keys are real.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import func, select

import handlers
from bot.flows.program import Closing, Tools
from bot.flows.testing import Person, Stage
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from handlers.upkeep import SWEEP, WIPE
from storage.backup import backup
from storage.clock import DAY, HOUR
from storage.restore import restore
from storage.store import Store
from storage.tables import conversations, messages, stories
from tests.acceptance import words
from tests.acceptance.markers import Marker, files_under, of_bytes, of_number, of_text, scan
from tests.acceptance.scene import AUTHOR
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, ROOT, MakeNewsroom, Newsroom
from tests.integration.flows.conftest import messenger
from tests.integration.flows.people import Cast, details
from tests.sentences import newsroom_texts

TOLD, ANOTHER, UNSENT = words.story(900, 21), words.story(700, 22), words.story(800, 23)
VOICE = words.recording(24, size=90_000)
LEAVER = AUTHOR + 5


def betrayals() -> list[Marker]:
    texts = {"story": TOLD, "another": ANOTHER, "draft": UNSENT, "pen name": words.PEN_NAME}
    found = [marker for of, text in texts.items() for marker in of_text(of, text)]
    for of, number in (("author", AUTHOR), ("leaver", LEAVER)):
        found += of_number(of, number)
    return found + of_bytes("voice message", VOICE)


@dataclass(kw_only=True)
class Search:
    """Of every file that the newsroom has, and of what it logs."""

    newsroom: Newsroom
    caplog: pytest.LogCaptureFixture
    begun: float
    markers: list[Marker] = field(default_factory=betrayals)
    after: list[str] = field(default_factory=list)

    async def __call__(self, station: str, *further: Path) -> None:
        files = files_under(self.newsroom.home, *further)
        assert len(files) >= 2, "keys, and a database or what is beside it"
        if self.newsroom.url is not None:  # where other tests have been at work too
            files += files_under(await _server_s_folder(self.newsroom.url), since=self.begun)
        assert scan(self.markers, files) == [], station
        for text in (TOLD, ANOTHER, UNSENT, str(AUTHOR), str(LEAVER)):
            assert text[:30] not in self.caplog.text, station
        self.after.append(station)


async def _server_s_folder(url: str) -> Path:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("CHECKPOINT")
        return Path(await connection.fetchval("SHOW data_directory"))
    finally:
        await connection.close()


@pytest.fixture
async def search(newsroom: Newsroom, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> Search:
    caplog.set_level(logging.INFO)
    mark = tmp_path / "begun"
    mark.touch()
    return Search(newsroom=newsroom, caplog=caplog, begun=mark.stat().st_mtime)


@pytest.fixture
def stage(store: Store) -> Stage:
    return Stage(store, lambda: handlers.newsroom(_fetch), newsroom_texts(), adapter=messenger("telegram"))


async def _fetch(tools: Tools, payload: bytes) -> Closing | None:
    """Recordings come in as ever; there are no photos here."""
    return await fetch_job(PhotoRebuilder())(tools, payload)


async def tells(cast: Cast, author: Person, text: str) -> None:
    await cast.begin(author)
    await author.says(text)
    await author.sends_voice(VOICE)
    await author.presses("Готово")
    await author.presses("Псевдонимом")
    await author.says(words.PEN_NAME)
    await details(author)
    await author.presses("Отправить")
    await author.expects("История отправлена")


async def passes(stage: Stage, clock: Clock, seconds: int) -> None:
    clock.pass_(seconds=seconds)
    async with stage.store.write() as tx:
        for kind in (WIPE, SWEEP):
            await tx.timers.set(kind, b"", tx.now)
    await stage.settle()


async def rows(store: Store) -> tuple[int, int, int]:
    """(stories, conversations, messages that are to be wiped)"""
    async with store.read() as tx:
        counted = [select(func.count()).select_from(table) for table in (stories, conversations, messages)]
        first, second, third = [int((await tx.work.connection.execute(one)).scalar_one()) for one in counted]
    return first, second, third


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_nothing_that_betrays_anybody_is_in_a_file_whatever_became_of_it(
    stage: Stage, newsroom: Newsroom, make_newsroom: MakeNewsroom, clock: Clock, search: Search
) -> None:
    cast = Cast(stage=stage, data=newsroom.data)
    author, leaver = stage.person(str(AUTHOR)), stage.person(str(LEAVER))
    await tells(cast, author, TOLD)
    await search("submission")

    made = await backup(
        stage.store, newsroom.home / "copies", ROOT, ring=newsroom.ring, keys_target=newsroom.home / "ring copies"
    )
    await search("a back-up")

    await author.says("/help")
    assert (await rows(stage.store))[2] > 0
    await passes(stage, clock, 37 * HOUR)
    assert author.chat == []
    assert (await rows(stage.store))[2] == 0
    await search("wiping")

    await cast.begin(leaver)
    await leaver.says(UNSENT)
    await passes(stage, clock, 26 * HOUR)
    await leaver.says("/mine")  # which an unfinished story would not let through
    await leaver.expects("Вы пока ничего не рассказали")
    await search("expiry")

    elsewhere = make_newsroom("sqlite" if stage.store.database.is_sqlite else "postgresql")
    await elsewhere.prepare(migrated=False)
    await restore(made.copy, ROOT, data=elsewhere.data, ring=elsewhere.ring, database=elsewhere.url)
    brought = await elsewhere.open()
    assert (await rows(brought))[0] == 1
    await search("restore", elsewhere.home)
    await brought.close()
    await elsewhere.remove()

    await tells(cast, author, ANOTHER)
    await author.says("/mine")
    await author.presses("История 2")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    assert (await rows(stage.store))[0] == 1
    await passes(stage, clock, DAY)
    await search("shred")

    for person in (author, leaver):
        await person.says("/delete")
        await person.presses("Да, удалить всё")
    assert (await rows(stage.store))[:2] == (0, 0)
    await search("delete my data")
    assert len(search.after) == 7
