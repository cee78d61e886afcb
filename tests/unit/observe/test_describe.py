"""An exception becomes its kind and its place."""

from __future__ import annotations

from bot.errors import ConfigError
from bot.observe.describe import describe

MARKER = "this is somebody's story"


def test_no_message_of_a_library() -> None:
    try:
        dict[str, int]()[MARKER]
    except KeyError as error:
        text = describe(error)
    assert text.startswith("KeyError at tests/unit/observe/test_describe.py:")
    assert MARKER not in text


def test_our_own_message_says_what_to_do() -> None:
    assert describe(ConfigError("[service] data: is a file.")) == "ConfigError ([service] data: is a file.)"


def test_what_came_before_is_named_too() -> None:
    try:
        try:
            int(MARKER)
        except ValueError as error:
            raise RuntimeError(MARKER) from error
    except RuntimeError as error:
        text = describe(error)
    assert text.startswith("RuntimeError at ")
    assert ", after ValueError at " in text
    assert MARKER not in text


def test_a_group_names_its_parts() -> None:
    text = describe(ExceptionGroup(MARKER, [ValueError(MARKER), OSError(MARKER)]))
    assert text == "ExceptionGroup [ValueError; OSError]"


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert describe(first) == "ValueError, after KeyError"
