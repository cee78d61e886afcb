"""Who may speak to the page's server: this machine's browser that opened the printed link, and no other page.

Against other sites (DNS rebinding, forged requests): exact Host and Origin. Against other people of this
machine: the link's key, which becomes a cookie. Against what is in the chats: a strict content policy.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from storage.vault import DataKey, derive

_COOKIE: Final = "tamizdat-page"
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CLOSED: Final = (
    "Чтобы войти, откройте ссылку, которую служба показала в терминале.\n"
    "To come in, open the link that the service printed in the terminal.\n"
)


class Guard:
    """Key and cookie are derived from the demo's own key, so an open page comes back after a restart."""

    def __init__(self, key: DataKey, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._origin = f"http://{self._host}"
        self._link_key = _text(derive(key, "local-page-link"))
        self._cookie = _text(derive(key, "local-page-cookie"))

    @property
    def link(self) -> str:
        return f"{self._origin}/?key={self._link_key}"

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._is_from_here(request):
            raise web.HTTPForbidden
        if request.path == "/" and "key" in request.query:
            return self._enter(request.query["key"])
        if not hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), self._cookie.encode()):
            return _closed()
        return await handler(request)

    def _is_from_here(self, request: web.Request) -> bool:
        if request.headers.getall("Host", []) != [self._host]:
            return False
        origins = request.headers.getall("Origin", [])
        plain_get = request.method in {"GET", "HEAD"} and "Upgrade" not in request.headers
        if origins != [self._origin] and (origins or not plain_get):
            return False
        # Cookies know no ports: what another program on 127.0.0.1 shows could ask with ours. It may lead here.
        leads_here = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        return leads_here or request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}

    def _enter(self, key: str) -> web.StreamResponse:
        if not hmac.compare_digest(key.encode(), self._link_key.encode()):
            return _closed()
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(_COOKIE, self._cookie, path="/", httponly=True, samesite="Strict")
        return response


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """On every answer, refusals included; a handler may set a stricter policy."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _closed() -> web.Response:
    return web.Response(status=401, text=_CLOSED)


def _text(key: bytes) -> str:
    return urlsafe_b64encode(key).rstrip(b"=").decode()
