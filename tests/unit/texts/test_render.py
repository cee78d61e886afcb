import json
import re
from html.parser import HTMLParser

import msgspec
import pytest
import tdjson
from hypothesis import given

from bot.texts.render import Entity, html, plain, telegram_entities
from bot.texts.rich import Rich, Span, bold, code, italic, link, quote
from tests.unit.texts.strategies import riches

URL = "https://example.org/?a=1&b=%22"


def units(text: str, entity: Entity) -> str:
    """What Telegram sees below an entity."""
    data = text.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)]
    return data.decode("utf-16-le")


def test_offsets_count_utf16_units_of_the_trimmed_text() -> None:
    text, entities = telegram_entities(
        Rich.plain("\n 😀 ") + bold(" жирный ") + "😀" + link("сюда", URL) + code(" ") + " "
    )

    assert text == "😀  жирный 😀сюда"
    assert entities == [
        Entity("bold", 4, 6),
        Entity("text_link", 13, 4, URL),
    ]
    assert [units(text, entity) for entity in entities] == ["жирный", "сюда"]


def test_overlapping_styles_are_nested() -> None:
    text, entities = telegram_entities(
        bold(Rich.plain("а") + italic("б")) + italic(Rich.plain("в") + quote(link("г", URL) + "д"))
    )

    assert text == "абвгд"
    assert entities == [
        Entity("bold", 0, 2),
        Entity("italic", 1, 1),
        Entity("italic", 2, 1),
        Entity("blockquote", 3, 2),
        Entity("text_link", 3, 1, URL),
        Entity("italic", 3, 1),
        Entity("italic", 4, 1),
    ]


def test_code_stands_alone_but_a_link_stays_a_link() -> None:
    assert telegram_entities(quote(bold(code("x"))))[1] == [Entity("blockquote", 0, 1), Entity("code", 0, 1)]
    assert telegram_entities(link(code("x"), URL))[1] == [Entity("text_link", 0, 1, URL)]


@given(riches)
def test_every_entity_covers_what_has_its_style(rich: Rich) -> None:
    text, entities = telegram_entities(rich)
    styled = {"blockquote": "quote", "text_link": "link", "bold": "bold", "italic": "italic", "code": "code"}

    assert text == rich.text.strip()
    for entity in entities:
        covered = units(text, entity)
        assert covered.strip() == covered != ""
        looks_so = "".join(span.text if getattr(span.style, styled[entity.type]) else "\0" for span in rich.spans)
        assert covered in looks_so
    for one in entities:
        for other in entities:
            overlap = min(one.offset + one.length, other.offset + other.length) - max(one.offset, other.offset)
            assert overlap <= 0 or overlap in (one.length, other.length)


def tdlib(markup: str) -> tuple[str, dict[str, set[int]]]:
    """Telegram's own reading of HTML: the text, and the UTF-16 positions that have each style."""
    request = {"@type": "parseTextEntities", "text": markup, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    assert answer["@type"] == "formattedText", answer
    found: dict[str, set[int]] = {}
    for entity in answer["entities"]:
        kind = entity["type"]["@type"] + entity["type"].get("url", "")
        found.setdefault(kind, set()).update(range(entity["offset"], entity["offset"] + entity["length"]))
    return answer["text"], found


@pytest.fixture(autouse=True, scope="module")
def quiet_tdlib() -> None:
    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')


# Without code: read as HTML it may nest, the Bot API forbids it; the test above has it.
no_code = riches.map(
    lambda rich: Rich(
        tuple(Span("".join(span.text.split()), msgspec.structs.replace(span.style, code=False)) for span in rich.spans)
    )
)


@given(no_code.filter(bool))
def test_tdlib_sees_in_our_html_what_we_tell_telegram(rich: Rich) -> None:
    """White space is left out: HTML and Telegram keep different amounts of it."""
    names = {"blockquote": "BlockQuote", "text_link": "TextUrl", "bold": "Bold", "italic": "Italic"}
    text, entities = telegram_entities(rich)
    ours: dict[str, set[int]] = {}
    for entity in entities:
        kind = "textEntityType" + names[entity.type] + (entity.url or "")
        ours.setdefault(kind, set()).update(range(entity.offset, entity.offset + entity.length))

    assert tdlib(re.sub("</?p>", "", html(rich))) == (text, ours)


def test_html_has_paragraphs_lines_and_quotations() -> None:
    story = (
        Rich.plain("Раз\nдва\n\n") + bold("три\n\nчетыре") + "\n" + quote("цитата\n\nдальше") + '\n\n<конец> & "всё"'
    )

    assert html(story) == (
        "<p>Раз<br>два</p><p><strong>три</strong></p><p><strong>четыре</strong></p>"
        "<blockquote><p>цитата</p><p>дальше</p></blockquote><p>&lt;конец&gt; &amp; &quot;всё&quot;</p>"
    )
    assert html(link(code("a"), URL)) == ('<p><a href="https://example.org/?a=1&amp;b=%22"><code>a</code></a></p>')
    assert html(Rich.plain(" \n\n")) == html(Rich()) == ""


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "br", "blockquote", "strong", "em", "code", "a"}
        assert all(name == "href" and tag == "a" for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(riches)
def test_html_is_well_formed_and_loses_no_word(rich: Rich) -> None:
    parser = Balanced()
    parser.feed(html(rich))
    parser.close()

    assert parser.open == []
    assert "".join(parser.text.split()) == "".join(rich.text.split())


def test_plain_text_shows_addresses_and_quotations() -> None:
    said = Rich.plain("Пишите ") + link("сюда", URL) + " или " + link(URL, URL) + ":\n"

    assert plain(said + quote(bold("раз\nдва"))) == f"Пишите сюда ({URL}) или {URL}:\n> раз\n> два"
