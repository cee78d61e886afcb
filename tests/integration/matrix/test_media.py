"""Files on Matrix: encrypted as they go, decrypted as they come, checked at their end, never in memory as a whole."""

from __future__ import annotations

import secrets
import tracemalloc
from collections.abc import AsyncIterator
from typing import NoReturn

import msgspec
import pytest
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from bot.errors import FileLost, FileTooLarge
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.speaking.attachments_out import Encrypted
from bot.platforms.matrix.speaking.download import download
from bot.platforms.matrix.speaking.media import Uploads
from bot.platforms.upload import WrongSize
from bot.types import File, FileKind, Media
from storage.ids import BlobId
from storage.private import Private
from tests.integration.matrix.loop_stage import Bot
from tests.integration.platforms.contract import PHOTO, opens

MEGABYTE = 1024 * 1024


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


async def is_lost(client: MatrixClient, broken: str) -> bool:
    try:
        await fetched(client, File(kind=FileKind.PHOTO, handle=Private(broken), size=None))
    except FileLost:
        return True
    return False


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


async def test_a_file_that_is_nowhere_is_lost(client: MatrixClient) -> None:
    _, opener = encrypt_attachment(b"x")
    with pytest.raises(FileLost):
        await fetched(client, handle("mxc://paper.test/never-was-there", opener))


async def test_a_handle_that_is_none_is_lost_and_nothing_asked(
    client: MatrixClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says goes into the path of a request with our token."""

    def exchange(_method: str, path: str, **_how: object) -> NoReturn:
        raise AssertionError(path)

    monkeypatch.setattr(client, "exchange", exchange)
    _, opener = encrypt_attachment(b"x")
    elsewhere = ("mxc://paper.test/../../../etc/passwd", "mxc://paper.test/x?y", "https://paper.test/x", "mxc:///x", "")
    nothing = ("", "{}", "5", '{"url": 1}', "00" * 16)
    for broken in (*(handle(url, opener).handle.reveal() for url in elsewhere), *nothing):
        assert await is_lost(client, broken), broken


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
