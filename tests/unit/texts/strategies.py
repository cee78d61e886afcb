"""Texts as people, and those who wish us ill, type them."""

from hypothesis import strategies as st

from bot.texts.rich import Rich, Span, Style

# Emoji, flags, accents, joiners, tags, overrides, Korean in parts, Persian, markup, our private marks.
PIECES = [
    *"aЖя.!? \n\n\t\r\u00a0é",
    "слово ",
    "Конец. ",
    "\n\n",
    "👩\u200d👩\u200d👧\u200d👦",
    "❤\ufe0f\u200d🔥",
    "👍🏽",
    "🇷🇺🇨🇿",
    "e\u0301\u0323",
    "\u0301",
    " \u0308",
    "क्ष",
    "می\u200cخواهم",
    "\u1112\u1161\u11ab",
    "\u200b\u2060\ufeff\u00ad",
    "\u202e\u2066\u2069\u200f",
    "\U000e0041\ufe0f\U000e0101",
    "<b>{$x}</b>&\"'",
    "\ue0000\ue001",
    "。",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=3), max_size=40).map("".join)
styles = st.builds(
    Style,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    quote=st.booleans(),
    link=st.sampled_from([None, None, "https://example.org/?a=1&b=%22", "http://example.org/"]),
)
riches = st.lists(st.builds(Span, texts, styles), max_size=6).map(lambda spans: Rich(tuple(spans)))
