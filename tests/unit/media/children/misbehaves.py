"""A child that does to its parent what a hijacked decoder might."""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn
from unittest.mock import patch

from bot.media import sandbox
from bot.media.child import serve
from bot.media.wire import Verdict, frame


def hang(file: bytes) -> NoReturn:
    while True:
        threading.Event().wait()


def spin(file: bytes) -> NoReturn:
    while True:
        pass


def eat(file: bytes) -> tuple[Verdict, bytes]:
    # Ends at twice the limit, so that a missing limit fails the test and not the machine.
    eaten = [bytes(16 << 20) for _ in range(2 * sandbox.MEMORY // (16 << 20))]
    return Verdict.OK, file if eaten else b""


def vanish(file: bytes) -> NoReturn:
    os._exit(0)


def babble(file: bytes) -> NoReturn:
    while True:
        os.write(1, b"\xff" * 65536)


def echo(file: bytes) -> tuple[Verdict, bytes]:
    return Verdict.OK, file


def invent(file: bytes) -> NoReturn:
    os.write(1, frame(b"\x63"))
    os._exit(0)


if __name__ == "__main__":
    acts = {act.__name__: act for act in (hang, spin, eat, vanish, babble, echo, invent)}
    with patch.object(sandbox, "CPU_SECONDS", 1 if sys.argv[1] == "spin" else sandbox.CPU_SECONDS):
        serve(acts[sys.argv[1]])
