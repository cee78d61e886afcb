"""Files that only we may read and that are on the disk when we say so."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from storage.errors import VaultError

_OTHERS = 0o077


def ensure_private_folder(folder: Path) -> None:
    """Makes the folder with mode 0700; refuses one that others may look into."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & _OTHERS:
        raise VaultError(f"Others may look into the key folder {folder}. Run: chmod 700 {folder}")


def create_private(path: Path, content: bytes) -> None:
    """Writes a new file with mode 0600 and waits for the disk. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    _sync_folder(path.parent)


def replace_private(path: Path, content: bytes) -> None:
    """The file holds the old content or the new one, whenever we are killed. One writer at a time.

    The old content is overwritten afterwards, for what that is worth on an SSD or a copying file system.
    """
    # One fixed name: what a killed process left behind is gone with the next change.
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    create_private(fresh, content)
    with ExitStack() as stack:
        old = stack.enter_context(path.open("r+b")) if path.exists() else None
        fresh.replace(path)
        _sync_folder(path.parent)
        if old is not None:
            old.write(bytes(os.fstat(old.fileno()).st_size))
            old.flush()
            os.fsync(old.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
