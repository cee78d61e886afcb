"""The list as a file that a person can read and anybody can check.

    Official accounts of Tamizdat

    Only these are ours. Whatever else bears our name is not, even if it looks the same:
    - Telegram: @example_bot
    - https://example.org

    Signed on: 2026-03-01
    Valid until: 2026-08-28
    Public key: ABCD-…  (14 groups)

    Compare the public key with the one in a place that you trust. Then check this file:
    tamizdat handles verify FILE --key KEY

    Signature: (base64)

Signed (Ed25519) are the file's bytes, UTF-8 with "\\n" at the end of each line, from the first one up to and including
the empty line before "Signature: ". A byte order mark, "\\r\\n" for "\\n", and empty lines missing or added at the very
end are what mail and editors do to a file; they are put right before it is checked. Nothing else may differ: a file is
read only if writing what was read gives the same bytes.
"""

from __future__ import annotations

import base64
import re
from datetime import date
from typing import Final

import msgspec

from bot.errors import TamizdatError
from storage.vault.signing import SIGNATURE_BYTES, PublicKey, SigningKey

LARGEST: Final = 64 * 1024
"""bytes"""
_MARK: Final = "Signature: "
_SHAPE: Final = """\
Official accounts of {name}

Only these are ours. Whatever else bears our name is not, even if it looks the same:
{accounts}

Signed on: {signed}
Valid until: {until}
Public key: {key}

Compare the public key with the one in a place that you trust. Then check this file:
tamizdat handles verify FILE --key KEY

"""
_FIELDS: Final = {
    "name": r"(?P<name>[^\n]+)",
    "accounts": r"(?P<accounts>- [^\n]+(?:\n- [^\n]+)*)",
    "signed": r"(?P<signed>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    "until": r"(?P<until>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    "key": r"(?P<key>[A-Z2-7-]+)",
}
_PATTERN: Final = re.compile(re.sub(r"\\\{(\w+)\\\}", lambda found: _FIELDS[found[1]], re.escape(_SHAPE)))


class BrokenListing(TamizdatError):
    """The file is no signed list, or it was altered after it was signed."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    """of the newsroom"""
    accounts: tuple[str, ...]
    """each one printable line"""
    signed: date
    until: date
    """the last day on which it holds"""
    key: PublicKey
    """whose signature it bears; whether that is the newsroom's is for the reader to ask"""

    def holds_on(self, day: date) -> bool:
        return day <= self.until


def write(key: SigningKey, *, name: str, accounts: tuple[str, ...], signed: date, until: date) -> bytes:
    """The file. Raises ValueError for what can't be read back: no accounts, a name of two lines."""
    listing = Listing(name=name, accounts=accounts, signed=signed, until=until, key=key.public)
    text = _text(listing)
    if _parsed(text) != listing:
        raise ValueError("a name or an account is empty, or not one printable line")
    return text.encode() + _signature_line(key.sign(text.encode()))


def read(content: bytes) -> Listing:
    """Raises BrokenListing unless the signature is that of the key that the file itself names."""
    if len(content) > LARGEST:
        raise BrokenListing("This is not a list of official accounts: it is too large.")
    tidy = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
    body, mark, encoded = tidy.rpartition(_MARK.encode())
    try:
        listing = _parsed(body.decode()) if mark else None
        signature = base64.b64decode(encoded)
    except ValueError:
        listing, signature = None, b""
    if listing is None:
        raise BrokenListing("This is not a list of official accounts, or it was altered after it was signed.")
    if (
        len(signature) != SIGNATURE_BYTES
        or _signature_line(signature) != mark + encoded
        or not listing.key.has_signed(body, signature)
    ):
        raise BrokenListing("The signature is wrong: the list was altered after it was signed.")
    return listing


def _text(listing: Listing) -> str:
    return _SHAPE.format(
        name=listing.name,
        accounts="\n".join(f"- {account}" for account in listing.accounts),
        signed=listing.signed.isoformat(),
        until=listing.until.isoformat(),
        key=listing.key,
    )


def _parsed(text: str) -> Listing | None:
    """None: it is not exactly what `_text` writes. Raises ValueError for a day that does not exist."""
    found = _PATTERN.fullmatch(text)
    key = None if found is None else PublicKey.read(found["key"])
    if found is None or key is None:
        return None
    listing = Listing(
        name=found["name"],
        accounts=tuple(line.removeprefix("- ") for line in found["accounts"].split("\n")),
        signed=date.fromisoformat(found["signed"]),
        until=date.fromisoformat(found["until"]),
        key=key,
    )
    # What is not printable could make a terminal show another list than the one that was signed.
    printable = all(line.isprintable() for line in (listing.name, *listing.accounts))
    return listing if printable and _text(listing) == text else None


def _signature_line(signature: bytes) -> bytes:
    return _MARK.encode() + base64.b64encode(signature) + b"\n"
