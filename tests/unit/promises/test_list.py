"""The list of promises is sound: nothing in it names what is not there, and every guard can still be removed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.promises.lists import ROOT, Area, problems, read
from tests.promises.page import BEGIN, END, PAGE, renewed

SOUND = """
[[promise]]
says = "Nobody gets in"
guards = ["door.py"]
tests = ["test_door.py::test_it_is_shut"]
[promise.broken]
file = "door.py"
find = "shut"
replace = "open"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "door.py").write_text("state = 'shut'\n")
    (tmp_path / "test_door.py").write_text("def test_it_is_shut(): ...\n")
    return tmp_path


def written(tree: Path, text: str) -> tuple[Area, ...]:
    (tree / "front_door.toml").write_text(text)
    return read(tree)


def test_every_promise_has_a_guard_that_can_be_removed_and_a_test() -> None:
    assert problems(read()) == []


def test_security_md_says_what_the_list_says() -> None:
    """If not: `python -m tests.promises --write`."""
    page = PAGE.read_text("utf-8")
    assert page == renewed(page, read())
    places = {place.partition("#")[0] for place in re.findall(r"\]\(([^)]*)\)", page)}
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('guards = ["door.py"]', 'guards = ["gate.py"]', "there is no file gate.py"),
        ('guards = ["door.py"]', "guards = []", "no file guards it"),
        ("::test_it_is_shut", "::test_it_is_open", "there is no test test_door.py::test_it_is_open"),
        ('"test_door.py::test_it_is_shut"', "", "no test proves it"),
        ('find = "shut"', 'find = "locked"', "occurs 0 times in door.py, not once"),
        ('replace = "open"', 'replace = "shut"', "breaking it changes nothing"),
        ('find = "shut"', 'find = "state = "', "without it door.py is not Python any more"),
        ('file = "door.py"', 'file = "gate.py"', "broken in gate.py, which is not there"),
        ('file = "door.py"', 'file = "tests/door.py"', "break the guard"),
    ],
)
def test_what_is_wrong_is_said(tree: Path, right: str, wrong: str, said: str) -> None:
    assert problems(written(tree, SOUND), tree) == []
    [problem] = problems(written(tree, SOUND.replace(right, wrong)), tree)
    assert problem.startswith("front_door: “Nobody gets in”: ")
    assert said in problem


def test_a_promise_is_made_once(tree: Path) -> None:
    assert problems(written(tree, SOUND + SOUND), tree) == ["“Nobody gets in” is promised twice"]


def test_a_list_that_is_not_written_as_it_must_be_is_named(tree: Path) -> None:
    with pytest.raises(ValueError, match=r"front_door\.toml: .*unknown field `test`"):
        written(tree, SOUND.replace("tests = ", "test = "))


def test_the_page_gets_what_the_list_says_and_keeps_the_rest(tree: Path) -> None:
    before = f"# Security\n\n{BEGIN}\nof old\n{END}\n\nHow to report\n"
    assert renewed(before, written(tree, SOUND)) == (
        f"# Security\n\n{BEGIN}\n\n### Front door\n\n| promise | guarded in | proven by |\n|---|---|---|\n"
        "| Nobody gets in | [`door.py`](door.py) | [`test_it_is_shut`](test_door.py) |\n"
        f"\n{END}\n\nHow to report\n"
    )
