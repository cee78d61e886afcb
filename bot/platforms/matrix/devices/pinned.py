"""What is kept of people's devices, so that trust outlasts a restart: a sealed row for each person."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.platforms.matrix.devices.trust import Decision, Device, Pins, Reason, Shown, Withheld
from storage.codec import decode, encode
from storage.crypto import Kind
from storage.private import Private
from storage.store import Store, Transaction


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A withheld device of which somebody was told."""

    id: Private[str]
    ed25519: Private[str]
    reason: Reason


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One person, by user id."""

    pins: Pins
    shown: Shown
    """what the server showed last: what an admin confirms"""
    told: tuple[Told, ...] = ()
    announced: bool = False
    """the editors' room was told that they are in it and in no roster"""


def told(withheld: Withheld) -> Told:
    device: Device = withheld.device
    return Told(id=device.id, ed25519=device.ed25519, reason=withheld.reason)


def still(before: Iterable[Told], decision: Decision) -> tuple[Told, ...]:
    """Those that are withheld still: the others would be news again."""
    now = {told(one) for one in decision.withheld}
    return tuple(one for one in before if one in now)


async def load_known(tx: Transaction, user: str) -> Known | None:
    body = await tx.crypto.get(Kind.PINNED, user)
    return None if body is None else _known(body)


async def save_known(tx: Transaction, known: Known) -> None:
    await tx.crypto.put(Kind.PINNED, {known.shown.user.reveal(): encode(known)})


async def forget_known(tx: Transaction, users: Iterable[str]) -> None:
    await tx.crypto.drop(Kind.PINNED, users)


async def all_known(store: Store) -> list[Known]:
    async with store.read() as tx:
        return [_known(body) for body in (await tx.crypto.all(Kind.PINNED)).values()]


def _known(body: bytes) -> Known:
    known: Known = decode(Known, body)
    return known
