import pytest
from hypothesis import given

from bot.texts.clean import clean, is_empty
from tests.unit.texts.strategies import texts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("и\u0306", "й"),  # NFC
        ("раз\r\nдва\rтри\u2028четыре\x85", "раз\nдва\nтри\nчетыре"),
        ("а\x00б\x1b[31mв\x9bг\tд", "аб[31mвг д"),
        ("а\ud83dб", "аб"),
        ("файл\u202etxt.exe\u202c", "файлtxt.exe"),
        ("\u2068Имя\u2069", "Имя"),
        ("И\u200bва\u00adно\u2060в\ufeff", "Иванов"),
        ("текст\U000e0054\U000e0061", "текст"),
        ("😀" + "".join(map(chr, range(0xE0100, 0xE0110))), "😀"),
        ("а\ufe0fб\ufe01", "аб"),
        ("раз  \nдва\n\n\n\n\n\nтри\n \n", "раз\nдва\n\n\nтри"),
        ("а\u200dб\u200cв", "абв"),
        ("е\u034f\u0301", "е\u0301"),
        ("\u200f\u200e\u200fпривет\u200f", "привет"),
        ("שלום\u200f\u200f\u200e!", "שלום\u200f!"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "👩‍❤️‍👨 👨‍👩‍👧‍👦 🧑🏽‍🚀 🏳️‍🌈 🏴‍☠️ 🙂‍↔️ ❤️‍🔥 1️⃣ #️⃣ ℹ️ ©️ ☎︎ 🇨🇿",
        "می‌خواهم",  # Persian, with a non-joiner
        "क्‍ष श्‍री",  # Hindi, with joiners
        "ශ්‍රී ලංකා",  # Sinhala
        "שלום, мир (שלום 123)",
        "مرحبا بالعالم",
        "葛\U000e0100城",  # the way a family writes its name
        "  с отступом\n\n\nдва пробела  внутри",
        "\ue0000\ue001",
        "«Ёлки» — 5 °C, № 7…",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text


@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_half_characters_and_long_runs_of_blanks_do_no_harm() -> None:
    assert clean("я" + "\u0301\u0323" * 500_000 + "я") == "я" + "\u0323" * 15 + "\u0301" * 15 + "я"
    assert clean("я" + "\u0344" * 500_000) == "я" + "\u0308\u0301" * 15
    assert clean("я" + ("\u0301\u0323" * 15 + "\u200d") * 16_000 + "я") == "я" + "\u0323" * 15 + "\u0301" * 15 + "я"
    assert clean("я" + " " * 500_000 + "я").split() == ["я", "я"]
    assert clean("я" + "\u200d" * 500_000 + "я") == "яя"
    assert clean("".join(map(chr, range(0xD800, 0xE000)))) == ""


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u2060", "\u3164", "\u2800\u00a0", "\u202e\u202c", "\ufe0f", "\U000e0041"]
)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["Да.", " а\n\nб ", "👩‍👩‍👧‍👦🇨🇿", "e\u0301\u0323", "И\u200bва\u200bн"])
def test_a_text_that_shows_something_is_not(text: str) -> None:
    assert not is_empty(text)
