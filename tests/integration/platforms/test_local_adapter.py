"""The page's messenger as the service meets it: nothing is lost, nothing comes twice, nothing lies there in plain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.errors import ConfigError, FileLost
from bot.outcomes import Delivered, Outcome, Refused, Unreachable
from bot.platforms.local import LocalAdapter
from bot.platforms.local.people import ANNA, BORIS, CHANNELS, CONTRIBUTOR, EDITORS_ROOM, SUBSCRIBER, account, address
from bot.texts.rich import Rich, bold
from bot.types import (
    Called,
    ChatKind,
    Choice,
    Content,
    Edited,
    Erase,
    FileKind,
    Media,
    Opening,
    Place,
    Said,
    Sent,
    Show,
    Tapped,
    Token,
)
from storage.address import Reference
from storage.errors import DatabaseBusy, Unreadable
from storage.ids import BlobId
from storage.private import Private
from storage.vault import DataKey
from tests.integration.platforms.local_stage import KEY, Line, MemorySink, Service, line_to
from tests.ports import held_port

AUTHOR = address(CONTRIBUTOR, "main")


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(tmp_path) as service:
        yield service


@pytest.fixture
async def line(service: Service) -> AsyncIterator[Line]:
    async with line_to(service.adapter.link) as line:
        yield line


def no_blob(_: BlobId) -> AsyncIterator[bytes]:
    raise AssertionError("no blob was to be asked for")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def tells(service: Service, show: Show, before: Reference | None = None) -> Reference:
    outcome = await service.adapter.perform(show, AUTHOR, before, no_blob, "")
    assert isinstance(outcome, Delivered)
    assert outcome.reference is not None
    return outcome.reference


def message(text: str, *buttons: Choice | Opening, place: Place = Place.NEW) -> Show:
    return Show(content=Content(text=Rich.plain(text), buttons=(buttons,) if buttons else ()), place=place)


async def seen(service: Service, chat: str = CONTRIBUTOR) -> list[str]:
    async with line_to(service.adapter.link) as line:
        return ["".join(run["text"] for run in bubble["runs"]) for bubble in line.chats[chat]]


async def test_what_a_person_writes_arrives(service: Service, line: Line) -> None:
    assert await line.ask("post", text="Здравствуйте", language="en")
    event = await service.sink.next()
    assert event.body == Said(text=Private("Здравствуйте"))
    assert (event.chat, event.person, event.kind) == (AUTHOR, account(CONTRIBUTOR), ChatKind.PRIVATE)
    assert event.language_code == "en"
    assert event.reference is not None


async def test_a_command_and_a_deep_link_are_calls(service: Service, line: Line) -> None:
    await line.ask("post", text="/Start answer-12")
    assert (await service.sink.next()).body == Called(name="start", argument=Private("answer-12"))


async def test_a_long_text_becomes_several_messages(service: Service, line: Line) -> None:
    told = " ".join(["слово"] * 2500)
    await line.ask("post", text=told)
    said = [(await service.sink.next()).body for _ in range(4)]
    assert " ".join(body.text.reveal() for body in said if isinstance(body, Said)) == told
    assert service.sink.is_empty()


async def test_an_act_that_is_repeated_is_done_once(service: Service, line: Line) -> None:
    await line.ask("post", text="раз", id="one")
    await line.ask("post", text="раз", id="one")
    await line.ask("post", text="два")
    assert [(await service.sink.next()).body for _ in range(2)] == [Said(text=Private(word)) for word in ("раз", "два")]
    assert await seen(service) == ["раз", "два"]


async def test_an_act_is_remembered_over_a_restart(service: Service) -> None:
    async with line_to(service.adapter.link) as line:
        await line.ask("post", text="раз", id="one")
    await service.stop()
    await service.start()
    async with line_to(service.adapter.link) as line:
        assert await line.ask("post", text="раз", id="one")
    assert await seen(service) == ["раз"]


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as port:
        yield port


async def test_what_the_service_had_not_taken_comes_after_its_restart(tmp_path: Path, port: int) -> None:
    sink = MemorySink()
    down = LocalAdapter(folder=tmp_path, key=KEY, restart=lambda: None, port=port)
    await down.start()
    async with line_to(down.link) as line:
        await line.ask("post", text="до перезапуска")
    await down.stop()

    up = LocalAdapter(folder=tmp_path, key=KEY, restart=lambda: None, port=port)
    await up.start()
    receiving = asyncio.create_task(up.receive(sink))
    assert (await sink.next()).body == Said(text=Private("до перезапуска"))
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await up.stop()


async def test_a_new_world_gives_no_number_that_the_service_knows(service: Service, line: Line) -> None:
    await service.sink.accept([], source="local:main", cursor="700")
    await service.stop()
    await service.start()
    async with line_to(service.adapter.link) as again:
        await again.ask("post", text="снова")
    event = await service.sink.next()
    assert int(event.event) > 700


async def test_buttons(service: Service, line: Line) -> None:
    shown = await tells(
        service,
        message(
            "Что дальше?",
            Choice(label="Да", token=Token("t-1")),
            Choice(label="Справка", token=Token("!help:all:now")),
            Opening(label="Открыть", payload="story-1"),
        ),
    )
    number = int(shown.message.reveal())
    for button in range(3):
        assert await line.ask("tap", message=number, button=button)
    tapped, called, opened = [await service.sink.next() for _ in range(3)]
    assert (tapped.body, tapped.reference) == (Tapped(token=Token("t-1")), shown)
    assert called.body == Called(name="help", argument=Private("all:now"))
    assert opened.body == Called(name="start", argument=Private("story-1"))
    assert not await line.ask("tap", message=number, button=3)


async def test_a_room_leads_each_editor_into_their_own_chat(service: Service, line: Line) -> None:
    room = address(EDITORS_ROOM, "main")
    card = message("Карточка", Opening(label="Читать", payload="card-1"))
    outcome = await service.adapter.perform(card, room, None, no_blob, "")
    assert isinstance(outcome, Delivered)
    assert outcome.reference is not None
    number = int(outcome.reference.message.reveal())
    assert await line.ask("tap", person=BORIS, chat=EDITORS_ROOM, message=number, button=0)
    event = await service.sink.next()
    assert (event.chat, event.person) == (address(BORIS, "main"), account(BORIS))
    assert not await line.ask("tap", person=SUBSCRIBER, chat=EDITORS_ROOM, message=number, button=0)


@pytest.mark.parametrize(
    ("person", "chat"), [(ANNA, BORIS), (SUBSCRIBER, EDITORS_ROOM), (SUBSCRIBER, CHANNELS[0]), ("mallory", "mallory")]
)
async def test_nobody_writes_where_they_are_not(service: Service, line: Line, person: str, chat: str) -> None:
    assert not await line.ask("post", person=person, chat=chat, text="Я здесь?")
    assert service.sink.is_empty()


async def test_a_person_edits_and_deletes_their_own_message_only(service: Service, line: Line) -> None:
    await line.ask("post", text="черновик")
    said = await service.sink.next()
    assert said.reference is not None
    number = int(said.reference.message.reveal())
    assert await line.ask("edit", message=number, text="чистовик")
    edited = await service.sink.next()
    assert (edited.body, edited.reference) == (Edited(text=Private("чистовик")), said.reference)
    bots = await tells(service, message("Слово бота"))
    assert not await line.ask("edit", message=int(bots.message.reveal()), text="чужое")
    assert await line.ask("erase", message=number)
    assert not await line.ask("erase", message=number)
    assert await seen(service) == ["Слово бота"]


async def test_the_bot_edits_in_place_moves_down_and_deletes(service: Service) -> None:
    first = await tells(service, message("первое"))
    second = await tells(service, message("второе"))
    assert await tells(service, message("первое, иначе", place=Place.SAME), first) == first
    assert await seen(service) == ["первое, иначе", "второе"]
    moved = await tells(service, message("внизу", place=Place.BOTTOM), first)
    assert await seen(service) == ["второе", "внизу"]
    outcome = await service.adapter.perform(Erase(references=(second,)), AUTHOR, moved, no_blob, "")
    assert outcome == Delivered()
    assert await seen(service) == []
    assert await tells(service, message("снова", place=Place.SAME), moved) != moved


async def test_a_file_arrives_and_goes_with_its_message(service: Service, line: Line) -> None:
    data = bytes(range(256)) * 900
    name = await line.upload(data)
    assert await line.ask("attach", file=name, name="окно.jpg", media="image/jpeg", caption="Окно")
    event = await service.sink.next()
    assert isinstance(event.body, Sent)
    assert (event.body.file.kind, event.body.file.size) == (FileKind.PHOTO, len(data))
    assert event.body.caption == Private("Окно")
    assert b"".join([piece async for piece in service.adapter.download(event.body.file)]) == data
    assert event.reference is not None
    await service.adapter.perform(Erase(references=(event.reference,)), AUTHOR, None, no_blob, "")
    with pytest.raises(FileLost):
        _ = [piece async for piece in service.adapter.download(event.body.file)]


async def test_a_file_too_large_leaves_nothing_behind(service: Service, line: Line, tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(21):
            yield bytes(1024 * 1024)

    headers = {"Origin": line.origin}
    async with line.session.post(f"{line.origin}/files", data=endless(), headers=headers) as answer:
        assert answer.status == 413
    assert list((tmp_path / "local-files").iterdir()) == []


async def test_the_bot_sends_a_photo(service: Service, line: Line) -> None:
    async def blob(_: BlobId) -> AsyncIterator[bytes]:
        yield b"first half, "
        yield b"second half"

    media = Media(kind=FileKind.PHOTO, blob=BlobId(bytes(16)), size=23, alt=Private("Пустая площадь"))
    show = Show(content=Content(text=bold("Снимок"), media=media))
    assert isinstance(await service.adapter.perform(show, AUTHOR, None, blob, ""), Delivered)
    bubble = await line.hear()
    assert await line.file(bubble["file"]["id"]) == b"first half, second half"
    assert bubble["file"]["alt"] == "Пустая площадь"


@pytest.mark.parametrize(
    "content",
    [
        Content(text=Rich.plain("я" * 4097)),
        Content(text=Rich.plain(" \n")),
        Content(text=Rich.plain("?"), buttons=((Choice(label="Да", token=Token("й" * 33)),),)),
        Content(text=Rich.plain("?"), buttons=((Opening(label="Да", payload="x" * 65),),)),
    ],
)
async def test_what_no_messenger_would_take_is_refused(service: Service, content: Content) -> None:
    outcome: Outcome = await service.adapter.perform(Show(content=content), AUTHOR, None, no_blob, "")
    assert isinstance(outcome, Refused)
    assert "я" not in outcome.why
    assert await service.adapter.perform(message("?"), address("nobody", "main"), None, no_blob, "") == Unreachable()


async def test_members_of_the_room_are_the_editors(service: Service) -> None:
    room = address(EDITORS_ROOM, "main")
    members = [
        person for person in (CONTRIBUTOR, ANNA, BORIS) if await service.adapter.is_member(room, account(person))
    ]
    assert members == [ANNA, BORIS]


async def test_nothing_lies_there_in_plain_and_what_is_deleted_is_gone(tmp_path: Path) -> None:
    async with Service(tmp_path) as service, line_to(service.adapter.link) as line:
        await line.ask("post", text="MARKER-TEXT")
        file = await line.upload(b"MARKER-FILE" * 100)
        await line.ask("attach", file=file, name="MARKER-NAME", media="text/plain", caption="MARKER-CAPTION")
        await tells(service, message("MARKER-ANSWER"))
        events = [await service.sink.next(), await service.sink.next()]
        stored = b"".join(path.read_bytes() for path in files_in(tmp_path))
        assert len(stored) > 60_000
        assert b"MARKER" not in stored
        assert CONTRIBUTOR.encode() not in stored
        references = tuple(event.reference for event in events if event.reference is not None)
        await service.adapter.perform(Erase(references=references), AUTHOR, None, no_blob, "")
        assert await seen(service) == ["MARKER-ANSWER"]
        assert list((tmp_path / "local-files").iterdir()) == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in files_in(tmp_path))


async def test_another_key_opens_nothing(tmp_path: Path) -> None:
    async with Service(tmp_path) as service:
        await tells(service, message("слово"))
    stranger = LocalAdapter(folder=tmp_path, key=DataKey.new(), restart=lambda: None, port=0)
    with pytest.raises(Unreadable):
        await stranger.start()


async def test_a_second_service_does_not_start(service: Service, tmp_path: Path) -> None:
    same_folder = LocalAdapter(folder=tmp_path, key=KEY, restart=lambda: None, port=0)
    with pytest.raises(DatabaseBusy):
        await same_folder.start()
    port = int(service.adapter.link.split(":")[2].split("/")[0])
    same_port = LocalAdapter(folder=tmp_path / "other", key=KEY, restart=lambda: None, port=port)
    with pytest.raises(ConfigError, match=str(port)):
        await same_port.start()
