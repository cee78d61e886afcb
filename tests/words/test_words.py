"""The list that the service ships, against the rules by which it was made."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

from storage import vault
from storage.vault.words import words
from tests.words import rules
from tests.words.barred import WORDS
from tests.words.rules import COUNT, apart, fits, sound, traces

SHA256 = "45620d95d6bceb6be963755517d30c401950962613a23ad47ed59d37d32738c1"
"""Whoever takes a word out makes the receipts unreadable in which it stands."""


def test_the_list_is_the_one_that_is_on_paper_already() -> None:
    shipped = files(vault).joinpath("words_ru.txt").read_bytes()
    assert hashlib.sha256(shipped).hexdigest() == SHA256


def test_seven_words_are_91_bits() -> None:
    assert len(words()) == len(set(words())) == COUNT == 2**13


def test_the_words_are_sorted_one_a_line() -> None:
    assert list(words()) == sorted(words())
    assert files(vault).joinpath("words_ru.txt").read_text("utf-8") == "".join(f"{word}\n" for word in words())


def test_each_word_keeps_the_rules_by_itself() -> None:
    assert [word for word in words() if not fits(word)] == []


def test_no_two_words_look_alike() -> None:
    owners: dict[str, str] = {}
    for word in words():
        for trace in traces(word):
            assert owners.setdefault(trace, word) == word


def test_no_two_words_sound_alike() -> None:
    heard: dict[str, str] = {}
    for word in words():
        assert heard.setdefault(sound(word), word) == word


@pytest.mark.parametrize(
    "pair",
    [
        ("кошка", "кашка"),
        ("кошка", "кошк"),
        ("кошка", "кошкаа"),
        ("кошка", "окшка"),
        ("порок", "порог"),
        ("тонна", "тона"),
    ],
)
def test_of_two_that_are_alike_one_is_left(pair: tuple[str, str]) -> None:
    assert apart(pair) == [pair[0]]


@pytest.mark.parametrize(
    "word", ["кот", "электростанция", "ёлка", "елка-палка", "убийца", "берлинский", "мыться", "главное"]
)
def test_words_that_no_receipt_has(word: str) -> None:
    assert not fits(word)


def test_every_word_that_is_barred_by_itself_needs_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is misspelt, or that a root bars already, would only make the list longer."""
    monkeypatch.setattr(rules, "WORDS", frozenset[str]())
    assert [word for word in WORDS if not fits(word)] == []
