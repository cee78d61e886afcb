"""Requests: what each trouble becomes, that none is repeated behind our back, and that keys are written first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from nio import JoinedMembersError

from bot.errors import PlatformAway, PlatformDenied
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused, MatrixSlow, checked
from bot.platforms.matrix.keeping.crypto_rows import read
from bot.platforms.matrix.keeping.login import Login
from bot.platforms.matrix.settings import MatrixSettings
from storage.errors import DiskFull
from storage.private import Private
from storage.store import Store, Transaction
from tests.patience import PATIENCE

MARKER = "!secretroom:server"
LOGIN = Login(
    user=Private("@bot:server"), device=Private("DEVICE"), token=Private("syt_token"), pickle_key=Private("ab" * 32)
)
Answers = Callable[[web.Request], Awaitable[web.StreamResponse]]

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


class Server:
    """Answers everything in the same way; `paths` is what it was asked."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.answer: Answers = self._well
        self.url = ""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._asked)
        self._runner = web.AppRunner(app)

    async def starts(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stops(self) -> None:
        await self._runner.cleanup()

    def says(self, status: int, body: object) -> None:
        text = body if isinstance(body, str) else json.dumps(body)

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(status=status, text=text)

        self.answer = answer

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path_qs)
        return await self.answer(request)

    async def _well(self, _request: web.Request) -> web.Response:
        return web.json_response({"event_id": "$event"})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    await server.starts()
    yield server
    await server.stops()


@pytest.fixture
async def client(server: Server, store: Store) -> AsyncIterator[MatrixClient]:
    async with store.read() as tx:
        sealed = await read(tx, LOGIN.pickle_key.reveal())
    settings = MatrixSettings(homeserver=server.url, user="@bot:server", read_seconds=PATIENCE)
    client = MatrixClient(settings, LOGIN, sealed, store)
    yield client
    await client.close()


async def test_a_good_answer(client: MatrixClient, server: Server) -> None:
    async def echo(request: web.Request) -> web.Response:
        shown = {name: request.headers.get(name) for name in ("Authorization", "Content-Type")}
        return web.json_response({"method": request.method, "body": await request.json(), **shown})

    server.answer = echo
    answer = await client.call("PUT", "v3/rooms/%21a%3Ab/send/x%2Fy", query={"q": "1 2"}, body={"text": "слово"})
    assert answer == {
        "method": "PUT",
        "body": {"text": "слово"},
        "Authorization": "Bearer syt_token",
        "Content-Type": "application/json",
    }
    assert server.paths == ["/_matrix/client/v3/rooms/!a:b/send/x%2Fy?q=1+2"]


async def test_a_lone_surrogate_from_somebody_else_does_not_spoil_an_answer(
    client: MatrixClient, server: Server
) -> None:
    server.says(200, '{"body": "\\ud800"}')
    assert await client.call("GET", "v3/sync") == {"body": "\ud800"}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, {"errcode": "M_FORBIDDEN", "error": MARKER}, MatrixRefused),
        (401, {"flows": [], "session": MARKER}, MatrixRefused),
        (401, {"errcode": "M_UNKNOWN_TOKEN", "error": MARKER}, PlatformDenied),
        (429, {"errcode": "M_LIMIT_EXCEEDED", "error": MARKER}, MatrixSlow),
        (400, {"errcode": "M_LIMIT_EXCEEDED", "error": MARKER}, MatrixSlow),
        (429, MARKER, MatrixSlow),
        (408, {"errcode": "M_UNKNOWN", "error": MARKER}, PlatformAway),
        (500, {"errcode": "M_UNKNOWN", "error": MARKER}, PlatformAway),
        (502, f"<html>{MARKER}</html>", PlatformAway),
        (404, f"<html>{MARKER}</html>", PlatformAway),
        (400, {"errcode": MARKER}, MatrixRefused),
        (200, MARKER, PlatformAway),
        (200, [MARKER], PlatformAway),
        (200, "[" * 100_000, PlatformAway),
    ],
)
async def test_each_trouble_has_its_name_and_shows_nothing_else(
    client: MatrixClient, server: Server, status: int, body: object, kind: type[Exception]
) -> None:
    server.says(status, body)
    with pytest.raises(kind) as caught:
        await client.call("GET", f"v3/rooms/{MARKER}")
    assert type(caught.value) is kind
    assert MARKER not in f"{caught.value!r} {caught.value} {vars(caught.value)} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert len(server.paths) == 1


async def test_what_a_refusal_says_is_there_for_who_asks(client: MatrixClient, server: Server) -> None:
    server.says(401, {"flows": [{"stages": ["m.login.password"]}], "session": "s"})
    with pytest.raises(MatrixRefused) as caught:
        await client.call("POST", "v3/keys/device_signing/upload", body={})
    assert (caught.value.errcode, caught.value.status) == ("", 401)
    assert caught.value.answer.reveal()["session"] == "s"


@pytest.mark.parametrize(
    ("asked", "seconds"), [(1500, 1.5), (None, 5.0), ("soon", 5.0), (True, 5.0), (-1, 5.0), (10**12, 300.0)]
)
async def test_how_long_to_wait(client: MatrixClient, server: Server, asked: object, seconds: float) -> None:
    server.says(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": asked})
    with pytest.raises(MatrixSlow) as caught:
        await client.call("GET", "v3/sync")
    assert caught.value.after == seconds


async def test_a_body_that_is_cut_off(client: MatrixClient, server: Server) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "100"})
        await answer.prepare(request)
        await answer.write(b'{"next_batch":')
        assert request.transport is not None
        request.transport.close()
        return answer

    server.answer = cut
    with pytest.raises(PlatformAway):
        await client.call("GET", "v3/sync")
    with pytest.raises(PlatformAway):
        await client.whoami()


async def test_an_answer_that_does_not_come(client: MatrixClient, server: Server) -> None:
    silent = asyncio.Event()

    async def never(_request: web.Request) -> web.Response:
        await silent.wait()
        return web.Response()

    server.answer = never
    with pytest.raises(PlatformAway):
        await client.call("GET", "v3/sync", timeout=0.05)
    silent.set()


async def test_nobody_there(client: MatrixClient, server: Server) -> None:
    await server.stops()
    for asked in (client.call("GET", "v3/sync"), client.whoami()):
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(PlatformAway):
                await asked


async def test_nio_asks_once_and_its_error_becomes_ours(client: MatrixClient, server: Server) -> None:
    """Left to itself it would go on for ever."""
    for status, errcode, kind in (
        (429, "M_LIMIT_EXCEEDED", MatrixSlow),
        (403, "M_FORBIDDEN", MatrixRefused),
        (401, "M_UNKNOWN_TOKEN", PlatformDenied),
        (502, "", PlatformAway),
    ):
        server.paths.clear()
        server.says(status, {"errcode": errcode, "error": MARKER, "retry_after_ms": 90_000} if errcode else "<html>")
        async with asyncio.timeout(PATIENCE):
            answer = await client.joined_members(MARKER)
        assert isinstance(answer, JoinedMembersError)
        with pytest.raises(kind) as caught:
            checked(answer)
        assert MARKER not in f"{caught.value!r} {vars(caught.value)}"
        assert len(server.paths) == 1


async def test_keys_are_on_the_disk_before_a_request_leaves(client: MatrixClient, server: Server, store: Store) -> None:
    async def looks(_request: web.Request) -> web.Response:
        async with store.read() as tx:
            kept = await read(tx, LOGIN.pickle_key.reveal())
        account = kept.load_account()
        assert account is not None
        return web.json_response(account.identity_keys)

    server.answer = looks
    before = [client.sealed.is_changed]
    assert await client.call("GET", "v3/sync") == client.machine.account.identity_keys
    after = [client.sealed.is_changed]
    client.sealed.save_account(client.machine.account)
    before.append(client.sealed.is_changed)
    async with client.exchange("GET", "/_matrix/media/v3/config", seconds=2) as answer:
        assert answer.status == 200
    after.append(client.sealed.is_changed)
    client.sealed.save_account(client.machine.account)
    before.append(client.sealed.is_changed)
    await client.whoami()
    after.append(client.sealed.is_changed)
    assert (before, after) == ([True] * 3, [False] * 3)


async def test_without_room_on_the_disk_nothing_leaves(
    client: MatrixClient, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_tx: Transaction) -> None:
        raise DiskFull("There is no room left.")

    monkeypatch.setattr(client, "write", full)
    for asked in (
        client.call("GET", "v3/sync"),
        client.keys_upload(),
        client.joined_members(MARKER),
    ):
        with pytest.raises(DiskFull):
            await asked
    with pytest.raises(DiskFull):
        async with client.exchange("GET", "/_matrix/media/v3/config", seconds=2):
            pass
    assert server.paths == []
    assert client.sealed.is_changed


async def test_neither_client_nor_login_show_anything(client: MatrixClient) -> None:
    shown = f"{client!r} {LOGIN!r} {client.sealed!r} {client.machine!r}"
    for secret in ("syt_token", "DEVICE", "@bot", "abab"):
        assert secret not in shown
