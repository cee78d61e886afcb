"""The key ring survives kills, rivals and mistakes, and forgets what it is told to forget."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from storage.errors import KeyMissing, RingDamaged, VaultError, WrongKey
from storage.vault import KekNumber, KeyRing, RootKey


@pytest.fixture
def path(ring: KeyRing, tmp_path: Path) -> Path:
    return tmp_path / "keys" / "ring"


def test_a_new_ring_has_one_key_and_comes_back(ring: KeyRing, path: Path, root: RootKey) -> None:
    again = KeyRing.load(path, root)

    assert again.current == 1
    assert again.get(KekNumber(1)) == ring.get(KekNumber(1))
    assert [(key.number, key.created) for key in again.keys] == [(1, datetime.now(UTC).date())]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_ring_is_never_replaced_by_a_new_one(ring: KeyRing, path: Path, root: RootKey) -> None:
    with pytest.raises(VaultError, match="not replaced"):
        KeyRing.create(path, root)
    assert KeyRing.load(path, root).get(KekNumber(1)) == ring.get(KekNumber(1))


def test_a_key_is_on_the_disk_before_it_can_wrap_anything(ring: KeyRing, path: Path, root: RootKey) -> None:
    number = ring.add_key()

    assert number == ring.current == 2
    assert KeyRing.load(path, root).get(number) == ring.get(number)


def test_a_destroyed_key_is_gone_and_its_number_stays_unused(ring: KeyRing, path: Path, root: RootKey) -> None:
    ring.add_key()
    ring.destroy(KekNumber(1))

    with pytest.raises(KeyMissing, match="Key 1 is not in the ring"):
        KeyRing.load(path, root).get(KekNumber(1))
    with pytest.raises(KeyMissing):
        ring.destroy(KekNumber(1))
    assert ring.add_key() == 3


def test_the_current_key_can_not_be_destroyed(ring: KeyRing) -> None:
    with pytest.raises(VaultError, match="the current one"):
        ring.destroy(ring.current)
    assert ring.current == 1


def test_another_root_key_is_told_from_damage(ring: KeyRing, path: Path, root: RootKey) -> None:
    with pytest.raises(WrongKey, match="use the root key it was made with"):
        KeyRing.load(path, RootKey.new())

    intact = path.read_bytes()
    check = range(7, 23)
    for position in range(len(intact)):
        altered = bytearray(intact)
        altered[position] ^= 0x01
        path.write_bytes(altered)
        with pytest.raises(WrongKey if position in check else RingDamaged):
            KeyRing.load(path, root)


def test_a_cut_ring_is_damaged_at_every_length(ring: KeyRing, path: Path, root: RootKey) -> None:
    intact = path.read_bytes()
    for length in range(len(intact)):
        path.write_bytes(intact[:length])
        with pytest.raises((RingDamaged, WrongKey) if 7 <= length < 23 else RingDamaged):
            KeyRing.load(path, root)


def test_a_missing_ring_says_what_to_do(tmp_path: Path, root: RootKey) -> None:
    with pytest.raises(KeyMissing, match="tamizdat init"):
        KeyRing.load(tmp_path / "nowhere" / "ring", root)
    with pytest.raises(KeyMissing, match="restore its back-up"):
        KeyRing.load(tmp_path / "ring", root)


def test_a_ring_that_vanishes_under_a_running_service_wraps_nothing_more(ring: KeyRing, path: Path) -> None:
    path.unlink()
    with pytest.raises(KeyMissing):
        ring.current_kek()


def test_the_service_takes_the_new_key_as_soon_as_the_operator_rotated(
    ring: KeyRing, path: Path, root: RootKey
) -> None:
    operator = KeyRing.load(path, root)
    assert ring.refresh_if_changed() is False

    number = operator.add_key()
    assert ring.current_kek() == (number, operator.get(number))
    assert ring.refresh_if_changed() is False

    newer = operator.add_key()
    assert ring.get(newer) == operator.get(newer)

    operator.destroy(KekNumber(1))
    assert ring.refresh_if_changed() is True
    with pytest.raises(KeyMissing):
        ring.get(KekNumber(1))


def test_a_change_made_from_an_old_view_loses_no_rival_key(ring: KeyRing, path: Path, root: RootKey) -> None:
    rival = KeyRing.load(path, root)
    theirs = rival.add_key()
    ours = ring.add_key()

    assert (theirs, ours) == (2, 3)
    assert [key.number for key in KeyRing.load(path, root).keys] == [1, 2, 3]
    with pytest.raises(VaultError, match="the current one"):
        rival.destroy(ours)


def _add_ten(path: Path, root: bytes, start: Barrier) -> None:
    ring = KeyRing.load(path, RootKey(root))
    start.wait()
    for _ in range(10):
        ring.add_key()


def test_two_writers_at_once_lose_no_key(ring: KeyRing, path: Path, root: RootKey) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(2)
    writers = [spawn.Process(target=_add_ten, args=(path, root.reveal(), start)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [key.number for key in KeyRing.load(path, root).keys] == list(range(1, 22))


def test_the_lock_is_held_until_everything_is_on_the_disk(
    ring: KeyRing, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    fsync = os.fsync

    def fsync_and_try_the_lock(descriptor: int) -> None:
        fsync(descriptor)
        with path.with_name("ring.lock").open() as rival:
            try:
                fcntl.flock(rival, fcntl.LOCK_SH | fcntl.LOCK_NB)
                held.append(False)
            except BlockingIOError:
                held.append(True)

    monkeypatch.setattr(os, "fsync", fsync_and_try_the_lock)
    ring.add_key()

    # The new file, the folder that names it, the folder after the rename, the overwritten old file.
    assert held == [True] * 4


_ROTATE_FOR_EVER = """
import sys
from pathlib import Path
from storage.vault import KeyRing, RootKey
ring = KeyRing.load(Path(sys.argv[1]), RootKey(bytes.fromhex(sys.argv[2])))
while True:
    while len(ring.keys) > 1:  # also what the child before could not destroy any more
        ring.destroy(ring.keys[0].number)
    ring.add_key()
    print(ring.current, flush=True)
"""


def test_a_kill_in_the_middle_of_saving_leaves_a_ring_that_opens(ring: KeyRing, path: Path, root: RootKey) -> None:
    for kill in range(12):
        command = [sys.executable, "-c", _ROTATE_FOR_EVER, str(path), root.reveal().hex()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            # Each child is killed after another number of rotations, wherever it then is.
            for _ in range(kill + 1):
                promised = int(child.stdout.readline())
            os.kill(child.pid, signal.SIGKILL)

        survivor = KeyRing.load(path, root)
        assert survivor.current >= promised
        assert len(survivor.keys) <= 2
        survivor.get(survivor.current)


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_disk_that_fails_leaves_the_old_ring(
    ring: KeyRing, path: Path, root: RootKey, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = ring.fingerprint()
    with monkeypatch.context() as broken:
        broken.setattr(step, fail)
        with pytest.raises(OSError, match="No space left"):
            ring.add_key()

    assert ring.fingerprint() == before == KeyRing.load(path, root).fingerprint()
    assert ring.add_key() == 2
    assert sorted(file.name for file in path.parent.iterdir()) == ["ring", "ring.lock"]


def test_the_old_file_is_overwritten_when_a_key_is_destroyed(ring: KeyRing, path: Path) -> None:
    ring.add_key()
    with path.open("rb") as old:
        ring.destroy(KekNumber(1))
        left = old.read()

    assert left == bytes(len(left))
    assert len(left) > 0


def test_a_folder_that_can_not_be_written_is_told(path: Path, root: RootKey) -> None:
    path.with_name("ring.lock").unlink()
    path.with_name("ring.lock").mkdir()

    with pytest.raises(VaultError, match=re.escape(str(path.parent))):
        KeyRing.load(path, root)


def test_the_fingerprint_tells_two_rings_apart(ring: KeyRing, path: Path, root: RootKey) -> None:
    before = ring.fingerprint()
    assert before == KeyRing.load(path, root).fingerprint()
    assert re.fullmatch("[0-9a-f]{16}", before)

    ring.add_key()
    assert ring.fingerprint() != before
