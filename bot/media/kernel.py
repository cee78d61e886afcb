"""The system calls that Python's library lacks, each raising OSError as its own would."""

from __future__ import annotations

import ctypes
import os
from typing import Final

# From linux/prctl.h
PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int, pointer: int = 0) -> None:
    """Set one attribute of this process or thread. Raises OSError."""
    # The kernel reads five registers and refuses some options unless the unused ones are zero.
    words = [ctypes.c_ulong(word) for word in (value, pointer, 0, 0)]
    if _libc.prctl(ctypes.c_int(option), *words) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def syscall(number: int, *words: int) -> int:
    """Make a system call by its number and return its result. Raises OSError."""
    call = _libc.syscall
    call.restype = ctypes.c_long
    result = int(call(ctypes.c_long(number), *(ctypes.c_ulong(word) for word in words)))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
