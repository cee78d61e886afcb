"""HTML that people's clients send, as plain text: for messages that have nothing but HTML."""

from __future__ import annotations

import html
import re

import nh3

_LINES = frozenset({"br", "p", "div", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_NOT_TEXT = frozenset({"script", "style", "mx-reply"})
"""`mx-reply`: what the message answers, quoted; not the person's own words"""
_TAG = re.compile(r"</?[a-z][a-z0-9]*>")


def text_of(formatted: str) -> str:
    """Its text, a line for each paragraph. Nothing in it is markup any more."""
    cleaned = nh3.clean(formatted, tags=set(_LINES), clean_content_tags=set(_NOT_TEXT), attributes={})
    lines = html.unescape(_TAG.sub("\n", cleaned)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
