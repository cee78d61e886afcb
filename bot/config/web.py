"""Addresses of servers."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from bot.config.table import Table

_HERE = ("127.0.0.1", "localhost", "::1")


def read_api(table: Table, key: str) -> str | None:
    """Where our secrets are sent to: https, or this machine. Without a slash at the end; None: there is none."""
    text = table.take(key, str)
    if text is None:
        return None
    url = split_address(text)
    if url is None or url.scheme not in ("https", "http"):
        table.problem(key, "must be an address that begins with https://.")
    elif url.scheme == "http" and url.hostname not in _HERE:
        table.problem(key, "must begin with https://, because the token travels in it; http:// only on this machine.")
    return text.rstrip("/")


def split_address(text: str) -> SplitResult | None:
    """None when it is no address of a server."""
    try:
        url = urlsplit(text)
        return url if url.hostname and url.port != 0 else None
    except ValueError:  # also of a port out of range
        return None
