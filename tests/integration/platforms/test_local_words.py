"""The page's own words: every language says the same, nothing is missing, nothing is left over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bot.platforms.local
from bot.platforms.local.people import CHANNELS, EDITORS_ROOM, PEOPLE

STATIC = Path(bot.platforms.local.__file__).parent / "static"
WORDS: dict[str, dict[str, str]] = json.loads((STATIC / "words.json").read_text())
SOURCES = {path.name: path.read_text() for path in STATIC.iterdir() if path.suffix in {".html", ".js"}}


def test_both_languages_have_the_same_words_with_the_same_variables() -> None:
    assert set(WORDS) == {"ru", "en"}
    shapes = [{key: sorted(re.findall(r"{\w+}", text)) for key, text in words.items()} for words in WORDS.values()]
    assert shapes[0] == shapes[1]


def test_russian_is_written_in_russian() -> None:
    for key, text in WORDS["ru"].items():
        assert re.search("[а-яё]", text) or key == "bot", key


def test_every_word_is_said_somewhere_and_every_word_said_is_there() -> None:
    html = SOURCES["index.html"]
    said = set(re.findall(r'data-(?:word|label)="([\w-]+)"', html))
    for source in SOURCES.values():
        said |= set(re.findall(r'(?:word|notice|setState)\("([\w-]+)"', source))
    said |= {"connected", "offline"}
    said |= {"voice", "video", "video_note"}  # by the kind of a recording
    said |= {"show-less", "show-all", "save", "send"}  # chosen by a condition
    said |= {*PEOPLE, "bot", "editors", "contributor-does", "editors-does", "subscriber-does", "device-ru", "device-en"}
    chats = {*PEOPLE, EDITORS_ROOM, *CHANNELS}
    said |= {f"empty-{chat}" for chat in chats} | {f"tab-{chat}" for chat in chats - set(PEOPLE)} | {"tab-private"}
    assert said == set(WORDS["ru"])


def test_nothing_reads_html_and_nothing_comes_from_elsewhere() -> None:
    for name, source in SOURCES.items():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\sstyle=|\son\w+=\"", source
        ), name
        addresses = re.findall(r"https?://[\w.]+", source.replace("http://www.w3.org", ""))
        assert addresses == [], name
