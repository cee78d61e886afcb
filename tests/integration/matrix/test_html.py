"""Our formatted messages hold nothing that a client would throw away, and nobody's words become markup."""

from __future__ import annotations

from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.matrix.listening.formatted import marked
from bot.platforms.matrix.speaking.html_out import body, formatted_body
from bot.texts.rich import Rich, Span, Style, bold, code, italic, link, quote

TAGS = {"a", "blockquote", "br", "code", "em", "strong"}
WORDS = st.text(st.characters(exclude_categories=()), max_size=12)
URLS = st.from_regex(r"https?://[a-z]{1,8}\.org/[ -~ёж]{0,12}", fullmatch=True).filter(lambda url: " " not in url)
STYLES = st.builds(
    Style, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), quote=st.booleans(), link=st.none() | URLS
)
RICH = st.builds(lambda spans: Rich(tuple(spans)), st.lists(st.builds(Span, WORDS, STYLES), max_size=6))


class Strict(HTMLParser):
    """Fails at a tag that is not closed, closed twice, or crossed by another; keeps the words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        if tag == "br":
            self.words.append("\n")
        else:
            assert tag not in self.open
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_in(html: str) -> str:
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return "".join(parser.words)


@given(RICH)
def test_every_message_is_well_formed_and_survives_a_client_s_cleaning(rich: Rich) -> None:
    html = formatted_body(rich)
    if html is None:
        return
    words_in(html)
    assert nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None) == html


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1), min_size=1, max_size=4))
def test_no_word_is_lost_and_none_becomes_markup(parts: list[str]) -> None:
    rich = Rich.join(bold(" | "), parts) + italic("end")
    html = formatted_body(rich)
    assert html is not None
    assert words_in(html) == rich.text == body(rich)


def test_a_message_without_any_looks_needs_no_html() -> None:
    assert formatted_body(Rich.plain("Hello <b>you</b>")) is None


@pytest.mark.parametrize(
    ("rich", "html"),
    [
        (bold("«Ёлка»") + " <b> & co", "<strong>«Ёлка»</strong> &lt;b&gt; &amp; co"),
        (bold("one") + "\n\ntwo", "<strong>one</strong><br><br>two"),
        (bold(italic("both") + " one"), "<strong><em>both</em> one</strong>"),
        (Rich.join("\n", ["You:", quote("a\nb"), "Sure?"]), "You:<blockquote>a<br>b</blockquote>Sure?"),
        (code("!start s-1"), "<code>!start s-1</code>"),
        (link("here", 'https://x.org/?a=1&b="<'), '<a href="https://x.org/?a=1&amp;b=%22%3C">here</a>'),
    ],
)
def test_looks(rich: Rich, html: str) -> None:
    assert formatted_body(rich) == html


def test_what_html_can_t_hold_is_replaced_in_both() -> None:
    rich = bold("a\x00b\ud800c\x1b")
    assert (body(rich), formatted_body(rich)) == ("a\ufffdb\ufffdc\ufffd", "<strong>a\ufffdb\ufffdc\ufffd</strong>")


@pytest.mark.parametrize(
    ("formatted", "marks"),
    [
        ("Вышли <strong>три истории</strong>", "Вышли **три истории**"),
        ("<p>раз <em>два</em></p>\n<p>три</p>\n", "раз __два__\n\nтри"),
        ("строка<br />\n<b>другая</b>", "строка\n**другая**"),
        ('<a href="https://example.org/?a=1&amp;b=2">сюда</a>', "[сюда](https://example.org/?a=1&b=2)"),
        ('<a href="javascript:alert(1)"><i>сюда</i></a>', "__сюда__"),
        ("<blockquote>\n<p>чужое</p>\n</blockquote>\n<p>моё</p>", "> чужое\n\nмоё"),
        ("<mx-reply><b>прежнее</b></mx-reply><i>ответ</i>", "__ответ__"),
        ("<font color='red'>просто</font> слова", None),
        ("", None),
    ],
)
def test_the_formatting_of_a_message_reads_as_marks(formatted: str, marks: str | None) -> None:
    read = marked(formatted)
    assert (None if read is None else read.reveal()) == marks
