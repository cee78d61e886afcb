"""Ports for servers that start later, or start again: nobody else on this machine is given them by chance meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager


class HeldPort:
    """Free for whoever knows its number: the socket that holds it does not listen."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number = int(self._socket.getsockname()[1])

    def close(self) -> None:
        self._socket.close()


@contextmanager
def held_port() -> Iterator[int]:
    held = HeldPort()
    try:
        yield held.number
    finally:
        held.close()
