"""A dialogue as it reads on the screen: the bot on the left, the person on the right, buttons in brackets, or the
numbers that stand for them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Awaitable
from dataclasses import dataclass, field

from bot.flows.testing import Person, Stage
from bot.numbered import numbered
from bot.outcomes import Outcome
from bot.texts.rich import Rich
from bot.types import FileKind, Outgoing, Show
from storage.address import Address

WIDTH = 100
BUBBLE = 76


@dataclass(kw_only=True)
class Transcript:
    """Writes down what one person sees and does, in its order, also what is deleted later."""

    stage: Stage
    lines: list[str] = field(default_factory=list)
    of: str = ""

    def __post_init__(self) -> None:
        perform = self.stage.adapter.perform

        async def written_down(outgoing: Outgoing, chat: Address, *rest: object) -> Outcome:
            if isinstance(outgoing, Show) and chat.chat.reveal() == self.of:
                self._bot(outgoing)
            return await perform(outgoing, chat, *rest)  # type: ignore[arg-type]

        self.stage.adapter.perform = written_down  # type: ignore[method-assign, assignment]

    def follow(self, person: Person) -> Person:
        self.of = person.name
        return person

    def watch(self, room: str) -> None:
        """The editors' room, or a channel: what everybody there sees."""
        self.of = room

    async def aside(self, doing: Awaitable[object]) -> None:
        """Not on this person's screen, also where they take part in it."""
        of, self.of = self.of, ""
        await doing
        self.of = of

    def note(self, words: str) -> None:
        self.lines += [f"— {words} —".center(WIDTH).rstrip(), ""]

    async def says(self, person: Person, text: str, *, shown: str = "") -> None:
        """`shown` instead of what is another each time, such as a code."""
        self._person(shown or text)
        await person.says(text)

    async def presses(self, person: Person, label: str) -> None:
        pressed = [
            button.label for seen in person.chat for row in seen.buttons for button in row if label in button.label
        ]
        before = len(person.chat)
        place = len(self.lines)
        await person.presses(label)
        typed = [seen.text.text for seen in person.chat[before:] if seen.mine]
        self.lines[place:place] = self._right(typed[0] if typed else f"[{pressed[-1]}]")

    async def sends_photo(self, person: Person, data: bytes, caption: str = "") -> None:
        self._person("\n".join(part for part in ("(photo)", caption) if part))
        await person.sends_photo(data, caption)

    async def sends_recording(self, person: Person, kind: FileKind) -> None:
        self._person(f"({kind})")
        await person.sends_file(kind, b"sound and pictures")

    def text(self) -> str:
        return "\n".join(self.lines).strip() + "\n"

    def _bot(self, show: Show) -> None:
        if show.content.media:
            self.lines.append(f"({show.content.media.kind})")
        has_buttons = self.stage.adapter.has_buttons
        self.lines += _wrapped(_quoted(show.content.text if has_buttons else numbered(show.content)))
        for row in show.content.buttons if has_buttons else ():
            self.lines.append(" ".join(f"[{button.label}]" for button in row))
        self.lines.append("")

    def _person(self, text: str) -> None:
        self.lines += self._right(text)

    @staticmethod
    def _right(text: str) -> list[str]:
        return [*(line.rjust(WIDTH) for line in _wrapped(text)), ""]


def _quoted(text: Rich) -> str:
    """Quotations marked as on the screen, and what is bold in them."""
    said, is_inside = "", False
    for span in text.spans:
        begins = span.style.quote and not is_inside
        words = f"*{span.text}*" if span.style.quote and span.style.bold else span.text
        said += f"│ {words}" if begins else words
        is_inside = span.style.quote
    return said


def _wrapped(text: str) -> list[str]:
    """A space that does not break is one to whoever reads it."""
    wrapped = [piece for line in text.split("\n") for piece in (textwrap.wrap(line, BUBBLE) or [""])]
    return [piece.replace("\u00a0", " ") for piece in wrapped]
