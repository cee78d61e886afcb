"""Seven words: drawn, shown, typed again by somebody in a hurry, and what they open."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.private import Private
from storage.vault import Misread, Opened, Pepper, Receipt, RootKey
from storage.vault.receipts import LENGTH, draw, open_slowly, pepper_of, read, show, unlock, written_in
from storage.vault.words import words

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ROOT = RootKey(bytes(range(32)))
receipts = st.lists(st.sampled_from(words()), min_size=LENGTH, max_size=LENGTH).map(lambda seven: Receipt(tuple(seven)))
between = st.sampled_from([" ", "  ", "\n", "\r\n", ", ", ".\n", " — ", "; ", "\t", "\n3. ", " 12) ", "\u00a0", "…"])


@cache
def opened(*seven: str, root: bytes = bytes(range(32))) -> Opened:
    return unlock(Receipt(seven), pepper_of(RootKey(root)))


def receipt_of(text: str) -> Receipt:
    found = read(Private(text))
    assert isinstance(found, Receipt)
    return found


def test_a_receipt_shows_nothing_by_itself() -> None:
    receipt = draw()
    for shown in (repr(receipt), str(receipt), f"{receipt}", repr(show(receipt)), repr([receipt])):
        assert not any(word in shown for word in receipt.reveal())
    assert repr(opened(*words()[:7])) == "Opened(key=DataKey(…))"


def test_two_receipts_are_never_the_same() -> None:
    drawn = {draw().reveal() for _ in range(1000)}
    assert len(drawn) == 1000
    assert {len(receipt) for receipt in drawn} == {7}
    assert len({word for receipt in drawn for word in receipt}) > 4000  # of 8192: all of the list is used


@given(receipts)
def test_what_is_shown_is_read(receipt: Receipt) -> None:
    assert read(show(receipt)) == receipt


@given(receipts, st.data())
def test_case_yo_marks_and_numbers_don_t_matter(receipt: Receipt, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", "1. ", "«", "\n\n"]))
    for word in receipt.reveal():
        typed = "".join(data.draw(st.sampled_from(_ways(letter))) for letter in word)
        text += typed + data.draw(between)
    assert read(Private(text)) == receipt


def _ways(letter: str) -> list[str]:
    """To write it: as a capital; ё in one sign or in two; with a stress mark; a soft hyphen behind it."""
    more = {"е": ["ё", "Ё", "е\u0308"], "й": ["и\u0306"], "а": ["а\u0301"], "т": ["т\u00ad"]}
    return [letter, letter, letter.upper(), *more.get(letter, [])]


@st.composite
def mistyped(draw_: st.DrawFn) -> tuple[Receipt, int, str]:
    """A receipt, which of its words has a typo, and the text."""
    receipt, place = draw_(receipts), draw_(st.integers(0, LENGTH - 1))
    seven = list(receipt.reveal())
    seven[place] = edited(seven[place], draw_(st.randoms(use_true_random=False)))
    return receipt, place, " ".join(seven)


def edited(word: str, chance: random.Random) -> str:
    place, letter = chance.randrange(len(word)), chance.choice(LETTERS)
    before, behind = word[:place], word[place:]
    return chance.choice(
        [
            before + behind[1:],
            before + letter + behind,
            before + letter + behind[1:],
            before + behind[1:2] + behind[:1] + behind[2:],
        ]
    )


@settings(max_examples=300)
@given(mistyped())
def test_a_typo_never_makes_another_receipt(made: tuple[Receipt, int, str]) -> None:
    """It is corrected; or, where two words are near, the person is told which one it is."""
    receipt, place, text = made
    assert read(Private(text)) in (receipt, Misread(count=7, unknown=(place + 1,)))


def test_nearly_every_typo_is_corrected() -> None:
    """Some 19 of 20; in the others a second word of the list is as near."""
    chance = random.Random(5)
    others = " ".join(words()[:6])
    typos = [(word, edited(word, chance)) for word in chance.sample(words(), 1000)]
    corrected = [read(Private(f"{typo} {others}")) == receipt_of(f"{word} {others}") for word, typo in typos]
    assert sum(corrected) > 900


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("", Misread(count=0, unknown=())),
        ("1. 2. 3.", Misread(count=0, unknown=())),
        (" ".join(words()[:6]), Misread(count=6, unknown=())),
        (" ".join(words()[:8]), Misread(count=8, unknown=())),
        ("ъъъъъ " + " ".join(words()[:6]), Misread(count=7, unknown=(1,))),
        (" ".join(words()[:5]) + " receipt " + "ж" * 5000, Misread(count=7, unknown=(6, 7))),
    ],
)
def test_what_is_no_receipt_says_why(text: str, misread: Misread) -> None:
    assert read(Private(text)) == misread


@given(receipts, between, between)
def test_a_receipt_in_the_middle_of_a_story_is_found(receipt: Receipt, before: str, behind: str) -> None:
    text = Private(f"Я записал это на листке:{before}{show(receipt).reveal()}{behind}Потом мы уехали.")
    assert receipt in written_in(text)


def test_six_words_of_the_list_are_no_receipt() -> None:
    assert written_in(Private("Я помню: " + ", ".join(words()[:6]) + ".")) == []
    assert len(written_in(Private(" ".join(words()[:9])))) == 3


def test_a_receipt_on_paper_opens_the_same_for_ever() -> None:
    """Computed with `hmac` and Argon2id alone; whoever changes labels or costs sees it here."""
    found = opened("якорь", "арбуз", "лодка", "облако", "дождь", "книга", "сосна")
    assert found.lookup.hex() == "275ba56667e7834946da8862442994c75ed55474a993206b79b631b59894f06a"
    assert found.key.reveal().hex() == "477f0730e40fc311859619fcaae41a235a7db827d86771413e09b68ad082796b"


def test_lookup_and_key_don_t_lead_to_each_other() -> None:
    found = opened(*words()[:7])
    assert len(found.lookup) == len(found.key.reveal()) == 32
    assert found.lookup != found.key.reveal()


def test_another_order_another_word_or_another_newsroom_opens_something_else() -> None:
    seven = words()[:7]
    all_ = [
        opened(*seven),
        opened(*reversed(seven)),
        opened(*seven[:6], words()[7]),
        opened(*seven, root=bytes(32)),
    ]
    assert len({found.lookup for found in all_}) == len({found.key.reveal() for found in all_}) == 4


async def test_a_receipt_opens_the_same_beside_the_event_loop() -> None:
    seven = words()[:7]
    assert await open_slowly(Receipt(seven), pepper_of(ROOT)) == opened(*seven)


def test_the_pepper_is_not_the_root_key() -> None:
    assert isinstance(pepper_of(ROOT), Pepper)
    assert pepper_of(ROOT).reveal() not in (ROOT.reveal(), pepper_of(RootKey(bytes(32))).reveal())
