"""Which link targets Telegram keeps in a text, and the form it gives them (after TDLib's own tests offline)."""

from __future__ import annotations

import ipaddress
import re

_OWN_SCHEMES = ("tonsite", "ton", "tg")
_PART = re.compile(rb"(?:[A-Za-z0-9.\-_!$,~*'();&+=\x80-\xff]|%[0-9A-Fa-f]{2})*")
_USERINFO = re.compile(rb"(?:[A-Za-z0-9.\-_!$,~*'();&+=:\x80-\xff]|%[0-9A-Fa-f]{2})*")
_USER = re.compile(r"tg:(?://)?user/?\?([^#]*)", re.IGNORECASE)


def mentioned_user(url: str) -> int | None:
    """The person a `tg://user?id=…` link names; None for every other link."""
    found = _USER.match(url)
    if not found:
        return None
    for pair in found[1].split("&"):
        key, _, value = pair.partition("=")
        if key.lower() == "id":
            return int(value) if re.fullmatch(r"-?\d{1,18}", value) and int(value) > 0 else None
    return None


def checked(url: str) -> str | None:
    """The link as Telegram would keep it, or None when it drops the link and leaves the words."""
    own = next((name for name in _OWN_SCHEMES if url.lower().startswith(name + ":")), None)
    if own:
        url = url[len(own) + 1 :].removeprefix("//")
    parts = _parse(url)
    if parts is None:
        return None
    scheme, userinfo, host, port, rest = parts
    if own:
        if url.lower().startswith("http://") or scheme == "https" or userinfo or port or host.startswith("["):
            return None
        allowed = "[a-z0-9_.-]+" if own == "tonsite" else "[a-z0-9_-]+"
        if not re.fullmatch(allowed, host):
            return None
        return f"{own}://{host}{rest[1:] if rest.startswith('/?') else rest}"
    if "." not in host and not host.startswith("["):
        return None
    return f"{scheme}://{userinfo + '@' if userinfo else ''}{host}{f':{port}' if port else ''}{rest}"


def _parse(url: str) -> tuple[str, str, str, int, str] | None:
    """(scheme, userinfo, host, port or 0, path with query)."""
    scheme = "http"
    found = re.match(r"([^:/?#@\[\]]*)://", url)
    if found:
        scheme = found[1].lower()
        if scheme not in ("http", "https"):
            return None
        url = url[found.end() :]
    cut = re.search(r"[/?#]", url)
    authority, rest = (url[: cut.start()], url[cut.start() :]) if cut else (url, "")
    port = 0
    numbered = re.search(r"(?<=.):([^:\]@]*)$", authority, re.DOTALL)
    if numbered:
        if not re.fullmatch(r"0*[1-9]\d{0,4}", numbered[1]) or int(numbered[1]) > 65535:
            return None
        port, authority = int(numbered[1]), authority[: numbered.start()]
    userinfo, _, host = authority.rpartition("@")
    host = re.sub(r"[A-Z]+", lambda capitals: capitals[0].lower(), host)
    if host in ("", "."):
        return None
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return None
    elif not _PART.fullmatch(host.encode()) or not _USERINFO.fullmatch(userinfo.encode()):
        return None
    rest = rest.rstrip(" \t\r\n\0\v") or "/"
    rest = rest if rest.startswith("/") else "/" + rest
    return scheme, userinfo, host, port, re.sub(r"[\0-\x20]", lambda odd: f"%{ord(odd[0]):02X}", rest)
