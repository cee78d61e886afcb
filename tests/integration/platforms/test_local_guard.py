"""The page's server lets in the browser that opened the link, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.integration.platforms.local_stage import Line, Service, line_to
from tests.patience import PATIENCE


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(tmp_path) as service:
        yield service


@pytest.fixture
async def line(service: Service) -> AsyncIterator[Line]:
    """It has the cookie: what is refused below is refused for another reason."""
    async with line_to(service.adapter.link) as line:
        yield line


async def status_of(line: Line, path: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with line.session.get(f"{line.origin}{path}", headers=named) as answer:
        return answer.status


async def test_the_link_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(service: Service) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(service.adapter.link, allow_redirects=False) as answer,
    ):
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert service.adapter.link.partition("key=")[2] not in cookie


@pytest.mark.parametrize("path", ["/", "/page.js", "/socket", "/files/" + "0" * 32, "/?key=wrong", "/nothing"])
async def test_without_the_cookie_there_is_one_calm_sentence(service: Service, path: str) -> None:
    origin = service.adapter.link.partition("/?")[0]
    async with aiohttp.ClientSession() as session, session.get(f"{origin}{path}") as answer:
        assert answer.status == 401
        assert "откройте ссылку" in await answer.text()


@pytest.mark.parametrize("host", ["localhost", "evil.example", "127.0.0.1", "127.0.0.1:1"])
async def test_another_host_is_refused(line: Line, host: str) -> None:
    assert await status_of(line, "/", Host=host) == 403
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await line.session.ws_connect(f"{line.origin}/socket", origin=line.origin, headers={"Host": host})
    assert refused.value.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", None])
async def test_another_origin_is_refused(line: Line, origin: str | None) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await line.session.ws_connect(f"{line.origin}/socket", origin=origin)
    assert refused.value.status == 403
    headers = {} if origin is None else {"Origin": origin}
    async with line.session.post(f"{line.origin}/files", data=b"x", headers=headers) as answer:
        assert answer.status == 403


async def test_another_program_of_this_machine_can_lead_here_but_not_read(line: Line) -> None:
    assert await status_of(line, "/page.js", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors") == 403
    assert await status_of(line, "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate") == 200


@pytest.mark.parametrize("path", ["/", "/style.css", "/nothing"])
async def test_every_answer_carries_the_policy(line: Line, path: str) -> None:
    async with line.session.get(f"{line.origin}{path}") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "frame-ancestors 'none'; base-uri 'none'; form-action 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_a_refusal_carries_it_too(line: Line) -> None:
    async with line.session.get(f"{line.origin}/", headers={"Host": "evil.example"}) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("called", "served"),
    [
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("audio/x, text/html", "application/octet-stream"),
        ("video/", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("image/png", "image/png"),
        ("audio/ogg", "audio/ogg"),
        ("Video/WebM;codecs=vp8", "video/webm"),
    ],
)
async def test_an_upload_comes_back_as_an_attachment_that_can_do_nothing(line: Line, called: str, served: str) -> None:
    name = await line.upload(b"<script>alert(1)</script>")
    assert await status_of(line, f"/files/{name}") == 404  # not in a chat yet
    assert await line.ask("attach", file=name, name="page.html", media=called, caption="")
    async with line.session.get(f"{line.origin}/files/{name}") as answer:
        assert answer.headers["Content-Type"] == served
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("frame", ["", "{}", '{"type":"post"}', '{"type":"erase","id":"","person":"anna"}'])
async def test_a_frame_that_is_no_request_ends_the_connection(line: Line, frame: str) -> None:
    async with line.session.ws_connect(f"{line.origin}/socket", origin=line.origin) as other:
        await other.receive_json(timeout=PATIENCE)
        await other.send_str(frame)
        assert (await other.receive(timeout=PATIENCE)).type is aiohttp.WSMsgType.CLOSE
        assert other.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION


async def test_the_link_is_the_same_after_a_restart(service: Service) -> None:
    before = service.adapter.link
    await service.stop()
    await service.start()
    assert service.adapter.link == before
