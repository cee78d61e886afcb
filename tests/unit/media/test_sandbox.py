"""What a child can reach: two pipes, memory and a clock."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import msgspec
import pytest

from bot.media import sandbox
from bot.media.errors import NoSandbox
from bot.media.rebuild import PhotoRebuilder
from bot.media.sandbox import Sandbox
from bot.media.wire import Verdict, frame
from bot.media.worker import Worker
from tests.unit.media import photos
from tests.unit.media.children import looks_around
from tests.unit.media.conftest import command


@pytest.fixture
def listener() -> Iterator[int]:
    """A port on this machine at which somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a child found: each door with its refusal, its environment, its open descriptors."""

    doors: dict[str, str]
    environment: dict[str, str]
    descriptors: list[int]


async def seen(how: str, port: int) -> Seen:
    worker = await Worker.start(command("looks_around.py", how))
    try:
        verdict, answer = await worker.ask(str(port).encode())
    finally:
        await worker.stop()
    assert verdict is Verdict.OK
    return msgspec.json.decode(answer, type=Seen)


def test_every_door_is_open_to_the_test_itself(listener: int) -> None:
    doors = looks_around.doors(listener, os.getpid())

    assert {looks_around._try(door) for door in doors.values()} == {looks_around.OPEN}


@pytest.mark.parametrize("how", ["all", "seccomp alone"])
async def test_every_door_is_shut_to_a_child(listener: int, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMIZDAT_KEY", photos.SECRET)

    found = await seen(how, listener)

    assert {name: door for name, door in found.doors.items() if door == looks_around.OPEN} == {}
    assert found.environment == {}
    assert found.descriptors == [0, 1, 2]


def test_a_child_gets_no_environment_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMIZDAT_KEY", photos.SECRET)
    child = sandbox.spawn((sys.executable, "-I", "-c", "import os; print(*os.environ)"))
    names, _ = child.communicate(timeout=60)

    # Python itself adds this one when it finds no locale.
    assert set(names.decode().split()) <= {"LC_CTYPE"}


async def test_landlock_alone_shuts_files_network_and_neighbours(listener: int) -> None:
    assert set((await seen("landlock alone", listener)).doors.values()) == {"PermissionError"}


async def test_every_layer_that_this_machine_has_is_found() -> None:
    assert sandbox.available() == Sandbox(limits=True, no_new_privs=True, landlock=_landlock(), seccomp=True)


async def test_without_a_layer_nothing_is_read() -> None:
    async with PhotoRebuilder(command=command("looks_around.py", "no layer")) as rebuilder:
        with pytest.raises(NoSandbox):
            await rebuilder.rebuild(photos.jpeg())


def test_a_child_without_a_layer_refuses_by_itself() -> None:
    child = sandbox.spawn(command("looks_around.py", "no layer"))
    answer, _ = child.communicate(frame(b"1") + frame(b""), timeout=60)

    layers = Sandbox(limits=True, no_new_privs=True)
    assert answer == frame(layers.encode())


async def test_a_child_that_does_not_start_is_no_sandbox() -> None:
    for broken in (("/bin/true",), ("/nowhere/python",)):
        async with PhotoRebuilder(command=broken) as rebuilder:
            with pytest.raises(NoSandbox):
                await rebuilder.rebuild(photos.jpeg())


@pytest.mark.parametrize(
    ("layers", "enough"),
    [
        (Sandbox(limits=True, no_new_privs=True, seccomp=True), True),
        (Sandbox(limits=True, no_new_privs=True, landlock=1), True),
        (Sandbox(limits=True, no_new_privs=True), False),
        (Sandbox(limits=True, seccomp=True, landlock=7), False),
        (Sandbox(no_new_privs=True, seccomp=True, landlock=7), False),
    ],
)
def test_enough_is_limits_and_no_new_privs_and_one_more(layers: Sandbox, enough: bool) -> None:
    assert layers.enough is enough
    assert Sandbox.decode(layers.encode()) == layers


def _landlock() -> int:
    asked = "from bot.media import landlock; print(landlock.version())"
    return int(subprocess.check_output([sys.executable, "-c", asked]))


def test_the_service_itself_never_loads_a_decoder() -> None:
    asked = "import sys, bot.media.rebuild, bot.media.sandbox; print([m for m in sys.modules if 'PIL' in m])"

    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "[]"
