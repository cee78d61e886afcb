"""Seccomp: the few system calls that a decoder needs; every other one fails with EPERM.

A list of what is allowed, not of what is forbidden: calls that future kernels add are refused unseen. Left
are reading and writing descriptors that are open already, memory that is never executable, locks, clocks and
the end. No file, socket, process, signal, key ring, io_uring or bpf can be had with them.
"""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Final, NamedTuple

from bot.media import kernel

# From linux/seccomp.h, linux/bpf_common.h and linux/audit.h
_MODE_FILTER: Final = 2
_KILL_PROCESS: Final = 0x80000000
_REFUSE: Final = 0x00050000 | errno.EPERM
_ALLOW: Final = 0x7FFF0000
_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_BITS: Final = 0x45
_RETURN: Final = 0x06

# Where struct seccomp_data holds them; both architectures are little-endian.
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_THIRD_ARGUMENT: Final = 32
_PROT_EXEC: Final = 4


class _Calls(NamedTuple):
    """One architecture: its audit name, calls allowed as they are, and calls allowed without PROT_EXEC."""

    audit: int
    plain: tuple[int, ...]
    memory: tuple[int, ...]


# plain: read write close lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn sched_yield mremap madvise
#        exit futex restart_syscall clock_gettime exit_group getrandom
# memory: mmap mprotect
_CALLS: Final = {
    "x86_64": _Calls(
        audit=0xC000003E,
        plain=(0, 1, 3, 8, 11, 12, 13, 14, 15, 24, 25, 28, 60, 202, 219, 228, 231, 318),
        memory=(9, 10),
    ),
    "aarch64": _Calls(
        audit=0xC00000B7,
        plain=(63, 64, 57, 62, 215, 214, 134, 135, 139, 124, 216, 233, 93, 98, 128, 113, 94, 278),
        memory=(222, 226),
    ),
}


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def _filter(calls: _Calls) -> list[_Instruction]:
    """The program; jumps count the instructions to skip.

    Its end is: refuse, look at the protection asked for, refuse if executable, allow.
    """
    program = [
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE),
        # The same number means another call to a 32-bit process.
        _Instruction(_JUMP_IF_EQUAL, 1, 0, calls.audit),
        _Instruction(_RETURN, 0, 0, _KILL_PROCESS),
        _Instruction(_LOAD, 0, 0, _NUMBER),
    ]
    left = len(calls.plain) + len(calls.memory)
    for number in calls.plain:
        left -= 1
        program.append(_Instruction(_JUMP_IF_EQUAL, left + 4, 0, number))
    for number in calls.memory:
        left -= 1
        program.append(_Instruction(_JUMP_IF_EQUAL, left + 1, 0, number))
    return [
        *program,
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_LOAD, 0, 0, _THIRD_ARGUMENT),
        _Instruction(_JUMP_IF_BITS, 0, 1, _PROT_EXEC),
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]


def allow_decoding_only() -> None:
    """Install the filter for the rest of this process's life. Needs no_new_privs.

    Raises OSError where the kernel has no filters or the architecture is not one of the two we know.
    """
    calls = _CALLS.get(os.uname().machine)
    if calls is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    instructions = _filter(calls)
    array = (_Instruction * len(instructions))(*instructions)
    program = _Program(len(instructions), array)
    kernel.prctl(kernel.PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program))
