"""Connections that are kept: each answer goes to its own request; whatever happens, it is clear how far that came."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from telegram.error import NetworkError, TimedOut

from bot.platforms.telegram import wires as module
from bot.platforms.telegram.errors import NotSent
from bot.platforms.telegram.wires import Wires
from tests.patience import PATIENCE

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
Answer = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


class Server:
    """Answers each request as `answer` does, once; then by repeating its body."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.requests: list[str] = []
        self.open: set[asyncio.StreamWriter] = set()
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
                self.requests.append(head.decode())
                answer, self.answer = self.answer or self._repeat, None
                await answer(writer, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open.discard(writer)
            writer.close()

    async def is_left_with(self, connections: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.open) != connections:  # noqa: ASYNC110 - a closed connection makes no sound here
                await asyncio.sleep(0.01)

    async def _repeat(self, writer: asyncio.StreamWriter, body: bytes) -> None:
        writer.write(PLAIN % (len(body), body))


@asynccontextmanager
async def serving(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/bot1:secret"
    finally:
        listening.close()
        for writer in list(server.open):
            writer.transport.abort()


@pytest.fixture
async def server() -> Server:
    return Server()


@pytest.fixture
async def wires(server: Server) -> AsyncIterator[Wires]:
    async with serving(server) as url:
        made = Wires(url, PATIENCE)
        yield made
        made.close()


def saying(*pieces: bytes, then: Callable[[asyncio.StreamWriter], None] | None = None) -> Answer:
    async def answer(writer: asyncio.StreamWriter, _body: bytes) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if then is not None:
            then(writer)

    return answer


async def test_a_request_is_what_the_bot_api_takes(server: Server, wires: Wires) -> None:
    assert await wires.post("sendMessage", "{“ё”}".encode()) == (200, "{“ё”}".encode())
    lines = server.requests[0].split("\r\n")
    assert lines[0] == "POST /bot1:secret/sendMessage HTTP/1.1"
    assert lines[1].startswith("Host: 127.0.0.1:")
    assert "Content-Type: application/json" in lines


async def test_connections_are_kept_and_there_are_as_many_as_posts_at_once(server: Server, wires: Wires) -> None:
    for _ in range(3):
        answers = await asyncio.gather(*(wires.post("m", b"%d" % number) for number in range(20)))
        assert answers == [(200, b"%d" % number) for number in range(20)]
    assert server.connections == 20


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", b"1\r\nc\r\n0\r\n\r\n"), (200, b"abc")),
        ((b"HTTP/1.1 100 Continue\r\n\r\n", PLAIN % (2, b"ok")), (200, b"ok")),
        ((b"HTTP/1.1 2", b"00 OK\r\nContent-Le", b"ngth: 2\r\n\r\no", b"k"), (200, b"ok")),
        ((b"HTTP/1.1 429 Slow\r\nContent-Length: 2\r\n\r\n{}",), (429, b"{}")),
    ],
)
async def test_an_answer_in_any_form(
    server: Server, wires: Wires, pieces: tuple[bytes, ...], found: tuple[int, bytes]
) -> None:
    server.answer = saying(*pieces)
    assert await wires.post("m", b"1") == found
    assert await wires.post("m", b"2") == (200, b"2")
    assert server.connections == 1


async def test_a_refusal_that_ends_with_its_connection_is_a_refusal(server: Server, wires: Wires) -> None:
    server.answer = saying(b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>", then=lambda writer: writer.close())
    assert await wires.post("m", b"1") == (502, b"<html>")


async def test_a_connection_that_the_server_does_not_keep_is_not_used_again(server: Server, wires: Wires) -> None:
    server.answer = saying(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
    assert await wires.post("m", b"1") == (200, b"ok")
    assert await wires.post("m", b"2") == (200, b"2")
    assert server.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", then=lambda writer: writer.transport.abort()),
        saying(then=lambda writer: writer.close()),
        saying(b"SSH-2.0 this is no HTTP\r\n\r\n"),
        saying(PLAIN % (2_000_000, bytes(2_000_000))),
    ],
    ids=["half", "nothing", "garbage", "endless"],
)
async def test_what_may_have_arrived_is_said_to_be_in_doubt(server: Server, wires: Wires, answer: Answer) -> None:
    server.answer = answer
    with pytest.raises(NetworkError) as failure:
        await wires.post("m", b"1")
    assert not isinstance(failure.value, NotSent)
    assert await wires.post("m", b"2") == (200, b"2")
    await server.is_left_with(1)


async def test_silence_ends_together_with_its_connection(server: Server, wires: Wires) -> None:
    server.answer = saying()
    wires._answer_seconds = 0.1
    with pytest.raises(TimedOut):
        await wires.post("m", b"1")
    await server.is_left_with(0)
    wires._answer_seconds = PATIENCE
    assert await wires.post("m", b"2") == (200, b"2")


async def test_what_is_on_its_way_when_the_rest_is_closed_keeps_its_limit(server: Server, wires: Wires) -> None:
    asked = asyncio.Event()

    async def answer(writer: asyncio.StreamWriter, _body: bytes) -> None:
        asked.set()

    server.answer = answer
    wires._answer_seconds = 0.1
    waiting = asyncio.create_task(wires.post("m", b"1"))
    await asked.wait()
    wires.close()
    with pytest.raises(TimedOut):
        await waiting


async def test_whoever_does_not_wait_for_the_answer_leaves_it_to_nobody(server: Server, wires: Wires) -> None:
    asked = asyncio.Event()

    async def answer(writer: asyncio.StreamWriter, _body: bytes) -> None:
        asked.set()

    server.answer = answer
    waiting = asyncio.create_task(wires.post("m", b"1"))
    await asked.wait()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert await wires.post("m", b"2") == (200, b"2")
    assert server.connections == 2
    await server.is_left_with(1)


@pytest.mark.parametrize("extra", [PLAIN % (5, b"extra"), (PLAIN % (5, b"extra"))[:-2], b"HTT", b"\x00"])
async def test_more_than_one_answer_to_a_request_is_one_too_many(server: Server, wires: Wires, extra: bytes) -> None:
    server.answer = saying(PLAIN % (2, b"ok") + extra)
    assert await wires.post("m", b"1") == (200, b"ok")
    assert await wires.post("m", b"2") == (200, b"2")
    assert server.connections == 2


async def test_what_comes_unasked_ends_the_connection(server: Server, wires: Wires) -> None:
    await wires.post("m", b"1")
    for writer in server.open:
        writer.write((PLAIN % (5, b"extra"))[:-2])
    await server.is_left_with(0)
    assert await wires.post("m", b"2") == (200, b"2")


async def test_a_connection_that_lay_idle_for_long_is_not_trusted(
    server: Server, wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wires.post("m", b"1")
    monkeypatch.setattr(module, "_KEPT_SECONDS", -1.0)
    await wires.post("m", b"2")
    assert server.connections == 2


async def test_what_nobody_uses_is_closed_after_a_while(
    server: Server, wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT_SECONDS", 0.05)
    await asyncio.gather(*(wires.post("m", b"1") for _ in range(5)))
    await server.is_left_with(0)


async def test_a_connection_that_the_server_has_closed_meanwhile_is_not_used(server: Server, wires: Wires) -> None:
    await wires.post("m", b"1")
    for writer in list(server.open):
        writer.close()
        await writer.wait_closed()
    await asyncio.sleep(0)
    assert await wires.post("m", b"2") == (200, b"2")


async def test_a_server_that_hangs_up_at_once_keeps_nobody_waiting() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async with await asyncio.start_server(hang_up, "127.0.0.1") as listening:
        wires = Wires(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", 200.0)
        for _ in range(20):
            with pytest.raises(NetworkError):
                await wires.post("m", b"1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/bot1:secret", "http://no-such-host.invalid/bot1:secret"])
async def test_without_a_connection_nothing_was_sent(url: str) -> None:
    with pytest.raises(NotSent) as failure:
        await Wires(url, PATIENCE).post("m", b"1")
    assert "secret" not in repr(failure.value)
    assert failure.value.__context__ is None


async def test_a_name_and_a_password_in_the_address_go_into_a_header(server: Server) -> None:
    async with serving(server) as url:
        wires = Wires(url.replace("127", "anna:p%40ss@127"), PATIENCE)
        await wires.post("m", b"1")
        wires.close()
    assert "Authorization: Basic YW5uYTpwQHNz" in server.requests[0]
    assert "anna" not in server.requests[0]


async def test_only_a_server_that_proves_its_name_is_told_anything(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, other = certificate(tmp_path / "a"), certificate(tmp_path / "b")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    for proof, arrives in ((trusted, True), (other, False)):
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(proof)
        async with serving(server, tls) as url:
            wires = Wires(url, PATIENCE)
            if arrives:
                assert await wires.post("m", b"1") == (200, b"1")
            else:
                with pytest.raises(NotSent):
                    await wires.post("m", b"1")
            wires.close()
    assert len(server.requests) == 1


def certificate(folder: Path) -> Path:
    """Its own authority, for this machine, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder.mkdir()
    place = folder / "server.pem"
    place.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return place
