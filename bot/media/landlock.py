"""Landlock: this process gives up every file, every TCP port and every neighbour.

Numbers and bits from linux/landlock.h; the call numbers are the same on every architecture.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

from bot.media import kernel

_CREATE_RULESET: Final = 444
_RESTRICT_SELF: Final = 446
_VERSION: Final = 1

# How many kinds of access to files each version knows; an unknown bit would be refused.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_SINCE_5: Final = 16
_TCP_BIND_AND_CONNECT: Final = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS: Final = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def version() -> int:
    """The kernel's Landlock version, 1 or more. Raises OSError where there is none or it is switched off."""
    return kernel.syscall(_CREATE_RULESET, 0, 0, _VERSION)


def deny_everything() -> int:
    """Forbid all that this kernel's version can forbid, and return that version.

    A ruleset without rules denies every access that it handles. Needs no_new_privs. Raises OSError.
    """
    abi = version()
    rules = _Ruleset(
        files=(1 << _FILE_RIGHTS.get(abi, _FILE_RIGHTS_SINCE_5)) - 1,
        network=_TCP_BIND_AND_CONNECT if abi >= 4 else 0,
        scoped=_ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0,
    )
    # An older kernel accepts the longer structure as long as the part unknown to it is zero.
    ruleset = kernel.syscall(_CREATE_RULESET, ctypes.addressof(rules), ctypes.sizeof(rules), 0)
    try:
        kernel.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return abi
