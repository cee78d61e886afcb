"""What a child does to itself after its imports and before it reads a byte; and what of it holds here."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.media import kernel, landlock, seccomp

# A PNG of 60 million pixels with transparency needs about 600 MiB while it is scaled down.
MEMORY: Final = 768 * 1024 * 1024
CPU_SECONDS: Final = 15

_LAYERS: Final = struct.Struct("!??B?")


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """Which layers hold; the last two were tried out by opening a file, not only switched on.

    **Enough** means: resource limits and no_new_privs and at least one of seccomp and Landlock. With anything
    less no foreign byte is read (`NoSandbox`). No setting lowers this.
    """

    limits: bool = False
    no_new_privs: bool = False
    landlock: int = 0
    """Version of Landlock's interface, 0 where it doesn't hold."""
    seccomp: bool = False

    @property
    def enough(self) -> bool:
        return self.limits and self.no_new_privs and (self.seccomp or self.landlock > 0)

    def encode(self) -> bytes:
        return _LAYERS.pack(self.limits, self.no_new_privs, self.landlock, self.seccomp)

    @classmethod
    def decode(cls, layers: bytes) -> Sandbox:
        """Raises ValueError for anything that `encode` didn't make."""
        if len(layers) != _LAYERS.size:
            raise ValueError("not the layers of a sandbox")
        limits, no_new_privs, abi, filtered = _LAYERS.unpack(layers)
        return cls(limits=limits, no_new_privs=no_new_privs, landlock=abi, seccomp=filtered)


def spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a fresh interpreter with two pipes, an empty environment, its own session, nothing else of ours.

    The child dies with the thread that calls this: let that be the one that runs the loop. The caller kills
    and reaps it. Raises OSError.
    """
    return subprocess.Popen(  # noqa: S603 - the command is ours; no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        cwd="/",
        env={},
        start_new_session=True,
    )


def available() -> Sandbox:
    """Start a child, let it confine itself and say which layers hold. Blocks for about 0.1 s."""
    try:
        child = spawn((sys.executable, "-I", "-B", "-m", "bot.media.sandbox"))
    except OSError:
        return Sandbox()
    try:
        layers, _ = child.communicate(timeout=20)
        return Sandbox.decode(layers)
    except (subprocess.TimeoutExpired, ValueError):
        return Sandbox()
    finally:
        child.kill()
        child.wait()


def apply() -> Sandbox:
    """Confine this process for good. A layer that the kernel lacks is reported, not raised."""
    os.environ.clear()
    if sys.platform != "linux":
        return Sandbox()
    no_new_privs = _set(kernel.PR_SET_NO_NEW_PRIVS, 1)
    abi = _landlock()
    # Not dumpable: no other process of this account may look in. And no child outlives the service.
    closed = _set(kernel.PR_SET_DUMPABLE, 0) and _set(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    limits = closed and _limits()
    return Sandbox(limits=limits, no_new_privs=no_new_privs, landlock=abi, seccomp=_seccomp())


def _set(option: int, value: int) -> bool:
    with contextlib.suppress(OSError):
        kernel.prctl(option, value)
        return True
    return False


def _landlock() -> int:
    with contextlib.suppress(OSError):
        abi = landlock.deny_everything()
        return abi if _refused(errno.EACCES) else 0
    return 0


def _seccomp() -> bool:
    with contextlib.suppress(OSError):
        seccomp.allow_decoding_only()
        return _refused(errno.EPERM)
    return False


def _refused(reason: int) -> bool:
    """Whether opening a folder that everyone may read fails for this reason; each layer has its own."""
    try:
        os.close(os.open("/", os.O_RDONLY))
    except OSError as refusal:
        return refusal.errno == reason
    return False


def _limits() -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        # The lower one ends it by SIGXCPU, which tells the parent why; the higher one by SIGKILL.
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        for kind in (
            resource.RLIMIT_FSIZE,
            resource.RLIMIT_CORE,
            resource.RLIMIT_NPROC,
            resource.RLIMIT_NOFILE,
        ):
            resource.setrlimit(kind, (0, 0))
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    os.write(sys.stdout.fileno(), apply().encode())
