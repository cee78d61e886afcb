"""What the service does to its own process before it reads a key."""

from __future__ import annotations

import os
import resource
import sys

from bot.media import kernel


def harden_process() -> None:
    """Make this process unreadable to others of the same account, without core files, its new files private.

    Linux only: elsewhere it returns quietly and changes nothing. Raises OSError if the kernel refuses.
    """
    if sys.platform != "linux":
        return
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
