"""The newsroom's twelve words: made at a terminal, shown once; what went cold is carried away and opened with them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import msgspec
import pytest

from bot.config import load
from bot.opening import open_newsroom
from storage.ids import EditorId
from storage.private import Private
from storage.story import Attachment, Pair, PairKind, Status
from tests.integration.cli.desk import Desk
from tests.integration.cli.terminal import Terminal
from tests.integration.storage.people import chat


async def made_words(desk: Desk) -> str:
    """As a person does it: writes them down, and types two of them back."""
    terminal = await Terminal.start(desk, "keys", "newsroom", "new")
    try:
        await terminal.expects("To be sure, word ")
        shown = dict(re.findall(r"(\d+) ([а-я]+)", terminal.screen))
        for _ in range(2):
            await terminal.expects(":")
            asked = re.findall(r"To be sure, word (\d+)", terminal.screen)[-1]
            terminal.types(shown[asked])
            if _ == 0:
                await terminal.expects("To be sure, word ")
        await terminal.expects("Restart the service.")
        assert await terminal.ends() == 0
    finally:
        await terminal.close()
    assert len(shown) == 12
    return " ".join(shown[str(number)] for number in range(1, 13))


async def put_cold_story(desk: Desk) -> None:
    async def photo() -> AsyncIterator[bytes]:
        yield b"a photo"

    store = await open_newsroom(load(desk.folder / "config.toml"))
    blob = await store.blobs.save(photo())
    async with store.write() as tx:
        await tx.blobs.keep([blob])
        story = await tx.stories.create(
            text=Private("Мне было страшно."),
            language="ru",
            alias="Снегирь",
            byline=None,
            attachments=(Attachment(kind="photo", blob=blob, size=7, caption=Private("мост")),),
            author=chat(),
        )
        await tx.stories.go_cold(story)
    await store.close()


async def agree(desk: Desk) -> None:
    """As two editors do it in the messenger, on its only story."""
    store = await open_newsroom(load(desk.folder / "config.toml"))
    async with store.write() as tx:
        (story,) = await tx.stories.listed(frozenset(Status))
        pair = Pair(kind=PairKind.EXPORT, first=EditorId(b"1" * 16), second=EditorId(b"2" * 16), until=tx.now + 3600)
        await tx.stories.amend(story, msgspec.structs.replace(story.details, pairs=(pair,)))
    await store.close()


async def test_from_the_words_to_the_text_on_another_machine(newsroom_desk: Desk) -> None:
    words = await made_words(newsroom_desk)
    assert "✓ Offline key: " in (await newsroom_desk.run("doctor")).out
    await put_cold_story(newsroom_desk)
    assert "not agreed to" in await newsroom_desk.succeeds("export")
    refused = await newsroom_desk.refuses("export", "Снегирь", "story.cold")
    assert "No two editors have agreed to export Снегирь: one editor asks for it" in refused
    await agree(newsroom_desk)
    assert "agreed to until" in await newsroom_desk.succeeds("export")
    said = await newsroom_desk.succeeds("export", "Снегирь", "story.cold")
    assert "tamizdat open story.cold" in said
    assert "exported" in await newsroom_desk.succeeds("audit", "show")
    assert "No two editors" in await newsroom_desk.refuses("export", "Снегирь", "again.cold")
    folder = newsroom_desk.folder / "elsewhere"
    folder.mkdir()
    (newsroom_desk.folder / "story.cold").rename(folder / "story.cold")
    elsewhere = Desk(folder)
    wrong = await elsewhere.run("open", "story.cold", typed=f"{words} {words}\n")
    assert (wrong.code, "twelve words" in wrong.err) == (2, True)
    await elsewhere.succeeds("open", "story.cold", typed=f"{words}\n")
    opened = folder / "story.opened"
    assert opened.stat().st_mode & 0o777 == 0o700
    assert "Мне было страшно." in (opened / "story.txt").read_text("utf-8")
    assert (opened / "01-photo.jpg").read_bytes() == b"a photo"
    (opened / "thaw.key").rename(newsroom_desk.folder / "thaw.key")
    assert "Снегирь can be read" in await newsroom_desk.succeeds("thaw", "thaw.key")
    assert "Nothing lies cold" in await newsroom_desk.succeeds("export")
    assert "no such story" in (await newsroom_desk.run("thaw", "config.toml")).err


async def test_words_end_in_no_file_and_no_log(newsroom_desk: Desk) -> None:
    assert "at a terminal" in await newsroom_desk.refuses("keys", "newsroom", "new")


@pytest.mark.parametrize("name", ["Снегирь", "0a1b2c3d"])
async def test_what_does_not_lie_cold_is_not_exported(newsroom_desk: Desk, name: str) -> None:
    assert "No cold story" in await newsroom_desk.refuses("export", name, "story.cold")
    assert "Nothing lies cold" in await newsroom_desk.succeeds("export")
