import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.rich import PLAIN, Rich, Span, Style, bold, code, italic, link, quote, utf16_length
from tests.unit.texts.strategies import riches, texts


def test_a_sentence_is_put_together_from_styled_parts() -> None:
    said = Rich.plain("Ваша ") + bold("история") + ": " + italic(bold("начало"))

    assert said.text == "Ваша история: начало"
    assert said.spans == (
        Span("Ваша "),
        Span("история", Style(bold=True)),
        Span(": "),
        Span("начало", Style(bold=True, italic=True)),
    )


def test_join_puts_the_separator_between_parts_only() -> None:
    assert Rich.join("\n", [bold("а"), "б", code("в")]) == bold("а") + "\nб\n" + code("в")
    assert Rich.join(", ", []) == Rich()


def test_equal_looks_are_equal_values() -> None:
    assert Rich((Span("а"), Span(""), Span("б"))) == Rich.plain("аб")
    assert not Rich((Span("", Style(bold=True)),))
    assert hash(bold("а") + bold("б")) == hash(bold("аб"))


def test_an_inner_link_wins_over_the_one_around_it() -> None:
    inner = link("тут", "https://example.org/inner")

    assert link(inner + "!", "https://example.org/outer") == inner + link("!", "https://example.org/outer")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "https://a b", "ftp://a", " https://a.b", "//a.b", "mailto:a@b.c"]
)
def test_a_link_that_could_harm_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must begin with https"):
        link("тут", url)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({"spans": [{"text": "a", "style": {"link": url}}]}), type=Rich)


def test_nothing_of_the_text_is_shown_by_repr() -> None:
    story = Rich.plain("меня зовут ") + link(quote("Анна"), "https://example.org/anna")

    for shown in (repr(story), str(story), f"{story}", repr(story.spans), repr(story.spans[1].style)):
        assert "Анна" not in shown
        assert "anna" not in shown
    assert repr(story) == "Rich(15 characters, 2 spans)"


@given(riches)
def test_the_outbox_keeps_it_as_it_is(rich: Rich) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(rich), type=Rich) == rich
    assert msgspec.json.decode(msgspec.json.encode(rich), type=Rich) == rich


@given(riches, st.integers(-60, 60), st.integers(-60, 60))
def test_slices_are_slices_of_the_text(rich: Rich, start: int, stop: int) -> None:
    piece = rich[start:stop]

    assert piece.text == rich.text[start:stop]
    assert len(piece) == len(piece.text)
    assert rich[:start] + rich[start:] == rich


@given(texts)
def test_utf16_length_is_what_utf16_takes(text: str) -> None:
    assert utf16_length(text) == Rich.plain(text).utf16_length == len(text.encode("utf-16-le")) // 2


@given(riches)
def test_no_span_is_empty_and_neighbours_differ(rich: Rich) -> None:
    assert all(span.text for span in rich.spans)
    assert all(one.style != other.style for one, other in zip(rich.spans, rich.spans[1:], strict=False))
    assert Rich.join("", [Rich((span,)) for span in rich.spans]) == rich


def test_only_whole_slices_are_taken() -> None:
    with pytest.raises(ValueError, match="step"):
        Rich.plain("текст")[::2]


def test_the_plain_style_says_nothing_when_stored() -> None:
    assert msgspec.json.encode(Rich((Span("a", PLAIN),))) == b'{"spans":[{"text":"a"}]}'
