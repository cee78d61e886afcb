"""A key folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.vault import KeyRing, RootKey


@pytest.fixture
def root() -> RootKey:
    return RootKey(bytes(range(32)))


@pytest.fixture
def ring(tmp_path: Path, root: RootKey) -> KeyRing:
    return KeyRing.create(tmp_path / "keys" / "ring", root)
