"""A message as it reads where there are no buttons."""

from __future__ import annotations

from bot.texts.rich import Rich, link
from bot.types import Choice, Content, Link


def numbered(content: Content) -> Rich:
    """Its links, then its choices by their numbers, each on a line of its own."""
    buttons = [button for row in content.buttons for button in row]
    links = [link(button.label, button.url) for button in buttons if isinstance(button, Link)]
    choices = [button.label for button in buttons if isinstance(button, Choice)]
    if not links and not choices:
        return content.text
    lines = [*links, *(Rich.plain(f"{number}. {label}") for number, label in enumerate(choices, 1))]
    return Rich.join("\n", [content.text, *([Rich()] if content.text else []), *lines])
