"""A contributor's receipt: seven words with which they find their story again, from any account.

Seven of 8192 words (`words.py`) are 91 random bits. What they open is derived from them and the root key alone:

    Argon2id( words, secret: pepper )  ──HKDF──►  lookup   under which the receipt's row is found
                                       ──HKDF──►  key      that opens what the row holds for the receipt

The pepper comes from the root key: without it, nobody can try words on stolen rows. Argon2id (RFC 9106) takes 64 MiB
and 2 passes, about 0.15 s of a core, so that with it, too, a forgotten word can't be guessed in bulk. These figures,
the labels and the words of the list must never change: receipts on paper would open nothing.

Correcting a mistyped word costs no bit: it gives more ways to type a receipt, not fewer receipts.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NewType

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.private import Private
from storage.vault.envelope import DataKey
from storage.vault.gate import GATE
from storage.vault.root import RootKey
from storage.vault.secret import KEY_BYTES, Secret, derive, label
from storage.vault.words import is_word, recognised, typed_words, words

LENGTH: Final = 7
_MEMORY: Final = 64 * 1024
"""KiB"""
_PASSES: Final = 2

Lookup = NewType("Lookup", bytes)
"""What a receipt's row is found by (32 bytes)."""


class Receipt(Private[tuple[str, ...]]):
    """Seven words of the list, in their order. Shows nothing by itself; `show` does."""

    __slots__ = ()


class Pepper(Secret):
    """What the server adds to the words."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Misread:
    """Why a text is no receipt. It says nothing of any receipt, so it may be answered at once."""

    count: int
    """words in the text; there must be seven"""
    unknown: tuple[int, ...]
    """which of the seven are not in the list, nor one edit from exactly one that is; counted from 1"""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a receipt leads to. It does not tell the words."""

    lookup: Lookup = field(repr=False)
    key: DataKey


def draw() -> Receipt:
    """A new one."""
    return Receipt(tuple(secrets.choice(words()) for _ in range(LENGTH)))


def show(receipt: Receipt) -> Private[str]:
    """The words with a space between them."""
    return Private(" ".join(receipt.reveal()))


def read(text: Private[str]) -> Receipt | Misread:
    """Whatever stands between the words, in whatever case, ё or е; a word that is mistyped by one edit is corrected."""
    typed = typed_words(text.reveal())
    if len(typed) != LENGTH:
        return Misread(count=len(typed), unknown=())
    found = [recognised(word) for word in typed]
    unknown = tuple(place for place, word in enumerate(found, start=1) if word is None)
    return Misread(count=LENGTH, unknown=unknown) if unknown else Receipt(tuple(word for word in found if word))


def written_in(text: Private[str]) -> list[Receipt]:
    """Every seven words of the list in a row: whoever pasted their receipt into their story is to be told."""
    found, receipts, row = typed_words(text.reveal()), [], 0
    for place, word in enumerate(found, start=1):
        row = row + 1 if is_word(word) else 0
        if row >= LENGTH:
            receipts.append(Receipt(tuple(found[place - LENGTH : place])))
    return receipts


def pepper_of(root: RootKey) -> Pepper:
    return Pepper(derive(root, "receipt/pepper"))


def unlock(receipt: Receipt, pepper: Pepper) -> Opened:
    """Takes 64 MiB and about 0.15 s: in the service only through `open_slowly`."""
    # Salt and secret are the installation's: the lookup must come out of the words alone.
    stretch = Argon2id(
        salt=label("receipt/salt"),
        length=KEY_BYTES,
        iterations=_PASSES,
        lanes=1,
        memory_cost=_MEMORY,
        secret=pepper.reveal(),
    )
    stretched = Secret(stretch.derive(show(receipt).reveal().encode()))
    return Opened(lookup=Lookup(derive(stretched, "receipt/lookup")), key=DataKey(derive(stretched, "receipt/unlock")))


async def open_slowly(receipt: Receipt, pepper: Pepper) -> Opened:
    """`unlock` when its turn has come, beside the event loop. Never inside a transaction. Raises Overloaded."""
    return await GATE.run(partial(unlock, receipt, pepper))
