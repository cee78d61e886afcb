"""The keys with which unknown devices begin to talk to us: always 50 on the server, and a fallback key.

matrix-nio uploads no fallback key and takes a count of 0 for "unknown".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol, cast

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.keeping.machine import Machine
from bot.platforms.matrix.signing.own_device import device_keys, signed_by_device

KIND = "signed_curve25519"


class _Key(Protocol):
    def to_base64(self) -> str: ...


class _Account(Protocol):
    """What vodozemac's account can, beyond its type stubs and nio's wrapper."""

    @property
    def one_time_keys(self) -> Mapping[str, _Key]:
        """Those not uploaded yet, by key id."""
        ...

    @property
    def fallback_key(self) -> Mapping[str, _Key]:
        """The one not uploaded yet, if any, by key id. The one before it still opens messages."""
        ...

    def generate_fallback_key(self) -> object: ...


async def publish(client: MatrixClient) -> None:
    """The device's own keys, 50 one-time keys and a fallback key: what a new device does first. Safe to repeat."""
    machine = client.machine
    await _upload_fallback(client, machine, device_keys=device_keys(machine))
    await _upload_one_time(client, machine, machine.account.max_one_time_keys)


async def upkeep(client: MatrixClient, counts: Mapping[str, int], unused_fallbacks: Collection[str]) -> None:
    """What a sync said (`device_one_time_keys_count`, `device_unused_fallback_key_types`), after it was committed.

    Refills the one-time keys, also from zero, and replaces a fallback key that was used. The private halves are on the
    disk before the homeserver hears of them. Raises as `client.call` does; the next sync says the same again.
    """
    machine = client.machine
    machine.uploaded_key_count = counts.get(KIND, 0)  # never None: nio takes that for "nothing to do"
    if KIND not in unused_fallbacks:
        await _upload_fallback(client, machine)
    missing = machine.account.max_one_time_keys - machine.uploaded_key_count
    if missing > 0:
        await _upload_one_time(client, machine, missing)


async def _upload_fallback(client: MatrixClient, machine: Machine, **more: Any) -> None:
    """One that was made before, and whose upload was not answered, is uploaded again: each new one makes the account
    forget the one before the last, and who claimed that may not have written yet.
    """
    account = cast(_Account, machine.account._account)
    if not account.fallback_key:
        account.generate_fallback_key()
    machine.save_account()
    fallback = _signed(machine, account.fallback_key, fallback=True)
    await client.call("POST", "v3/keys/upload", body={**more, "fallback_keys": fallback})
    machine.account.mark_keys_as_published()
    machine.account.shared = True
    machine.save_account()


async def _upload_one_time(client: MatrixClient, machine: Machine, missing: int) -> None:
    """Fresh ones at each try: those of an upload that was not answered may have been given to somebody already, and
    would be given to a second one, whose messages could not be read.
    """
    account = cast(_Account, machine.account._account)
    machine.account.generate_one_time_keys(missing)
    keys = _signed(machine, account.one_time_keys)
    machine.account.mark_keys_as_published()
    machine.save_account()
    found = await client.call("POST", "v3/keys/upload", body={"one_time_keys": keys})
    machine.uploaded_key_count = found.get("one_time_key_counts", {}).get(KIND, 0)


def _signed(machine: Machine, keys: Mapping[str, _Key], *, fallback: bool = False) -> dict[str, Any]:
    mark = {"fallback": True} if fallback else {}
    return {f"{KIND}:{name}": signed_by_device(machine, {"key": key.to_base64(), **mark}) for name, key in keys.items()}
