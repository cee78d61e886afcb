"""A promise holds when its tests pass, and is proven when they fail without its guard. Seen on a tree of two files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.promises.breaking import see
from tests.promises.lists import Broken, Promise
from tests.promises.running import Tree, run

DOOR = "def is_open():\n    return False\n"
TESTS = """
import pytest
from door import is_open

@pytest.mark.parametrize("hour", [3, 15])
def test_shut(hour):
    assert not is_open()

def test_that_asserts_nothing():
    is_open()

def test_that_fails():
    assert is_open(), "it is shut"

@pytest.mark.skip
def test_that_is_skipped(): ...
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "door.py").write_text(DOOR)
    (tmp_path / "test_door.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return Tree(folder=tmp_path, python=Path(sys.executable))


def promise(test: str, instead: str) -> Promise:
    broken = Broken(file="door.py", find="return False", replace=instead)
    return Promise(says="Nobody gets in", guards=("door.py",), tests=(f"test_door.py::{test}",), broken=broken)


def test_a_test_that_is_not_run_does_not_pass(tree: Tree) -> None:
    told: list[tuple[int, int]] = []
    names = ["test_shut", "test_shut[3]", "test_that_fails", "test_that_is_skipped", "test_nobody_wrote"]
    found = run([f"test_door.py::{name}" for name in names], lambda done, total: told.append((done, total)), tree=tree)
    assert [name for name in names if found[f"test_door.py::{name}"].passed] == ["test_shut", "test_shut[3]"]
    assert found["test_door.py::test_that_fails"].why == "failed in call: AssertionError: it is shut"
    assert found["test_door.py::test_nobody_wrote"].why.startswith("did not run")
    assert told[-1] == (4, 4)


@pytest.mark.parametrize(
    ("test", "instead", "is_noticed"),
    [
        ("test_shut", "return True", True),
        ("test_that_asserts_nothing", "return True", False),
        ("test_shut", "return (", False),  # a tree that can't be read proves nothing
    ],
)
def test_without_the_guard_the_test_must_fail(tree: Tree, test: str, instead: str, is_noticed: bool) -> None:
    assert (see(promise(test, instead), tree).failed is not None) == is_noticed
    assert (tree.folder / "door.py").read_text() == DOOR
