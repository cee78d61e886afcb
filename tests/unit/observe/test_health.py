"""What `doctor` says of the machine."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.observe import health


def test_a_clock_that_is_right(tmp_path: Path) -> None:
    assert health.clock(None).ok
    file = tmp_path / "database"
    file.touch()
    assert health.clock(file).ok


def test_a_clock_that_went_back(tmp_path: Path) -> None:
    file = tmp_path / "database"
    file.touch()
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    assert health.clock(file, written - timedelta(minutes=4)).ok  # another machine's disk may be a little ahead
    assert not health.clock(file, written - timedelta(minutes=6)).ok


def test_a_clock_that_was_never_set() -> None:
    found = health.clock(None, datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    assert not found.ok
    assert "set it" in found.remedy


@pytest.mark.parametrize(("free", "ok"), [(10, True), (9, False)])
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, ok: bool) -> None:
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 100 - free, free))
    assert health.disk(tmp_path).ok is ok


def test_a_folder_that_is_not_there_yet_is_asked_for_where_it_will_be(tmp_path: Path) -> None:
    here, there = health.disk(tmp_path), health.disk(tmp_path / "data" / "newsroom")
    assert here.ok == there.ok


def test_the_sandbox_names_its_layers() -> None:
    found = health.confinement()
    assert found.ok
    assert "no new privileges" in found.what
