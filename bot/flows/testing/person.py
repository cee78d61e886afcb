"""Somebody with a device: does what a person does, and expects what a person would see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import structs

from bot.flows.testing.messenger import Seen, StageAdapter
from bot.texts.rich import Rich
from bot.types import (
    Body,
    Called,
    Choice,
    Edited,
    File,
    FileKind,
    Gone,
    Link,
    Opening,
    Said,
    Sent,
    Tapped,
    Token,
    command_of,
)
from storage.private import Private

if TYPE_CHECKING:
    from bot.flows.testing.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Person:
    stage: Stage
    name: str
    language: str
    platform: str
    bot: str
    """which of ours they write to"""

    @property
    def adapter(self) -> StageAdapter:
        return self.stage.adapters[self.platform]

    @property
    def chat(self) -> list[Seen]:
        return self.stage.sees(self.name, self.platform, self.bot)

    @property
    def last(self) -> Seen:
        """The last thing that the bot said."""
        return [seen for seen in self.chat if not seen.mine][-1]

    async def says(self, text: str) -> str:
        """Returns the message's number, to edit it later."""
        number = self._post(Seen(number=str(next(self.adapter.numbers)), text=Rich.plain(text), mine=True))
        command, _, argument = text.removeprefix("/").partition(" ")
        body: Body = Said(text=Private(text))
        if text.startswith("/"):
            body = Called(name=command, argument=Private(argument))
        await self.stage.arrives(self.stage.event(self, body, number=number))
        return number

    async def edits(self, number: str, text: str) -> None:
        await self.stage.arrives(self.stage.event(self, Edited(text=Private(text)), number=number))

    async def presses(self, label: str) -> None:
        """A button of the last message that has one saying so; without buttons, its number is typed, or, when other
        choices have come after it, set under it as a reaction."""
        seen = [
            message for message in self.chat if any(label in button.label for row in message.buttons for button in row)
        ][-1]
        await self.taps(seen, label)

    async def taps(self, seen: Seen, label: str) -> None:
        button = seen.button(label)
        if isinstance(button, Link):
            raise AssertionError(f"{label!r} leads out of the chat")
        if isinstance(button, Opening):
            await self.says(f"/start {button.payload}")
        elif self.adapter.has_buttons or seen is not self._last_offering:
            proven = self.adapter.has_buttons  # where there are none, it is a reaction
            called = command_of(button.token)
            tapped = Tapped(token=button.token, proven=proven)
            await self._taps(tapped if called is None else structs.replace(called, proven=proven), seen)
        else:
            choices = [one for row in seen.buttons for one in row if isinstance(one, Choice)]
            await self.says(str(choices.index(button) + 1))

    async def taps_token(self, token: str) -> None:
        await self._taps(Tapped(token=Token(token)), None)

    async def opens(self, room: str, label: str, *, about: str) -> None:
        """A button on a card in a room that mentions `about`."""
        card = [seen for seen in self.stage.sees(room, self.platform) if about in seen.text.text][-1]
        await self.taps(card, label)

    async def sends_photo(self, data: bytes, caption: str = "") -> None:
        await self.sends_file(FileKind.PHOTO, data, caption)

    async def sends_voice(self, data: bytes, caption: str = "") -> None:
        await self.sends_file(FileKind.VOICE, data, caption)

    async def sends_video(self, data: bytes, caption: str = "") -> None:
        await self.sends_file(FileKind.VIDEO, data, caption)

    async def sends_video_note(self, data: bytes) -> None:
        await self.sends_file(FileKind.VIDEO_NOTE, data)

    async def sends_document(self, data: bytes, caption: str = "") -> None:
        await self.sends_file(FileKind.DOCUMENT, data, caption)

    async def sends_file(self, kind: FileKind, data: bytes | None, caption: str = "", size: int | None = None) -> None:
        """Without data the file is only announced, with that size."""
        posted = next(self.adapter.numbers)
        number = self._post(Seen(number=str(posted), text=Rich.plain(caption), kind=kind, file=data, mine=True))
        handle = f"file-{number}"
        if data is not None:
            self.adapter.files[handle] = data
        file = File(kind=kind, handle=Private(handle), size=size if data is None else len(data))
        body = Sent(file=file, caption=Private(caption))
        await self.stage.arrives(self.stage.event(self, body, number=number))

    async def blocks(self) -> None:
        await self.stage.arrives(self.stage.event(self, Gone(), number=None))

    async def expects(self, words: str) -> Seen:
        """The bot's last message says so."""
        if not _says(self.last, words):
            raise AssertionError(f"{words!r} is not in:\n{self.last.text.text}")
        return self.last

    async def reads(self, words: str) -> Seen:
        """Some message that stands in the chat says so."""
        found = [seen for seen in self.chat if _says(seen, words)]
        if not found:
            raise AssertionError(f"{words!r} is in none of:\n" + "\n---\n".join(seen.text.text for seen in self.chat))
        return found[-1]

    @property
    def _last_offering(self) -> Seen | None:
        """The message whose numbers are meant by whoever types one."""
        offering = [seen for seen in self.chat if any(isinstance(one, Choice) for row in seen.buttons for one in row)]
        return offering[-1] if offering else None

    def _post(self, seen: Seen) -> str:
        self.chat.append(seen)
        return seen.number

    async def _taps(self, body: Body, seen: Seen | None) -> None:
        await self.stage.arrives(self.stage.event(self, body, number=seen.number if seen else None))


def _says(seen: Seen, words: str) -> bool:
    """Nobody sees which of its spaces do not break."""
    return words in seen.text.text or words in seen.text.text.replace("\u00a0", " ")
