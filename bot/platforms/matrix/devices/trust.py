"""Whose devices may read along: pure rules over what the server shows now and what we saw first.

Contributors: trust on first use, so that nobody is shut out. Once they have shown an identity (master key), a device
that comes later waits until that identity vouches for it; while another identity is shown, none is added. A device
whose keys change is never trusted.
Editors: what they read is other people's stories. Their first identity (master key) is pinned; a device that it does
not vouch for, and every device after the identity changed, waits until an admin confirms it.
Our own account: no other device of it reads anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import msgspec

from storage.private import Private

MOST_DEVICES = 100
"""Of one person at a time: each costs an encryption at every new session, so a flood of them stops us for all."""
MOST_PINS = 2 * MOST_DEVICES
"""Of one person, with those that are shown no more."""


class Standing(Enum):
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    """is, or once was, in the editors' room and in the roster"""
    OURSELVES = "ourselves"


class Reason(Enum):
    """Why a device is given no keys."""

    UNSIGNED = "unsigned"
    """a device that its owner's identity does not vouch for"""
    IDENTITY_CHANGED = "identity changed"
    """its owner's cross-signing keys are not those that were seen first"""
    KEYS_CHANGED = "keys changed"
    """the device shows other keys than before: somebody may stand in between"""
    NOT_OURS = "not ours"
    """another device in the bot's own account: somebody logged in with its password"""
    TOO_MANY = "too many"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device whose keys are signed by itself; whoever made one of these has checked that."""

    user: Private[str]
    id: Private[str]
    name: Private[str]
    """what its owner calls it, may be empty"""
    ed25519: Private[str]
    """its fingerprint: clients show it as "session key" """
    curve25519: Private[str]
    signed: bool
    """by the self-signing key that the master key shown beside it vouches for"""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the server shows of one person at one moment."""

    user: Private[str]
    master: Private[str] | None
    devices: tuple[Device, ...]


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """A device as it was first seen, or as it was confirmed."""

    id: Private[str]
    ed25519: Private[str]
    curve25519: Private[str]
    confirmed: bool = False
    accepted: bool = False
    """a contributor's, trusted when it was first seen or later: stays so, whatever becomes of their identity"""
    changed: bool = False
    """it once showed other keys: stays so when it shows the old ones again"""


class Pins(msgspec.Struct, frozen=True, kw_only=True):
    """What we hold a person to."""

    standing: Standing
    master: Private[str] | None = None
    devices: tuple[Pin, ...] = ()


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    device: Device
    reason: Reason


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    pins: Pins
    """to be on the disk before a key goes out"""
    trusted: tuple[Device, ...]
    withheld: tuple[Withheld, ...]


def decide(pins: Pins | None, shown: Shown, standing: Standing) -> Decision:
    """pins: None for a person never seen. An editor stays one: who leaves the room has read what was in it."""
    if pins is not None and pins.standing is not Standing.CONTRIBUTOR:
        standing = pins.standing
    held = _pinned(pins, shown, standing)
    found = {pin.id: pin for pin in held.devices}
    trusted, withheld = [], []
    for device in shown.devices:
        reason = _reason(held, shown, found.get(device.id), device)
        if reason is None:
            trusted.append(device)
        else:
            withheld.append(Withheld(device=device, reason=reason))
    return Decision(pins=_accepting(held, trusted), trusted=tuple(trusted), withheld=tuple(withheld))


def confirmed(pins: Pins, device: Device) -> Pins:
    """The pins after an admin compared this device's fingerprint with its owner."""
    pin = Pin(id=device.id, ed25519=device.ed25519, curve25519=device.curve25519, confirmed=True)
    return msgspec.structs.replace(pins, devices=(*(old for old in pins.devices if old.id != device.id), pin))


def reidentified(pins: Pins, shown: Shown) -> Pins:
    """The pins after an admin heard from the editor that the new identity is theirs."""
    return msgspec.structs.replace(pins, master=shown.master)


def _pinned(pins: Pins | None, shown: Shown, standing: Standing) -> Pins:
    is_first = pins is None
    if pins is None:
        pins = Pins(standing=standing, master=shown.master)
    elif pins.standing is Standing.CONTRIBUTOR and pins.master is None:
        # Only before a person is an editor: afterwards a server could make up the identity that they never had.
        pins = msgspec.structs.replace(pins, master=shown.master)
    now = {device.id: device for device in shown.devices}
    kept = tuple(_seen_again(pin, now.get(pin.id)) for pin in pins.devices)
    known = {pin.id for pin in kept}
    room = MOST_DEVICES - sum(pin.id in now for pin in kept)
    new = [device for device in shown.devices if device.id not in known][: max(room, 0)]
    at_once = is_first and standing is Standing.CONTRIBUTOR
    made = (Pin(id=device.id, ed25519=device.ed25519, curve25519=device.curve25519, accepted=at_once) for device in new)
    return msgspec.structs.replace(pins, standing=standing, devices=_few((*kept, *made), now))


def _few(pins: tuple[Pin, ...], now: Mapping[Private[str], Device]) -> tuple[Pin, ...]:
    """When there are too many, those that are shown no more go: the oldest, first those of which we only know that they
    were there.
    """
    gone = [pin for pin in pins if pin.id not in now]
    gone.sort(key=lambda pin: pin.confirmed or pin.accepted or pin.changed)
    dropped = {pin.id for pin in gone[: max(len(pins) - MOST_PINS, 0)]}
    return tuple(pin for pin in pins if pin.id not in dropped)


def _accepting(pins: Pins, trusted: Sequence[Device]) -> Pins:
    if pins.standing is not Standing.CONTRIBUTOR:
        return pins
    names = {device.id for device in trusted}
    devices = (
        msgspec.structs.replace(pin, accepted=True) if pin.id in names and not pin.accepted else pin
        for pin in pins.devices
    )
    return msgspec.structs.replace(pins, devices=tuple(devices))


def _seen_again(pin: Pin, device: Device | None) -> Pin:
    if device is None or _is_same(pin, device):
        return pin
    return msgspec.structs.replace(pin, changed=True)


def _is_same(pin: Pin, device: Device) -> bool:
    return (pin.ed25519, pin.curve25519) == (device.ed25519, device.curve25519)


def _reason(pins: Pins, shown: Shown, pin: Pin | None, device: Device) -> Reason | None:
    if pins.standing is Standing.OURSELVES:
        return Reason.NOT_OURS
    if pin is None:
        return Reason.TOO_MANY
    if pin.changed:
        return Reason.KEYS_CHANGED
    if pins.standing is Standing.CONTRIBUTOR and (pin.accepted or pins.master is None):
        return None
    if pins.master is not None and shown.master != pins.master:
        return Reason.IDENTITY_CHANGED
    if pin.confirmed:
        return None
    if not device.signed:
        return Reason.UNSIGNED
    return Reason.IDENTITY_CHANGED if pins.master is None else None
