from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.graphemes import boundary
from bot.texts.rich import Rich, bold, italic
from bot.texts.split import split
from tests.unit.texts.strategies import riches


def graphemes(text: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(text) + 1):
        if boundary(text, at, start):
            yield text[start:at]
            start = at


@given(riches, st.integers(2, 30))
def test_nothing_but_white_space_is_lost(rich: Rich, limit: int) -> None:
    position = 0
    for piece in split(rich, limit):
        assert 0 < piece.utf16_length <= limit
        assert piece.text.strip()
        while rich[position : position + len(piece)] != piece:
            assert rich.text[position].isspace()
            position += 1
        position += len(piece)
    assert rich.text[position:].strip() == ""


@given(riches, st.integers(40, 80))
def test_no_sign_falls_apart(rich: Rich, limit: int) -> None:
    signs = [sign for sign in graphemes(rich.text) if sign.strip()]
    if all(len(sign.encode("utf-16-le")) // 2 <= limit for sign in signs):
        assert [sign for piece in split(rich, limit) for sign in graphemes(piece.text) if sign.strip()] == signs


@pytest.mark.parametrize(
    "sign",
    ["👩‍👩‍👧‍👦", "❤️‍🔥", "👍🏽", "🇨🇿", "1️⃣", "ẹ́", "क्ष", "\u1112\u1161\u11ab", "😀"],
    ids=ascii,
)
def test_a_sign_at_the_limit_goes_to_the_next_piece_whole(sign: str) -> None:
    room = Rich.plain("ж" * 19 + sign)

    assert [piece.text for piece in split(room, 20)] == ["ж" * 19, sign]
    assert list(graphemes(sign * 3)) == [sign] * 3


def test_flags_in_a_row_are_parted_between_flags() -> None:
    assert [piece.text for piece in split(Rich.plain("🇨🇿🇩🇪🇫🇷"), 9)] == ["🇨🇿🇩🇪", "🇫🇷"]


def test_it_cuts_where_a_reader_would() -> None:
    def texts(text: str) -> list[str]:
        return [piece.text for piece in split(Rich.plain(text), 20)]

    assert texts("Первый абзац.\n\nВторой. Тут\nстрока") == ["Первый абзац.", "Второй. Тут\nстрока"]
    assert texts("Строка первая\nи вторая. Ещё одна") == ["Строка первая", "и вторая. Ещё одна"]
    assert texts("Одно предложение. Другое предложение.") == ["Одно предложение.", "Другое предложение."]
    assert texts("просто несколько слов подряд") == ["просто несколько", "слов подряд"]
    assert texts("А. потом очень длинные слова") == ["А. потом очень", "длинные слова"]
    assert texts("3.14159265358979323846264338") == ["3.141592653589793238", "46264338"]


def test_styles_are_carried_over_the_cut() -> None:
    assert split(bold("раз два ") + italic("три"), 8) == [bold("раз два"), italic("три")]
    assert split(bold("раз два три"), 8) == [bold("раз два"), bold("три")]


def test_what_fits_stays_in_one_piece() -> None:
    story = Rich.plain("Абзац.\n\nЕщё один.")

    assert split(story) == [story]
    assert split(Rich.plain("\n" + "😀" * 2048 + " ")) == [Rich.plain("😀" * 2048)]
    assert split(Rich.plain(" \n ")) == []


def test_a_sign_longer_than_the_limit_is_cut_at_last() -> None:
    assert [piece.text for piece in split(Rich.plain("e" + "\u0301" * 9), 4)] == [
        "e\u0301\u0301\u0301",
        "\u0301" * 4,
        "\u0301" * 2,
    ]


@pytest.mark.parametrize("sign", ["ж", "😀", "🇨🇿", "e\u0301", " ", ". ", "\n", "а" + "\u0301" * 5000])
def test_a_very_long_text_is_split(sign: str) -> None:
    """Quadratic time would not get through within the time a test has."""
    text = sign * (250_000 // len(sign))
    pieces = split(Rich.plain("я") + bold(text))

    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(("я" + text).split())


def test_a_text_of_many_styles_is_split_in_one_walk() -> None:
    story = Rich.join(" ", [bold("слово"), italic("и")] * 60_000)

    assert "".join(piece.text.replace(" ", "") for piece in split(story)) == story.text.replace(" ", "")


def test_a_limit_without_room_for_an_emoji_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        split(Rich.plain("текст"), 1)


def test_a_line_end_is_a_boundary_even_before_an_accent() -> None:
    assert boundary("\n\u0301", 1)
    assert not boundary("а\u0301", 1)
