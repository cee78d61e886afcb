"""The second factor's codes: six digits made of a shared secret and the clock, as every authenticator app makes them.

RFC 6238 with SHA-1 and steps of 30 seconds: apps know no other. The secret has 160 bits (RFC 4226, 4).
"""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import Final, NewType
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from storage.private import Private

TimeStep = NewType("TimeStep", int)
"""Seconds since 1970, in steps of 30."""
_STEP: Final = 30
_DIGITS: Final = 6
_SECRET: Final = 20
_AROUND: Final = (-1, 0, 1)
"""A phone's clock may be off by half a minute, and typing takes time."""


def new_secret() -> Private[bytes]:
    return Private(secrets.token_bytes(_SECRET))


def step_of(secret: Private[bytes], code: str, now: int) -> TimeStep | None:
    """For which step it is the code; None for a wrong one. Every step is compared, whichever it is."""
    found = None
    for step in (TimeStep(now // _STEP + around) for around in _AROUND):
        if hmac.compare_digest(code_of(secret, step), code):
            found = step
    return found


def code_of(secret: Private[bytes], step: TimeStep) -> str:
    made = TOTP(secret.reveal(), _DIGITS, SHA1(), _STEP)  # noqa: S303 - what apps know; HMAC is not hurt by collisions
    return made.generate(step * _STEP).decode()


def is_code(text: str) -> bool:
    return len(text) == _DIGITS and text.isascii() and text.isdigit()


def key_words(secret: Private[bytes]) -> str:
    """To be typed into an app: base32 in groups of four."""
    plain = base64.b32encode(secret.reveal()).decode()
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def address(secret: Private[bytes], name: str) -> str:
    """To be scanned by an app. Without the newsroom's name: a phone may be searched."""
    return f"otpauth://totp/{quote(name)}?secret={base64.b32encode(secret.reveal()).decode()}"
