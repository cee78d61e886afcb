"""The root key, and the places it may come from.

Its text is one line, `tamizdat-root-v1:<base64url>`: 32 bytes of key and 4 of checksum, so that a mistyped
or cut key is told from a wrong one. With a passphrase the file holds the key sealed by it (`passphrase.py`).
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.errors import KeyMissing, VaultError
from storage.private import Private
from storage.vault.durable import create_private, ensure_private_folder
from storage.vault.key_text import DamagedLineError, from_line, to_line
from storage.vault.passphrase import PREFIX, open_with_passphrase, seal_with_passphrase
from storage.vault.secret import KEY_BYTES, Secret

VARIABLE: Final = "TAMIZDAT_ROOT_KEY"
CREDENTIAL: Final = "tamizdat-root-key"
_PLAIN: Final = "tamizdat-root-v1"
_LONGEST_LINE: Final = 4096


class RootKey(Secret):
    """The key that everything else hangs from. It lies outside the data folder and its back-ups."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A regular file of ours with mode 0600 or stricter."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnvironment:
    """TAMIZDAT_ROOT_KEY, removed when read. (/proc/<pid>/environ shows it to our account until we end.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCredential:
    """systemd's LoadCredential=tamizdat-root-key:… ; systemd guards the file, owner and mode are its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPassphrase:
    """A key file that a passphrase opens: no restart without a person."""

    path: Path
    passphrase: Private[str]


RootKeySource = KeyFile | KeyEnvironment | KeyCredential | KeyPassphrase


def load_root_key(source: RootKeySource) -> RootKey:
    """Raises KeyMissing without one, WrongKey for a wrong passphrase, VaultError if damaged or unguarded."""
    match source:
        case KeyFile(path=path):
            return _plain(_read_guarded(path), f"The key file {path}")
        case KeyEnvironment():
            line = os.environ.pop(VARIABLE, None)
            if line is None:
                raise KeyMissing(f"The environment has no {VARIABLE}: set it, or name a key file.")
            return _plain(line, f"The key in {VARIABLE}")
        case KeyCredential():
            return _plain(_read_credential(), f"The credential {CREDENTIAL}")
        case KeyPassphrase(path=path, passphrase=passphrase):
            return _sealed(_read_guarded(path), path, passphrase)


def create_root_key(path: Path, passphrase: Private[str] | None = None) -> RootKey:
    """A random key in a new file with mode 0600, in a folder with mode 0700. VaultError if there is one."""
    ensure_private_folder(path.parent)
    key = RootKey.new()
    header, payload = _PLAIN, key.reveal()
    if passphrase is not None:
        header, payload = seal_with_passphrase(payload, passphrase)
    try:
        create_private(path, to_line(header, payload).encode() + b"\n")
    except FileExistsError:
        raise VaultError(f"There is a root key at {path} already; it is not replaced.") from None
    return key


def _plain(line: str, what: str) -> RootKey:
    try:
        header, payload = from_line(line)
    except DamagedLineError:
        raise _damaged(what) from None
    if header.startswith(PREFIX):
        raise VaultError(f"{what} is sealed by a passphrase: configure the passphrase as its source.")
    if header != _PLAIN or len(payload) != KEY_BYTES:
        raise _damaged(what)
    return RootKey(payload)


def _sealed(line: str, path: Path, passphrase: Private[str]) -> RootKey:
    try:
        header, payload = from_line(line)
        if header == _PLAIN:
            raise VaultError(f"The key file {path} has no passphrase: configure it as a plain key file.")
        return RootKey(open_with_passphrase(header, payload, passphrase))
    except DamagedLineError:
        raise _damaged(f"The key file {path}") from None


def _read_guarded(path: Path) -> str:
    try:
        # O_NONBLOCK: a pipe in the key's place must not hang the start.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise KeyMissing(
            f"There is no root key at {path}: restore it, or run `tamizdat init` if this is new."
        ) from None
    except OSError as error:
        raise VaultError(
            f"The key file {path} can't be opened ({error.strerror}): it must be a file of ours."
        ) from None
    try:
        _refuse_unguarded(path, os.fstat(descriptor))
        return os.read(descriptor, _LONGEST_LINE).decode(errors="replace")
    finally:
        os.close(descriptor)


def _refuse_unguarded(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise VaultError(f"The key file {path} is not a regular file: put the key itself there.")
    if status.st_uid != os.geteuid():
        raise VaultError(f"The key file {path} belongs to another account. Run: chown {os.geteuid()} {path}")
    if status.st_mode & 0o077:
        raise VaultError(f"Others may read the key file {path}. Run: chmod 600 {path}")


def _read_credential() -> str:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder is None:
        raise KeyMissing(f"systemd gave no credentials: add LoadCredential={CREDENTIAL}:… to the service.")
    try:
        with (Path(folder) / CREDENTIAL).open("rb") as file:
            return file.read(_LONGEST_LINE).decode(errors="replace")
    except OSError as error:
        raise KeyMissing(f"The credential {CREDENTIAL} can't be read: {error.strerror}.") from None


def _damaged(what: str) -> VaultError:
    return VaultError(f"{what} is damaged: a part is missing or mistyped. Restore it from your copy.")
