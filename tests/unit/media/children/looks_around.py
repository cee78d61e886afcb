"""A child that tries every door of its sandbox and tells what it saw."""

from __future__ import annotations

import json
import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial

from bot.media import landlock, sandbox, seccomp
from bot.media.child import serve
from bot.media.wire import Verdict

OPEN = "open"


def _try(door: Callable[[], object]) -> str:
    try:
        door()
    except (OSError, RuntimeError) as refusal:
        return type(refusal).__name__
    return OPEN


def _descriptors() -> list[int]:
    """Every descriptor that can be read or written, without asking /proc."""
    return [
        number
        for number in range(1024)
        if OPEN in (_try(partial(os.read, number, 0)), _try(partial(os.write, number, b"")))
    ]


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _connect(port: int) -> None:
    with socket.socket() as caller:
        caller.connect(("127.0.0.1", port))


def doors(port: int, neighbour: int) -> dict[str, Callable[[], object]]:
    """What a process may do that isn't confined; harmless, so that the test can do it too."""
    return {
        "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "list a folder": lambda: os.listdir("/"),
        "make a file": lambda: os.open("/tmp", os.O_TMPFILE | os.O_WRONLY),
        "connect": lambda: _connect(port),
        "signal a neighbour": lambda: os.kill(neighbour, 0),
        "run code it wrote": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC).close(),
        "start a thread": lambda: threading.Thread(target=int).start(),
    }


def one_way_doors() -> dict[str, Callable[[], object]]:
    """Also these; whoever gets through is another process then."""
    return {
        "fork": _fork,
        "execute": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - that it fails is the point
        "leave by a signal": lambda: os.kill(os.getpid(), signal.SIGTERM),
    }


def look(file: bytes) -> tuple[Verdict, bytes]:
    port = int(file)
    return _report({**doors(port, os.getppid()), **one_way_doors()})


def look_at_files_and_network(file: bytes) -> tuple[Verdict, bytes]:
    tried = doors(int(file), os.getppid())
    names = ("read a file", "list a folder", "make a file", "connect", "signal a neighbour")
    return _report({name: tried[name] for name in names})


def _report(tried: dict[str, Callable[[], object]]) -> tuple[Verdict, bytes]:
    report = {
        "doors": {name: _try(door) for name, door in tried.items()},
        "environment": dict(os.environ),
        "descriptors": _descriptors(),
    }
    return Verdict.OK, json.dumps(report).encode()


def _missing() -> int:
    raise OSError("this kernel has none")


if __name__ == "__main__":
    match sys.argv[1]:
        case "all":
            serve(look)
        case "seccomp alone":
            landlock.deny_everything = _missing
            serve(look)
        case "landlock alone":
            # Without the limits too: no descriptor left would hide what Landlock refuses.
            seccomp.allow_decoding_only = lambda: None
            sandbox._limits = lambda: True
            serve(look_at_files_and_network)
        case "no layer":
            landlock.deny_everything = _missing
            seccomp.allow_decoding_only = lambda: None
            serve(look_at_files_and_network)
