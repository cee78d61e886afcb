"""The key ring: a file outside the database with the numbered keys that wrap every data key (KEKs).

Every change is on the disk before the call returns, so nothing is ever wrapped by a key that a crash could
lose; a killed process leaves the old ring or the new one. The highest number is the current one and is never
destroyed, so no number is given twice.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from storage.errors import KeyMissing, VaultError
from storage.vault.durable import ensure_private_folder, replace_private
from storage.vault.ring_file import Kek, KekNumber, Keys, RingKey, fingerprint, from_file, to_file
from storage.vault.root import RootKey

_Stamp = tuple[int, int, int]
"""Inode, time of change in ns, size: differs when another process replaced the file."""


class KeyRing:
    """The ring as it is on the disk. Several processes may use it: `keys rotate` runs beside the service."""

    def __init__(self, path: Path, root: RootKey) -> None:
        self._path = path
        self._root = root
        self._keys: Keys = {}
        self._stamp: _Stamp = (0, 0, 0)

    @classmethod
    def create(cls, path: Path, root: RootKey) -> Self:
        """A new ring with one key. Raises VaultError when there is a ring already: it would be lost."""
        ensure_private_folder(path.parent)
        ring = cls(path, root)
        with ring._locked(fcntl.LOCK_EX):
            if path.exists():
                raise VaultError(f"There is a key ring at {path} already; it is not replaced.")
            ring._write({KekNumber(1): _new_key(KekNumber(1))})
        return ring

    @classmethod
    def load(cls, path: Path, root: RootKey) -> Self:
        """Raises KeyMissing without a file, WrongKey when another root key sealed it, RingDamaged else."""
        ring = cls(path, root)
        ring._read_locked()
        return ring

    @property
    def current(self) -> KekNumber:
        """The number that new wraps take. Looks at the file first: another process may have rotated."""
        self.refresh_if_changed()
        return max(self._keys)

    def current_kek(self) -> tuple[KekNumber, Kek]:
        """Number and key of one and the same moment, for `wrap`."""
        number = self.current
        return number, self._keys[number].kek

    @property
    def keys(self) -> tuple[RingKey, ...]:
        """All keys, oldest first: their days say what is due."""
        return tuple(self._keys[number] for number in sorted(self._keys))

    def get(self, number: KekNumber) -> Kek:
        """Raises KeyMissing for a number that is not (or no longer) in the ring."""
        if number not in self._keys:
            self.refresh_if_changed()
        try:
            return self._keys[number].kek
        except KeyError:
            raise KeyMissing(
                f"Key {number} is not in the ring {self._path}: it was destroyed and what it opened is "
                "shredded; or the ring is older than the data: restore the newest copy."
            ) from None

    def add_key(self) -> KekNumber:
        """Adds a random key, which becomes the current one."""
        with self._changing() as keys:
            number = KekNumber(max(keys) + 1)
            keys[number] = _new_key(number)
        return number

    def destroy(self, number: KekNumber) -> None:
        """Forgets a key for good; every wrap under it is unreadable from now on. Refuses the current one."""
        with self._changing() as keys:
            if number == max(keys):
                raise VaultError(f"Key {number} is the current one: add a new key and re-wrap first.")
            if keys.pop(number, None) is None:
                raise KeyMissing(f"Key {number} is not in the ring {self._path}.")

    def refresh_if_changed(self) -> bool:
        """Reads the file again if another process replaced it; says whether it did."""
        try:
            unchanged = _stamp_of(self._path.stat()) == self._stamp
        except FileNotFoundError:
            raise self._missing() from None
        if not unchanged:
            self._read_locked()
        return not unchanged

    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change with every change of the ring; they tell no key."""
        return fingerprint(self._root, self._keys)

    def __repr__(self) -> str:
        return f"KeyRing({self._path}, {len(self._keys)} keys)"

    @contextmanager
    def _changing(self) -> Iterator[dict[KekNumber, RingKey]]:
        with self._locked(fcntl.LOCK_EX):
            # Reading under the lock keeps a key that another process has just added.
            self._read()
            keys = dict(self._keys)
            yield keys
            self._write(keys)

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        try:
            descriptor = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            raise self._missing() from None
        except OSError as error:
            raise VaultError(
                f"The key folder {self._path.parent} can't be written ({error.strerror}): it must be ours, "
                "on a disk that is not read-only."
            ) from None
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)

    def _read_locked(self) -> None:
        # The old file is overwritten after a change: whoever has it open must be done by then.
        with self._locked(fcntl.LOCK_SH):
            self._read()

    def _read(self) -> None:
        try:
            with self._path.open("rb") as file:
                stamp = _stamp_of(os.fstat(file.fileno()))
                content = file.read()
        except FileNotFoundError:
            raise self._missing() from None
        self._keys = from_file(self._root, content, self._path)
        self._stamp = stamp

    def _write(self, keys: Keys) -> None:
        replace_private(self._path, to_file(self._root, keys))
        self._read()

    def _missing(self) -> KeyMissing:
        return KeyMissing(
            f"There is no key ring at {self._path}: restore its back-up, or run `tamizdat init` "
            "if this newsroom is new."
        )


def _new_key(number: KekNumber) -> RingKey:
    return RingKey(number=number, created=datetime.now(UTC).date(), kek=Kek.new())


def _stamp_of(status: os.stat_result) -> _Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size
