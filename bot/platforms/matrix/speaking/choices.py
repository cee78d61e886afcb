"""Choices without buttons: numbered lines, and what stands behind the numbers.

Typed numbers and words are the engine's to understand. A reaction, or an answer in the editors' room, names an event of
ours: that event carries, inside its encrypted content, what each of its numbers means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.texts.rich import Rich, code, link
from bot.types import Body, Button, Called, Choice, Content, Link, Opening, Tapped, Token, command_of
from storage.private import Private

TOKENS = "org.tamizdat.tokens"
"""list of the choices' tokens, in the order of their numbers"""
OPENINGS = "org.tamizdat.openings"
"""list of the openings' payloads; their numbers follow those of the choices"""
_LINE = re.compile(r"(\d+)\. (.+)")


def lines_of(content: Content, *, opens_by_number: bool, me: str) -> Rich:
    """The text with its buttons as lines.

    opens_by_number: in the editors' room, where an opening is answered as a choice is; elsewhere its line says what to
    send to the bot, whose user id is `me`.
    """
    buttons = [button for row in content.buttons for button in row]
    numbered = _numbered(buttons, opens_by_number=opens_by_number)
    openings = [] if opens_by_number else [button for button in buttons if isinstance(button, Opening)]
    links = [link(button.label, button.url) for button in buttons if isinstance(button, Link)]
    lines = [*links, *(_command(opening, me) for opening in openings), *map(Rich.plain, numbered)]
    return Rich.join("\n", [content.text, *([Rich.plain("")] if content.text and lines else []), *lines])


def carried(content: Content, *, opens_by_number: bool) -> dict[str, list[str]]:
    """What the event carries besides its words."""
    buttons = [button for row in content.buttons for button in row]
    tokens: list[str] = [button.token for button in buttons if isinstance(button, Choice)]
    openings = [button.payload for button in buttons if isinstance(button, Opening)] if opens_by_number else []
    return ({TOKENS: tokens} if tokens else {}) | ({OPENINGS: openings} if openings else {})


def meant(shown: Mapping[str, object], said: str) -> Body | None:
    """What `said`, a reaction's key or an answer's words, means as an answer to our event with the content `shown`.

    Tapped; Called for an opening or a choice that stands for a command; None: none of its choices is meant.
    """
    tokens, openings = _strings(shown.get(TOKENS)), _strings(shown.get(OPENINGS))
    count = len(tokens) + len(openings)
    number = _number(said) or _of_label(str(shown.get("body", "")), count, said)
    if number is None or not 1 <= number <= count:
        return None
    if number > len(tokens):
        return Called(name="start", argument=Private(openings[number - len(tokens) - 1]))
    token = Token(tokens[number - 1])
    return command_of(token) or Tapped(token=token)


def needed(content: Mapping[str, object]) -> dict[str, object]:
    """What must be known of an event of ours, to edit it and to know what an answer to it means: its words only where
    they are choices.
    """
    has_choices = TOKENS in content or OPENINGS in content
    names = ("msgtype", TOKENS, OPENINGS, "body") if has_choices else ("msgtype",)
    return {name: content[name] for name in names if name in content}


def _numbered(buttons: Sequence[Button], *, opens_by_number: bool) -> list[str]:
    labels = [button.label for button in buttons if isinstance(button, Choice)]
    labels += [button.label for button in buttons if isinstance(button, Opening)] if opens_by_number else []
    return [f"{number}. {label}" for number, label in enumerate(labels, 1)]


def _command(opening: Opening, me: str) -> Rich:
    address = link(me, f"https://matrix.to/#/{me}")
    return Rich.join("", [f"{opening.label}: ", address, " ", code(f"!start {opening.payload}")])


def _number(said: str) -> int | None:
    """Of `2`, `2.`, `2)` or the key cap 2️⃣."""
    digits = unicodedata.normalize("NFKC", said).replace("\ufe0f", "").replace("\u20e3", "").strip().rstrip(".)")
    if digits == "🔟":
        return 10
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 3 else None


def _of_label(body: str, count: int, said: str) -> int | None:
    wanted = " ".join(said.split()).casefold()
    for line in body.splitlines()[-count:] if count else []:
        found = _LINE.fullmatch(line)
        if found is not None and " ".join(found[2].split()).casefold() == wanted:
            return int(found[1])
    return None


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
