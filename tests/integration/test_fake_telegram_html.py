"""The fake's reading of HTML against TDLib's own, offline: what is refused, in which words, and what comes out."""

from __future__ import annotations

import json
from typing import Any

import pytest
import tdjson

from tests.fakes.telegram import html
from tests.fakes.telegram.errors import ApiError

NASTY = [
    "",
    "plain",
    "a < b",
    "a > b & c",
    "<b>bold</b> <i>it</i> <u>u</u> <s>s</s>",
    "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>",
    "<B>Upper</b> <I >spaced</I >",
    "<b>x",
    "x</b>",
    "<b>x</i>",
    "<b>x</>",
    "<b><i>x</b></i>",
    "<b></b>",
    "<b>a<b>b</b>c</b>",
    "<b><i><u><s>deep</s></u></i></b>",
    "<foo>x</foo>",
    "<p>x</p>",
    "<br>",
    "<br/>",
    "<b/>x",
    "<b /x>y</b>",
    "<>x</>",
    "< b>x</b>",
    "<b",
    "<b ",
    "<a href",
    "<a href=",
    "<a href='x",
    "<a href='http://x.org'",
    "</",
    "<b>x</b",
    "<b>x</b junk>",
    "<b>x</b >",
    "<a href='http://x.org'>y</a>",
    '<a href="http://X.ORG/Path?q=1&amp;r=2#f">y</a>',
    "<a href=x>y</a>",
    "<a href=x.org>y</a>",
    "<a href=http://x.org>y</a>",
    "<a href='x.org:8080/a b'>y</a>",
    "<a href='ftp://x.org'>y</a>",
    "<a href='javascript:alert(1)'>y</a>",
    "<a href='https://user:pw@пример.рф/путь'>y</a>",
    "<a href='http://x.org:99999/'>y</a>",
    "<a href='http://[::1]/'>y</a>",
    "<a href='http://x y.org/'>y</a>",
    "<a href='tg://resolve?domain=x'>y</a>",
    "<a href='tg://user?id=123456'>имя</a>",
    "<a href='tg://user?id=0'>y</a>",
    "<a href='tg:user?id=5&amp;x=1'>y</a>",
    "<a href=''>example.org</a>",
    "<a>example.org</a>",
    "<a>not a link</a>",
    "<a title='x' href='http://x.org' href='http://y.org'>y</a>",
    "<a ='x'>y</a>",
    "<a 'x'>y</a>",
    "<b class='x'>y</b>",
    "<b class>y</b>",
    "<span>x</span>",
    "<span class='tg-spoiler'>x</span>",
    "<span class='spoiler'>x</span>",
    "<span class=tg-spoiler>x</span>",
    "<tg-spoiler>x</tg-spoiler>",
    "<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>",
    "<tg-emoji emoji-id='x'>👍</tg-emoji>",
    "<tg-emoji>👍</tg-emoji>",
    "<code>x</code>",
    "<pre>x\ny</pre>",
    "<pre><code class='language-python'>x</code></pre>",
    "<code class='language-python'><pre>x</pre></code>",
    "<pre><code>x</code></pre>",
    "<pre><code class='language-c'>x</code> </pre>",
    "<code class='language-c'>x</code>",
    "<blockquote>x</blockquote>",
    "<blockquote expandable>x</blockquote>",
    "<blockquote expandable='no'>x</blockquote>",
    "<blockquote EXPANDABLE>x</blockquote>",
    "&lt;b&gt; &amp;amp; &quot; &apos; &nbsp; &copy;",
    "&lt &amp &#65 &#x42; &#0; &#1114111; &#99999999; &#xD83D;",
    "&#xD83D;&#xDE00;",
    "&#128512;<b>&#128512;</b>",
    "&;&#;&#x;&",
    "<b>😀 ё</b> <i>𝄞</i>",
    "  <b> padded </b>  ",
    "<b>\n</b>\n",
    "<!-- comment -->",
    "<!DOCTYPE html>",
    "<b\n>line</b\n>",
    "<b>один <i>два</b> три</i>",
    "text <b>ёлка</s>",
]
TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
}


def by_tdlib(text: str) -> tuple[str, list[dict[str, Any]]] | str:
    query = {"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}}
    raw = tdjson.td_execute(json.dumps(query).encode())
    assert raw is not None
    answer = json.loads(raw)
    if answer["@type"] == "error":
        return str(answer["message"])
    return answer["text"], [_as_bot_api(entity) for entity in answer["entities"]]


def _as_bot_api(entity: dict[str, Any]) -> dict[str, Any]:
    kind = entity["type"]
    same: dict[str, Any] = {"type": TYPES[kind["@type"].removeprefix("textEntityType")]}
    same |= {"offset": entity["offset"], "length": entity["length"]}
    for theirs, ours in (("url", "url"), ("user_id", "user"), ("language", "language")):
        if theirs in kind:
            same[ours] = kind[theirs]
    if "custom_emoji_id" in kind:
        same["custom_emoji_id"] = str(kind["custom_emoji_id"])
    return same


def by_fake(text: str) -> tuple[str, list[dict[str, Any]]] | str:
    try:
        return html.parse(text)
    except ApiError as refusal:
        words = refusal.description.removeprefix("Bad Request: ")
        return words[0].upper() + words[1:]


@pytest.fixture(scope="module", autouse=True)
def _quiet_tdlib() -> None:
    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')


@pytest.mark.parametrize("text", NASTY)
def test_the_fake_reads_html_as_tdlib_does(text: str) -> None:
    assert by_fake(text) == by_tdlib(text)
