"""Files on Matrix: encrypted as they go, decrypted as they come, checked at their end, never in memory as a whole."""

from __future__ import annotations

import secrets
import tracemalloc
from collections.abc import AsyncIterator
from urllib.parse import quote

import msgspec
import pytest
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from bot.errors import FileLost, FileTooLarge
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.speaking.attachments_out import Encrypted
from bot.platforms.matrix.speaking.download import LARGEST, download
from bot.platforms.matrix.speaking.media import Uploads
from bot.platforms.upload import WrongSize
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import Choice, Content, Delivered, File, FileKind, Media, Refused, Show, Token
from storage.ids import BlobId
from storage.private import Private
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot
from tests.integration.platforms.contract import BYTES, PHOTO, opens, showing
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.matrix_stage import MatrixStage, open_stage

MEGABYTE = 1024 * 1024


@pytest.fixture
async def stage(synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts) -> AsyncIterator[MatrixStage]:
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    store = await newsroom.open()
    async with open_stage(synapse, store, texts) as opened:
        yield opened
    await store.close()


@pytest.fixture
def client(bot: Bot) -> MatrixClient:
    return bot.client


async def pieces(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def uploaded(client: MatrixClient, data: bytes) -> str:
    headers = {"Content-Type": "application/octet-stream"}
    async with client.exchange("POST", "/_matrix/media/v3/upload", headers=headers, data=data, seconds=30) as answer:
        return str((await answer.json())["content_uri"])


def handle(url: str, opener: dict[str, object], size: int | None = None) -> File:
    return File(kind=FileKind.PHOTO, handle=Private(msgspec.json.encode({"url": url, **opener}).decode()), size=size)


async def fetched(client: MatrixClient, file: File) -> bytes:
    return b"".join([piece async for piece in download(client, file)])


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 999, 70_000])
async def test_what_we_encrypt_another_implementation_opens(size: int) -> None:
    data = secrets.token_bytes(size)
    sealed = Encrypted(pieces(data))
    sent = b"".join([piece async for piece in sealed.pieces()])
    file = sealed.file("mxc://paper.test/x")
    assert decrypt_attachment(sent, file["key"]["k"], file["hashes"]["sha256"], file["iv"]) == data
    assert data == b"" or sent != data


async def test_what_another_implementation_encrypted_we_open(client: MatrixClient) -> None:
    data = secrets.token_bytes(200_001)
    sealed, opener = encrypt_attachment(data)
    file = handle(await uploaded(client, sealed), opener, len(data))
    assert await fetched(client, file) == data


async def test_a_file_that_was_changed_on_the_server_is_lost(client: MatrixClient) -> None:
    sealed, opener = encrypt_attachment(b"words" * 1000)
    url = await uploaded(client, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(FileLost):
        await fetched(client, handle(url, opener))


@pytest.mark.parametrize(
    "url",
    [
        "mxc://paper.test/never-was-there",
        "mxc://paper.test/../../../etc/passwd",
        "https://paper.test/x",
        "mxc:///x",
        "",
    ],
)
async def test_a_file_that_is_nowhere_is_lost(client: MatrixClient, url: str) -> None:
    _, opener = encrypt_attachment(b"x")
    with pytest.raises(FileLost):
        await fetched(client, handle(url, opener))


@pytest.mark.parametrize("broken", ["", "{}", "5", '{"url": 1}', "00" * 16])
async def test_a_handle_that_is_none_is_lost(client: MatrixClient, broken: str) -> None:
    with pytest.raises(FileLost):
        await fetched(client, File(kind=FileKind.PHOTO, handle=Private(broken), size=None))


async def test_a_file_that_is_larger_than_it_said_is_refused(
    client: MatrixClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, opener = encrypt_attachment(bytes(200_000))
    file = handle(await uploaded(client, sealed), opener, 5)
    monkeypatch.setattr("bot.platforms.matrix.speaking.download.LARGEST", 199_999)
    with pytest.raises(FileTooLarge):
        await fetched(client, file)


async def test_a_large_file_is_never_in_memory_as_a_whole(client: MatrixClient) -> None:
    size = 24 * MEGABYTE

    async def slowly(_blob: BlobId) -> AsyncIterator[bytes]:
        for _ in range(size // 65536):
            yield bytes(65536)

    media = Media(kind=FileKind.VIDEO, blob=PHOTO.blob, size=size)
    tracemalloc.start()
    try:
        content = await Uploads(client).message(media, {"body": ""}, slowly, encrypted=True)
        found = handle(content["file"]["url"], content["file"], size)
        assert sum([len(piece) async for piece in download(client, found)]) == size
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 6 * MEGABYTE


async def test_a_file_of_another_size_than_announced_is_not_sent(client: MatrixClient) -> None:
    media = Media(kind=FileKind.VIDEO, blob=PHOTO.blob, size=10)
    with pytest.raises(WrongSize):
        await Uploads(client).message(media, {"body": ""}, opens(b"123"), encrypted=True)


async def test_a_photo_is_described_and_the_server_sees_neither_name_nor_kind(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        await stage.says("Hello")
        await keeper.got(1)
        data = BYTES[FileKind.PHOTO]
        buttons = ((Choice(label="Да", token=Token("t:0")),),)
        with_words = msgspec.structs.replace(showing(FileKind.PHOTO, "Это оно?", data), buttons=buttons)
        for content in (
            showing(FileKind.PHOTO, "", data),
            with_words,
            showing(FileKind.VOICE, "", BYTES[FileKind.VOICE]),
        ):
            file = BYTES[FileKind.VOICE] if content.media and content.media.kind is FileKind.VOICE else data
            assert isinstance(await adapter.perform(Show(content=content), stage.chat, None, opens(file)), Delivered)
        await stage.sees()
        described, asked, voice = [one for one in await stage.direct.sees() if one.sender == stage.settings.user]
        assert (described.kind, described.text, described.content["filename"]) == (
            "m.image",
            "Площадь, вечер",
            "photo.jpg",
        )
        assert asked.text == "Это оно?\n\n1. Да"
        assert (voice.kind, "org.matrix.msc3245.voice" in voice.content) == ("m.audio", True)
        media = voice.content["file"]["url"].removeprefix("mxc://")
        path = f"/_synapse/admin/v1/media/{quote(media)}"
        known = (await stage.synapse.admin("GET", path))["media_info"]
        assert (known["media_type"], known["upload_name"]) == ("application/octet-stream", None)


async def test_what_is_never_sent_is_refused_at_once(stage: MatrixStage) -> None:
    adapter = stage.adapter()
    await adapter.start()
    try:
        for kind, size, why in (
            (FileKind.DOCUMENT, 5, "files of this kind are not sent"),
            (FileKind.VIDEO, LARGEST + 1, "the file is larger than 50 MB"),
        ):
            content = Content(text=Rich(), media=Media(kind=kind, blob=PHOTO.blob, size=size))
            outcome = await adapter.perform(Show(content=content), stage.chat, None, opens(b""))
            assert outcome == Refused(why=why)
    finally:
        await adapter.stop()
