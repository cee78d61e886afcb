"""One service a data folder: on SQLite a second one would be a second writer, a second bot, and two senders a chat.

Workers on PostgreSQL share it with each other. What works beside the service (`keys rotate`, `backup`, `editors enrol`)
does not take this lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import AlreadyRunning


@contextmanager
def service_lock(data: Path, *, shared: bool = False) -> Iterator[None]:
    """Held until the block ends, or the process does. Raises AlreadyRunning."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Another service is running on the data folder {data}: stop it first, "
                "or give this one a folder of its own."
            ) from None
        yield
    finally:
        os.close(descriptor)
