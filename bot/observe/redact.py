"""The safety net under every line that is shown or logged: what looks like a secret or a person is replaced by `…`.

It is a net, not the rope: content and ids are wrapped (`storage/private.py`) and never logged in the first place.
"""

from __future__ import annotations

import re

_NETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(\w[\w+.-]*://)(?:[^\s/@]*@)?([\w.-]*)[^\s\"'<>]*"), r"\1\2/…"),  # account, path and query
    (re.compile(r"\bt\.me/\S+"), "t.me/…"),
    (re.compile(r"\d{6,}:[\w-]{30,}"), "…"),  # a bot's token
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…"),  # e-mail
    (re.compile(r"[@!#$+][\w.=/-]+:[\w.-]+"), "…"),  # Matrix
    (re.compile(r"@\w{3,}"), "@…"),
    (re.compile(r"\+\d[\d ()-]{6,}\d|\b8[ (-]*\d{3}[ )-]*\d{3}[ -]?\d{2}[ -]?\d{2}\b"), "…"),  # telephone
    (re.compile(r"\b(?=[\w-]*\d)[\w-]{32,}"), "…"),  # keys, hashes, long ids
    (re.compile(r"\d{5,}"), "…"),
)


def redact(text: str) -> str:
    """The text without tokens, addresses, account names, numbers of five digits and more."""
    for net, instead in _NETS:
        text = net.sub(instead, text)
    return text
